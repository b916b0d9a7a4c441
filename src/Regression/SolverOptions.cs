using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk;

/// <summary>How fits, paths, spectra and predictions are computed: by whom, on what, and who is asked and told meanwhile.</summary>
public sealed record SolverOptions
{
    /// <summary>The defaults: what linear algebra is installed, all processors, nobody told.</summary>
    public static SolverOptions Default { get; } = new();

    /// <summary>Who does the linear algebra; null: <see cref="LinearAlgebraBackends.Default"/>, on <see cref="Threads"/>.</summary>
    public ILinearAlgebra? Algebra { get; init; }

    /// <summary>Threads of kernels, and of the linear algebra where none is given; null: one per processor.</summary>
    public int? Threads { get; init; }

    /// <summary>Bytes that each kernel computation may use; null: 90 % of what is free. Test points are taken in parts that fit.</summary>
    public long? MemoryBudget { get; init; }

    /// <summary>
    /// Ends the computation with an <see cref="OperationCanceledException"/>, asked at the latest every few 10⁹ multiply-adds; a native
    /// eigendecomposition alone is one call, not interrupted.
    /// </summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Told about operations that take long, about ten times a second, from the computing threads.</summary>
    public IProgress<SolverProgress>? Progress { get; init; }

    /// <summary>The linear algebra that asks and tells.</summary>
    internal ILinearAlgebra Watched => new WatchedLinearAlgebra(Chosen, Cancellation, Progress);

    /// <summary>How kernels are computed for these options.</summary>
    internal ExecutionOptions Execution(string operation) => new()
    {
        Threads = Threads,
        MemoryBudget = MemoryBudget,
        Cancellation = Cancellation,
        Progress = Progress is null ? null : new KernelProgressRelay(operation, Progress),
    };

    private ILinearAlgebra Chosen => Algebra ?? (Threads is { } threads ? LinearAlgebraBackends.OnThreads(threads) : LinearAlgebraBackends.Default);

    /// <summary>Told on the computing thread, in order.</summary>
    private sealed class KernelProgressRelay(string operation, IProgress<SolverProgress> receiver) : IProgress<KernelProgress>
    {
        public void Report(KernelProgress value) =>
            receiver.Report(new SolverProgress(operation, value.Total == 0 ? 1 : (double)value.Done / value.Total, value.Elapsed));
    }
}

/// <summary>How far an operation is.</summary>
/// <param name="Operation">What is being done, for example "factoring 5000 × 5000".</param>
/// <param name="Share">How much of its arithmetic is done, 0 to 1.</param>
/// <param name="Elapsed">Since it began.</param>
public readonly record struct SolverProgress(string Operation, double Share, TimeSpan Elapsed);
