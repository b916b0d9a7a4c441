using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Kernels.Execution;

/// <summary>The bytes a kernel may use, asked before anything is allocated; the refusal says how many samples would fit.</summary>
internal static class SampleBudget
{
    private const double ShareOfFreeMemory = 0.9;

    /// <summary>Throws unless the need of <paramref name="count"/> samples is within the budget.</summary>
    /// <param name="asked">"Cannot compute …", for the message.</param>
    /// <param name="count">Samples asked for.</param>
    /// <param name="bytesFor">The need of that many samples; grows with their number.</param>
    /// <param name="options">The budget, where one is set.</param>
    public static void Require(string asked, nint count, Func<nint, double> bytesFor, ExecutionOptions options)
    {
        long budget = options.MemoryBudget ?? (long)(ShareOfFreeMemory * MemoryBudget.Available);
        double need = bytesFor(count);
        if (need <= budget) return;
        throw new MemoryBudgetException(
            asked + $" for {count} samples", $"it needs {MemoryBudget.Describe((long)Math.Min(need, long.MaxValue))} of memory",
            $"it may use {MemoryBudget.Describe(budget)}, where {Fitting(count, bytesFor, budget)} samples would fit",
            "Use fewer samples, float32, one kernel instead of two, or a larger ExecutionOptions.MemoryBudget");
    }

    /// <summary>The largest number of samples whose need is within the budget.</summary>
    private static nint Fitting(nint count, Func<nint, double> bytesFor, double budget)
    {
        nint fits = 0, tooMany = count;
        while (tooMany - fits > 1)
        {
            nint middle = fits + (tooMany - fits) / 2;
            if (bytesFor(middle) <= budget) fits = middle;
            else tooMany = middle;
        }

        return fits;
    }
}
