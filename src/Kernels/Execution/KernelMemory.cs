using System.Numerics;

namespace InfiniteNtk;

/// <summary>
/// The memory that a kernel takes beside its samples, known from their numbers alone, before anything is computed or allocated.
/// </summary>
/// <param name="Size">What was asked for.</param>
/// <param name="ResultBytes">The matrices.</param>
/// <param name="SampleBytes">What is kept of the samples: packed numbers, and terms of their variances.</param>
/// <param name="WorkerBytes">Scratch of one worker.</param>
/// <param name="Workers">Worker threads.</param>
/// <param name="Budget">Bytes that may be used.</param>
/// <param name="Fitting">The row samples (of a symmetric kernel: samples), at most those asked for, that fit the budget.</param>
/// <remarks>Bytes are numbers of type double where sizes that no machine holds must have an answer too.</remarks>
public sealed record KernelMemory(
    KernelSize Size, double ResultBytes, double SampleBytes, double WorkerBytes, int Workers, long Budget, nint Fitting)
{
    private const double ShareOfFreeMemory = 0.9;

    /// <summary>What is allocated beside the results.</summary>
    public double ScratchBytes => SampleBytes + Workers * WorkerBytes;

    /// <summary>All of it.</summary>
    public double Bytes => ResultBytes + ScratchBytes;

    /// <summary>Whether it is within the budget.</summary>
    public bool Fits => Bytes <= Budget;

    /// <summary>For example "53.6 GiB: results 53.6 GiB, samples 1.0 MiB, 2 workers 1.6 MiB each".</summary>
    public override string ToString() =>
        $"{Describe(Bytes)}: results {Describe(ResultBytes)}, samples {Describe(SampleBytes)}, {Workers} worker{(Workers == 1 ? "" : "s")} {Describe(WorkerBytes)}{(Workers == 1 ? "" : " each")}";

    /// <summary>Nothing where it fits.</summary>
    /// <exception cref="MemoryBudgetException">It does not; the message says what it takes and how many samples would fit.</exception>
    public void Require()
    {
        if (Fits) return;
        throw new MemoryBudgetException(
            $"Cannot compute a kernel for {Size.Left} samples", $"it needs {this}",
            $"it may use {MemoryBudget.Describe(Budget)}, where {Fitting} samples would fit",
            "Use fewer samples, float32, one kernel instead of two, or a larger ExecutionOptions.MemoryBudget");
    }

    /// <summary>The memory for results of precision <typeparamref name="T"/>.</summary>
    /// <param name="size">What is asked for.</param>
    /// <param name="sampleBytes">What is kept of so many left samples and of the right ones; grows with their number.</param>
    /// <param name="workerBytes">Scratch of one worker.</param>
    /// <param name="workers">Worker threads.</param>
    /// <param name="options">The budget, where one is set.</param>
    internal static unsafe KernelMemory Of<T>(KernelSize size, Func<nint, double> sampleBytes, double workerBytes, int workers, ExecutionOptions options)
        where T : unmanaged
    {
        int outputs = BitOperations.PopCount((uint)size.Outputs);
        long budget = options.MemoryBudget ?? (long)(ShareOfFreeMemory * MemoryBudget.Available);
        KernelMemory whole = With(size.Left);
        return whole with { Fitting = whole.Fits ? size.Left : Largest(count => With(count).Fits, size.Left) };

        KernelMemory With(nint left)
        {
            KernelSize part = size with { Left = left };
            return new(part, outputs * sizeof(T) * (double)left * part.Columns, sampleBytes(left), workerBytes, workers, budget, 0);
        }
    }

    /// <summary>The largest number below <paramref name="tooMany"/> that fits.</summary>
    private static nint Largest(Func<nint, bool> fits, nint tooMany)
    {
        nint largest = 0;
        while (tooMany - largest > 1)
        {
            nint middle = largest + (tooMany - largest) / 2;
            if (fits(middle)) largest = middle;
            else tooMany = middle;
        }

        return largest;
    }

    private static string Describe(double bytes) => MemoryBudget.Describe((long)Math.Min(bytes, long.MaxValue));
}
