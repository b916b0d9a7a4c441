using System.Numerics;
using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Kernels.Execution;

/// <summary>The bytes a kernel may use, asked before anything is allocated; the refusal says how many samples would fit.</summary>
internal static class SampleBudget
{
    private const double ShareOfFreeMemory = 0.9;

    /// <summary>Throws unless the results and the scratch of a request are within the budget.</summary>
    /// <typeparam name="T">The precision of the results.</typeparam>
    /// <param name="request">The kernels asked for.</param>
    /// <param name="columns">Columns of the results; 1 for diagonals.</param>
    /// <param name="scratchFor">Bytes beside the results for that many left samples; grows with their number.</param>
    /// <param name="options">The budget, where one is set.</param>
    public static unsafe void Require<T>(KernelRequest request, nint columns, Func<nint, double> scratchFor, ExecutionOptions options) where T : unmanaged
    {
        int outputs = BitOperations.PopCount((uint)request.Outputs);
        bool square = request.Right is null && columns > 1;
        nint count = request.Left.Count;
        Func<nint, double> bytesFor = left => outputs * sizeof(T) * (double)left * (square ? left : columns) + scratchFor(left);
        long budget = options.MemoryBudget ?? (long)(ShareOfFreeMemory * MemoryBudget.Available);
        double need = bytesFor(count);
        if (need <= budget) return;
        throw new MemoryBudgetException(
            $"Cannot compute a kernel for {count} samples", $"it needs {MemoryBudget.Describe((long)Math.Min(need, long.MaxValue))} of memory",
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
