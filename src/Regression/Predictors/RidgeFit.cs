using InfiniteNtk.Regression.LinearAlgebra;
using InfiniteNtk.Regression.Predictors;

namespace InfiniteNtk;

/// <summary>
/// Kernel ridge regression f(x) = k(x, X)·(K + δI)⁻¹·y: with the NTK the mean of infinitely wide networks trained to convergence,
/// with the NNGP kernel the mean of the Bayesian posterior.
/// </summary>
/// <remarks>
/// Fitted on <see cref="Targets"/>, it solves for their centred values, and predictions are in the targets' own units: see
/// <see cref="Units"/>. A bare matrix of targets is fitted and predicted as it is.
/// </remarks>
public sealed class RidgeFit : IDisposable
{
    private readonly ILinearAlgebra _algebra;

    private RidgeFit(
        CholeskyFactor factor, KernelMatrix<double> coefficients, SolveReport report, TargetUnits units, KernelKind kind, TrainingPoints? points, ILinearAlgebra algebra)
    {
        Factor = factor;
        Coefficients = coefficients;
        Report = report;
        Units = units;
        Kind = kind;
        Points = points;
        _algebra = algebra;
    }

    /// <summary>K + δI, factored; belongs to this fit.</summary>
    public CholeskyFactor Factor { get; }

    /// <summary>(K + δI)⁻¹·y, n × outputs, with y centred where targets were; belongs to this fit.</summary>
    public KernelMatrix<double> Coefficients { get; }

    /// <summary>Backend, ridge, jitter, condition and the measured residual.</summary>
    public SolveReport Report { get; }

    /// <summary>The units that predictions are in; as they are where a bare matrix of targets was fitted.</summary>
    public TargetUnits Units { get; }

    /// <summary>Which kernel was fitted with, where that is known; kernels with other points must be the same.</summary>
    public KernelKind Kind { get; }

    /// <summary>What was fitted on; null: matrices.</summary>
    internal TrainingPoints? Points { get; }

    /// <summary>Factors K + δI and solves for the coefficients; targets are taken as they are.</summary>
    /// <param name="kernel">Training kernel, n × n.</param>
    /// <param name="targets">n × outputs.</param>
    /// <param name="ridge">δ, with its unit.</param>
    /// <param name="options">Who computes, who is asked and told; null: the defaults.</param>
    /// <exception cref="ShapeMismatchException">The sizes do not fit each other.</exception>
    /// <exception cref="NonFiniteInputException">The kernel or the targets hold NaN or an infinity.</exception>
    /// <exception cref="NumericalFailureException">The kernel is indefinite, or singular beyond the largest jitter.</exception>
    public static RidgeFit Fit(KernelMatrix<double> kernel, KernelMatrix<double> targets, Ridge ridge, SolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Fit(kernel, targets, TargetUnits.AsTheyAre(targets.Columns), ridge, null, options);
    }

    /// <summary>The same for targets that were centred: predictions are in their own units.</summary>
    /// <inheritdoc cref="Fit(KernelMatrix{double}, KernelMatrix{double}, Ridge, SolverOptions?)"/>
    public static RidgeFit Fit(KernelMatrix<double> kernel, Targets targets, Ridge ridge, SolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Fit(kernel, targets.Values, targets.Units, ridge, null, options);
    }

    /// <summary>Computes the kernel of samples and fits; predicts for samples.</summary>
    /// <param name="kernels">For example a network.</param>
    /// <param name="x">The training points; borrowed, they must live as long as this fit.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="ridge">δ, with its unit.</param>
    /// <param name="kind">Which kernel: the NTK for trained networks, the NNGP kernel for Bayesian ones.</param>
    /// <param name="options">How to compute, also when predicting; null: the defaults.</param>
    /// <exception cref="ShapeMismatchException">There is not one row of targets for each point, or the network does not take their shape.</exception>
    /// <exception cref="MemoryBudgetException">The kernel would not fit in memory.</exception>
    /// <exception cref="NumericalFailureException">The kernel is indefinite, or singular beyond the largest jitter.</exception>
    public static RidgeFit Fit(
        IKernelFunction kernels, Samples x, Targets targets, Ridge ridge, KernelKind kind = KernelKind.Ntk, SolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        KernelOutputs output = TrainingPoints.OutputOf(kind);
        var points = TrainingPoints.Of(kernels, x, targets.Count, options);
        using KernelPair<double> among = points.Among(output);
        return Fit(TrainingPoints.Of(among, kind), targets.Values, targets.Units, ridge, points, options);
    }

    /// <summary>Fits centred values whose units are known.</summary>
    internal static RidgeFit Fit(
        KernelMatrix<double> kernel, KernelMatrix<double> targets, TargetUnits units, Ridge ridge, TrainingPoints? points, SolverOptions? options)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ILinearAlgebra algebra = (options ?? SolverOptions.Default).Watched;
        if (kernel.Rows != targets.Rows)
        {
            throw new ShapeMismatchException(
                "Cannot fit a ridge regression", $"the kernel is {kernel.Rows} x {kernel.Columns}, the targets have {targets.Rows} rows",
                "there must be one row of targets for each training point", "Pass the targets of the points that the kernel was computed on");
        }

        _ = Operands.LargestFinite(targets.View, "Cannot fit a ridge regression");
        CholeskyFactor factor = CholeskyFactor.Of(kernel, ridge, options);
        KernelMatrix<double> coefficients = targets.Copy();
        factor.Solve(coefficients.View);
        SolveReport report = factor.Report with { Residual = factor.Residual(coefficients, targets) };
        return new RidgeFit(factor, coefficients, report, units, kernel.Kind, points, algebra);
    }

    /// <summary>Predictions for other points, tests × outputs, in the units of the targets.</summary>
    /// <param name="testTrain">Their kernel with the training points, tests × n.</param>
    /// <exception cref="ShapeMismatchException">It does not have one column for each training point.</exception>
    /// <exception cref="NonFiniteInputException">It holds NaN or an infinity.</exception>
    /// <exception cref="InvalidArgumentException">It is another kernel than was fitted with.</exception>
    public KernelMatrix<double> Predict(KernelMatrix<double> testTrain)
    {
        ArgumentNullException.ThrowIfNull(testTrain);
        CrossKernel.Demand(testTrain, Factor.Size, Kind);
        var prediction = new KernelMatrix<double>(testTrain.Rows, Coefficients.Columns);
        _algebra.Multiply(1, testTrain.View, false, Coefficients.View, false, 0, prediction.View);
        Units.Restore(prediction);
        return prediction;
    }

    /// <summary>Predictions for samples, tests × outputs, in the units of the targets; the kernel is held a part at a time.</summary>
    /// <exception cref="InvalidArgumentException">The fit was made from kernel matrices.</exception>
    /// <exception cref="ShapeMismatchException">The samples are not of the training points' shape.</exception>
    public KernelMatrix<double> Predict(Samples tests)
    {
        ArgumentNullException.ThrowIfNull(tests);
        TrainingPoints points = TrainingPoints.Demand(Points);
        var prediction = new KernelMatrix<double>(tests.Count, Coefficients.Columns);
        points.ForEachPart(tests, TrainingPoints.OutputOf(Kind), null, (first, cross, _) =>
        {
            using KernelMatrix<double> part = Predict(TrainingPoints.Of(cross, Kind));
            part.View.CopyTo(prediction.View.Slice(first, 0, part.Rows, part.Columns));
        });
        return prediction;
    }

    /// <summary>
    /// What y − f is at each training point when that point is left out, exactly and without refitting:
    /// [(K + δI)⁻¹y]ᵢ / [(K + δI)⁻¹]ᵢᵢ. The ridge δ stays what it is in absolute terms. Costs one inverse.
    /// </summary>
    /// <remarks>
    /// A difference needs no mean added: residuals are in the units of the targets whether these were centred or not. What was
    /// subtracted from centred targets stays what it is, the mean with the point in it.
    /// </remarks>
    /// <returns>Residuals, n × outputs.</returns>
    public KernelMatrix<double> LeaveOneOut()
    {
        KernelMatrix<double> residuals = Coefficients.Copy();
        double[] diagonal = Factor.InverseDiagonal();
        for (nint i = 0; i < residuals.Rows; i++)
        {
            for (nint o = 0; o < residuals.Columns; o++) residuals[i, o] /= diagonal[i];
        }

        return residuals;
    }

    /// <summary>For example "ridge fit of 1797 points, 10 outputs: solved, …".</summary>
    public override string ToString() =>
        $"ridge fit of {Coefficients.Rows} points, {Coefficients.Columns} {(Coefficients.Columns == 1 ? "output" : "outputs")}: {Report}";

    /// <inheritdoc/>
    public void Dispose()
    {
        Factor.Dispose();
        Coefficients.Dispose();
    }
}
