using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.Predictors;

/// <summary>The points that a predictor was fitted on, with the function that gives their kernels with others.</summary>
/// <param name="kernels">The function.</param>
/// <param name="samples">The points; borrowed.</param>
/// <param name="options">Threads, memory, progress, cancellation.</param>
internal sealed class TrainingPoints(IKernelFunction kernels, Samples samples, SolverOptions options)
{
    /// <summary>Entries of a kernel between a part of the test points and the training points: 32 MiB.</summary>
    private const double EntriesAtOnce = 1 << 22;

    /// <summary>A part is not smaller, unless memory is: each part prepares the training points anew.</summary>
    private const nint FewestRows = 256;

    /// <summary>The points of a fit that was given samples.</summary>
    /// <exception cref="InvalidArgumentException">It was given matrices.</exception>
    public static TrainingPoints Demand(TrainingPoints? points) => points ?? throw new InvalidArgumentException(
        "Cannot predict for samples", "the fit was made from kernel matrices", "kernels with other points need the network and the training points",
        "Fit with the network and the samples, or pass the kernel between test and training points");

    /// <summary>Points with one target each, before any kernel of them is computed.</summary>
    /// <exception cref="ShapeMismatchException">The numbers differ.</exception>
    public static TrainingPoints Of(IKernelFunction kernels, Samples samples, nint targets, SolverOptions? options)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count == targets) return new TrainingPoints(kernels, samples, options ?? SolverOptions.Default);
        throw new ShapeMismatchException(
            "Cannot fit these points", $"there are {samples.Count} samples and {targets} rows of targets", "there must be one row of targets for each sample",
            "Pass samples and targets of the same points");
    }

    /// <summary>One kernel of a pair.</summary>
    public static KernelMatrix<double> Of(KernelPair<double> pair, KernelKind kind) => kind == KernelKind.Ntk ? pair.Ntk : pair.Nngp;

    /// <summary>The word for one kernel.</summary>
    /// <exception cref="InvalidArgumentException">It is none.</exception>
    public static KernelOutputs OutputOf(KernelKind kind) => kind switch
    {
        KernelKind.Nngp => KernelOutputs.Nngp,
        KernelKind.Ntk => KernelOutputs.Ntk,
        _ => throw new InvalidArgumentException(
            "Cannot fit a network", "it is not said with which kernel", "a network has an NNGP kernel and an NTK", "Pass KernelKind.Nngp or KernelKind.Ntk"),
    };

    /// <summary>The kernels of the training points.</summary>
    public KernelPair<double> Among(KernelOutputs outputs) => kernels.Kernels(samples, null, outputs, options.Execution($"kernel of {samples.Count} points"));

    /// <summary>The kernels of test points among themselves, all of them.</summary>
    public KernelPair<double> AmongTests(Samples tests, KernelOutputs outputs) =>
        kernels.Kernels(tests, null, outputs, options.Execution($"kernel of {tests.Count} points"));

    /// <summary>The kernels of test points with the training points, all of them.</summary>
    public KernelPair<double> Cross(Samples tests, KernelOutputs outputs) =>
        kernels.Kernels(tests, samples, outputs, options.Execution($"kernel of {tests.Count} × {samples.Count} points"));

    /// <summary>
    /// Goes through test points in parts that fit the memory: the first of each part, their kernels with the training points and,
    /// where asked for, K(x, x). Never more than a part is held, whatever the number of test points.
    /// </summary>
    public void ForEachPart(Samples tests, KernelOutputs outputs, KernelOutputs? diagonals, Action<nint, KernelPair<double>, KernelPair<double>?> receive)
    {
        ArgumentNullException.ThrowIfNull(tests);
        nint rows = RowsInPart(tests.Count);
        var meter = new OperationMeter(options.Progress, $"predicting {tests.Count} points", tests.Count);
        ExecutionOptions execution = options.Execution("") with { Progress = null };
        for (nint first = 0; first < tests.Count; first += rows)
        {
            nint count = Math.Min(rows, tests.Count - first);
            using Samples? own = count == tests.Count ? null : Part(tests, first, count);
            Samples part = own ?? tests;
            using KernelPair<double> cross = kernels.Kernels(part, samples, outputs, execution);
            using KernelPair<double>? diagonal = diagonals is { } kinds ? kernels.Diagonal(part, kinds, execution) : null;
            receive(first, cross, diagonal);
            meter.Report(first + count);
        }
    }

    private nint RowsInPart(nint tests)
    {
        double training = Math.Max(samples.Count, 1), rows = Math.Max(EntriesAtOnce / training, FewestRows);

        // Both kernels, and as much again for what is computed from them, in half of the budget.
        if (options.MemoryBudget is { } budget) rows = Math.Min(rows, budget / (8.0 * sizeof(double) * training));
        return (nint)Math.Clamp(rows, 1, Math.Max(tests, 1));
    }

    private static Samples Part(Samples tests, nint first, nint count)
    {
        var rows = new KernelMatrix<double>(count, tests.Rows.Columns);
        tests.Rows.View.Slice(first, 0, count, tests.Rows.Columns).CopyTo(rows.View);
        return new Samples(rows, tests.Shape);
    }
}
