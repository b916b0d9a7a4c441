using InfiniteNtk.Regression.LinearAlgebra;
using InfiniteNtk.Regression.Predictors;

namespace InfiniteNtk;

/// <summary>
/// The posterior of a Gaussian process with covariance K and noise variance δ, given y. With the NNGP kernel: infinitely wide
/// networks under Bayes' rule. With the NTK in its place: a Gaussian process whose mean is that of trained networks ("ntkgp").
/// </summary>
/// <remarks>
/// <para>Mean K_*d(K + δI)⁻¹y, covariance K_** − K_*d(K + δI)⁻¹K_d* (Rasmussen and Williams 2006, equations 2.25 and 2.26).</para>
/// <para>
/// Fitted on <see cref="Targets"/>, the process is the prior for (y − offset)/scale of <see cref="TargetUnits"/>, and means, variances and
/// evidence are of y itself, in its own units. A bare matrix of targets is taken as it is.
/// </para>
/// </remarks>
public sealed class GaussianProcess : IDisposable
{
    private readonly ILinearAlgebra _algebra;

    private GaussianProcess(RidgeFit fit, double[] logEvidence, ILinearAlgebra algebra)
    {
        Fitted = fit;
        LogEvidence = logEvidence;
        _algebra = algebra;
    }

    /// <summary>The mean as a ridge regression, with the units; belongs to this object.</summary>
    public RidgeFit Fitted { get; }

    /// <summary>
    /// Log marginal likelihood of each output: −½yᵀ(K + δI)⁻¹y/s² − ½log det(K + δI) − n·log s − ½n·log 2π with s the scale of the units,
    /// 1 for bare matrices and classes. Outputs are independent, so that of all is the sum.
    /// </summary>
    public IReadOnlyList<double> LogEvidence { get; }

    /// <summary>Conditions on the training targets, as they are.</summary>
    /// <param name="kernel">Training kernel, n × n.</param>
    /// <param name="targets">n × outputs.</param>
    /// <param name="ridge">δ, with its unit.</param>
    /// <param name="options">Who computes, who is asked and told; null: the defaults.</param>
    /// <exception cref="ShapeMismatchException">The sizes do not fit each other.</exception>
    /// <exception cref="NonFiniteInputException">The kernel or the targets hold NaN or an infinity.</exception>
    /// <exception cref="NumericalFailureException">The kernel is indefinite, or singular beyond the largest jitter.</exception>
    public static GaussianProcess Fit(KernelMatrix<double> kernel, KernelMatrix<double> targets, Ridge ridge, SolverOptions? options = null) =>
        Of(RidgeFit.Fit(kernel, targets, ridge, options), targets, options);

    /// <summary>The same for targets that were centred: means, variances and evidence are in their own units.</summary>
    /// <inheritdoc cref="Fit(KernelMatrix{double}, KernelMatrix{double}, Ridge, SolverOptions?)"/>
    public static GaussianProcess Fit(KernelMatrix<double> kernel, Targets targets, Ridge ridge, SolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Of(RidgeFit.Fit(kernel, targets, ridge, options), targets.Values, options);
    }

    /// <summary>Computes the kernel of samples and conditions on their targets; predicts for samples.</summary>
    /// <param name="kernels">For example a network.</param>
    /// <param name="x">The training points; borrowed, they must live as long as this object.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="ridge">δ, with its unit.</param>
    /// <param name="kind">Which kernel is the covariance.</param>
    /// <param name="options">How to compute, also when predicting; null: the defaults.</param>
    /// <exception cref="ShapeMismatchException">There is not one row of targets for each point, or the network does not take their shape.</exception>
    /// <exception cref="MemoryBudgetException">The kernel would not fit in memory.</exception>
    /// <exception cref="NumericalFailureException">The kernel is indefinite, or singular beyond the largest jitter.</exception>
    public static GaussianProcess Fit(
        IKernelFunction kernels, Samples x, Targets targets, Ridge ridge, KernelKind kind = KernelKind.Nngp, SolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Of(RidgeFit.Fit(kernels, x, targets, ridge, kind, options), targets.Values, options);
    }

    /// <summary>Mean and variances at test points, and their covariance where their whole kernel is given.</summary>
    /// <param name="testTrain">Their kernel with the training points, tests × n.</param>
    /// <param name="testTest">Their kernel among themselves, tests × tests; or its diagonal, tests × 1, for the variances alone.</param>
    /// <exception cref="ShapeMismatchException">The sizes do not fit each other.</exception>
    /// <exception cref="InvalidArgumentException">One is another kernel than was fitted with.</exception>
    public Posterior Predict(KernelMatrix<double> testTrain, KernelMatrix<double> testTest)
    {
        ArgumentNullException.ThrowIfNull(testTrain);
        ArgumentNullException.ThrowIfNull(testTest);
        CrossKernel.Demand(testTrain, Fitted.Factor.Size, Fitted.Kind);
        CrossKernel.DemandAmongTests(testTest, testTrain.Rows, Fitted.Kind);
        using KernelMatrix<double> half = testTrain.Transpose();
        Fitted.Factor.SolveHalf(half.View);
        KernelMatrix<double> spread = testTest.Copy();
        if (spread.Columns == spread.Rows)
        {
            _algebra.Multiply(-1, half.View, true, half.View, false, 1, spread.View);
            Mirror.LowerToUpper(spread.View);
        }
        else
        {
            for (nint k = 0; k < half.Rows; k++)
            {
                Span<double> row = half.View.Row(k);
                for (int i = 0; i < row.Length; i++) spread[i, 0] -= row[i] * row[i];
            }
        }

        return new Posterior(Fitted.Predict(testTrain), spread, Fitted.Units);
    }

    /// <summary>Mean and variances at samples; memory is proportional to their number unless their covariance is asked for.</summary>
    /// <param name="tests">The samples.</param>
    /// <param name="covariance">Whether the covariance is wanted, tests × tests.</param>
    /// <exception cref="InvalidArgumentException">The fit was made from kernel matrices.</exception>
    /// <exception cref="ShapeMismatchException">The samples are not of the training points' shape.</exception>
    public Posterior Predict(Samples tests, bool covariance = false)
    {
        ArgumentNullException.ThrowIfNull(tests);
        TrainingPoints points = TrainingPoints.Demand(Fitted.Points);
        KernelOutputs output = TrainingPoints.OutputOf(Fitted.Kind);
        if (!covariance)
        {
            return PosteriorParts.Of(
                points, tests, Fitted.Coefficients.Columns, output, Fitted.Kind, (part, prior) => Predict(TrainingPoints.Of(part, Fitted.Kind), prior));
        }

        using KernelPair<double> cross = points.Cross(tests, output), among = points.AmongTests(tests, output);
        return Predict(TrainingPoints.Of(cross, Fitted.Kind), TrainingPoints.Of(among, Fitted.Kind));
    }

    /// <summary>The mean alone, tests × outputs, in the units of the targets.</summary>
    public KernelMatrix<double> PredictMean(KernelMatrix<double> testTrain) => Fitted.Predict(testTrain);

    /// <summary>The fit, and the logarithm of the evidence of all outputs together.</summary>
    public override string ToString() =>
        $"Gaussian process, log evidence {LogEvidence.Sum().ToString("G6", System.Globalization.CultureInfo.InvariantCulture)}, by {Fitted}";

    /// <inheritdoc/>
    public void Dispose() => Fitted.Dispose();

    private static GaussianProcess Of(RidgeFit fit, KernelMatrix<double> targets, SolverOptions? options)
    {
        double scale = fit.Units.Scale, constant = 0.5 * (fit.Factor.LogDeterminant + targets.Rows * Math.Log(2 * Math.PI)) + targets.Rows * Math.Log(scale);
        double[] evidence = new double[targets.Columns];
        for (int o = 0; o < evidence.Length; o++)
        {
            double fitTerm = 0;
            for (nint i = 0; i < targets.Rows; i++) fitTerm += targets[i, o] * fit.Coefficients[i, o];
            evidence[o] = -0.5 * fitTerm / (scale * scale) - constant;
        }

        return new GaussianProcess(fit, evidence, (options ?? SolverOptions.Default).Watched);
    }
}
