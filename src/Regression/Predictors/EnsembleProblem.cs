using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.Predictors;

/// <summary>What an ensemble is trained on and how, checked: kernels in their places, targets, ridge, rate.</summary>
internal sealed class EnsembleProblem
{
    private const string Asked = "Cannot predict training";

    /// <summary>Kernels are borrowed, targets are copied.</summary>
    /// <param name="nngp">K of the training points.</param>
    /// <param name="ntk">Θ of them; null: only the readout is trained.</param>
    /// <param name="targets">y as fitted.</param>
    /// <param name="units">The units of y.</param>
    /// <param name="ridge">δ; relative to the mean diagonal of the dynamics.</param>
    /// <param name="options">Rate, time, layers.</param>
    public EnsembleProblem(
        KernelMatrix<double> nngp, KernelMatrix<double>? ntk, KernelMatrix<double> targets, TargetUnits units, Ridge ridge, EnsembleOptions options)
    {
        Require(nngp, KernelKind.Nngp, targets, "NNGP kernel");
        if (!options.LastLayerOnly) Require(ntk!, KernelKind.Ntk, targets, "NTK");
        _ = Operands.LargestFinite(targets.View, "Cannot predict training with these targets");
        if (!(options.LearningRate > 0 && double.IsFinite(options.LearningRate)))
        {
            throw new InvalidArgumentException(Asked, $"the learning rate is {options.LearningRate}", "it must be positive and finite", "Pass a positive number");
        }

        Nngp = nngp;
        Dynamics = options.LastLayerOnly ? nngp : ntk!;
        Targets = targets.Copy();
        Units = units;
        Options = options;
        Delta = ridge.For(MeanDiagonal(Dynamics));
    }

    /// <summary>K.</summary>
    public KernelMatrix<double> Nngp { get; }

    /// <summary>Θ, or K where only the readout is trained.</summary>
    public KernelMatrix<double> Dynamics { get; }

    /// <summary>Which kernel that is.</summary>
    public KernelKind DynamicsKind => Options.LastLayerOnly ? KernelKind.Nngp : KernelKind.Ntk;

    /// <summary>y as fitted.</summary>
    public KernelMatrix<double> Targets { get; }

    /// <summary>The units of y.</summary>
    public TargetUnits Units { get; }

    /// <summary>Rate, time, layers.</summary>
    public EnsembleOptions Options { get; }

    /// <summary>δ, absolute.</summary>
    public double Delta { get; }

    /// <summary>What the start carries of it.</summary>
    public double StartRidge => Options.LastLayerOnly ? Delta : 0;

    /// <summary>N, points × outputs.</summary>
    public double Numbers => (double)Targets.Rows * Targets.Columns;

    /// <summary>From both kernels, or from the NNGP kernel where only the readout is trained.</summary>
    public static EnsembleProblem Of(KernelPair<double> kernels, Targets targets, Ridge ridge, EnsembleOptions options) =>
        new(kernels.Nngp, options.LastLayerOnly ? null : kernels.Ntk, targets.Values, targets.Units, ridge, options);

    /// <summary>The modes of the training.</summary>
    public TrainingModes Modes(ILinearAlgebra algebra) =>
        new(Dynamics, Nngp, Targets, Delta, StartRidge, Options.LearningRate / Numbers, Options.Time, algebra);

    /// <summary>The cross kernel of the dynamics.</summary>
    public KernelMatrix<double> DynamicsCross(KernelMatrix<double> nngp, KernelMatrix<double>? ntk)
    {
        if (Options.LastLayerOnly == ntk is null) return ntk ?? nngp;
        throw new InvalidArgumentException(
            Asked, Options.LastLayerOnly ? "an NTK was passed and only the readout is trained" : "no NTK was passed and all layers are trained",
            "all layers train with the NTK, the readout alone with the NNGP kernel", "Pass the NTK between test and training points, or null");
    }

    /// <summary>Steps of size x = λη/N ≥ 2 grow along that eigenvector.</summary>
    public void RequireStability(double largestLearningRate)
    {
        if (Options.LearningRate < largestLearningRate) return;
        throw new InvalidArgumentException(
            Asked, $"the learning rate is {Options.LearningRate}", $"steps diverge from {largestLearningRate} on, 2N divided by the largest eigenvalue",
            "Pass a smaller learning rate, or ask for gradient flow");
    }

    /// <summary>A time is at least 0, and a whole number where it counts steps.</summary>
    public void RequireTime(double time)
    {
        if (time >= 0 && (Options.Time == TrainingTime.Flow || double.IsInfinity(time) || double.IsInteger(time))) return;
        if (time >= 0)
        {
            throw new InvalidArgumentException(Asked, $"the time is {time}", "steps are whole numbers", "Pass a whole number, or ask for gradient flow");
        }

        throw new InvalidArgumentException(Asked, $"the time is {time}", "a time is at least 0; infinity is the end of training", "Pass 0 or more");
    }

    private static void Require(KernelMatrix<double> kernel, KernelKind kind, KernelMatrix<double> targets, string name)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        CrossKernel.DemandKind(kernel, kind, Asked, $"matrix in the place of the {name}");
        if (kernel.Rows != targets.Rows || kernel.Columns != targets.Rows)
        {
            throw new ShapeMismatchException(
                Asked, $"the {name} of the training points is {kernel.Rows} × {kernel.Columns}", $"{targets.Rows} × {targets.Rows} is needed",
                "Pass kernels of the same points in the same order");
        }

        _ = Operands.LargestFinite(kernel.View, $"Cannot predict training with this {name}");
    }

    private static double MeanDiagonal(KernelMatrix<double> matrix)
    {
        double sum = 0;
        for (nint i = 0; i < matrix.Rows; i++) sum += matrix[i, i];
        return matrix.Rows == 0 ? 0 : sum / matrix.Rows;
    }
}
