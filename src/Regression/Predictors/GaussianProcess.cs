using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Regression.Data;
using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.Predictors;

/// <summary>
/// The posterior of a Gaussian process with covariance K and noise variance δ, given y. With the NNGP kernel: infinitely wide
/// networks under Bayes' rule. With the NTK in its place: a Gaussian process whose mean is that of trained networks ("ntkgp").
/// </summary>
/// <remarks>Mean K_*d(K + δI)⁻¹y, covariance K_** − K_*d(K + δI)⁻¹K_d* (Rasmussen and Williams 2006, equations 2.25 and 2.26).</remarks>
public sealed class GaussianProcess : IDisposable
{
    private readonly ILinearAlgebra _algebra;

    private GaussianProcess(RidgeFit fit, double[] logEvidence, ILinearAlgebra algebra)
    {
        Fitted = fit;
        LogEvidence = logEvidence;
        _algebra = algebra;
    }

    /// <summary>The mean as a ridge regression; belongs to this object.</summary>
    public RidgeFit Fitted { get; }

    /// <summary>
    /// Log marginal likelihood of each output: −½yᵀ(K + δI)⁻¹y − ½log det(K + δI) − ½n·log 2π. Outputs are independent, so that of
    /// all is the sum.
    /// </summary>
    public IReadOnlyList<double> LogEvidence { get; }

    /// <summary>Conditions on the training targets.</summary>
    /// <param name="kernel">Training kernel, n × n.</param>
    /// <param name="targets">n × outputs.</param>
    /// <param name="ridge">δ, with its unit.</param>
    /// <param name="options">Who computes, who is asked and told; null: the defaults.</param>
    /// <exception cref="InfiniteNtk.Kernels.Errors.ShapeMismatchException">The sizes do not fit each other.</exception>
    /// <exception cref="InfiniteNtk.Kernels.Errors.NonFiniteInputException">The kernel or the targets hold NaN or an infinity.</exception>
    /// <exception cref="InfiniteNtk.Kernels.Errors.NumericalFailureException">The kernel is indefinite, or singular beyond the largest jitter.</exception>
    public static GaussianProcess Fit(KernelMatrix<double> kernel, KernelMatrix<double> targets, Ridge ridge, SolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ILinearAlgebra algebra = (options ?? SolverOptions.Default).Watched;
        RidgeFit fit = RidgeFit.Fit(kernel, targets, ridge, options);
        double constant = 0.5 * (fit.Factor.LogDeterminant + targets.Rows * Math.Log(2 * Math.PI));
        double[] evidence = new double[targets.Columns];
        for (int o = 0; o < evidence.Length; o++)
        {
            double fitTerm = 0;
            for (nint i = 0; i < targets.Rows; i++) fitTerm += targets[i, o] * fit.Coefficients[i, o];
            evidence[o] = -0.5 * fitTerm - constant;
        }

        return new GaussianProcess(fit, evidence, algebra);
    }

    /// <inheritdoc cref="Fit(KernelMatrix{double}, KernelMatrix{double}, Ridge, SolverOptions?)"/>
    public static GaussianProcess Fit(KernelMatrix<double> kernel, Targets targets, Ridge ridge, SolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Fit(kernel, targets.Values, ridge, options);
    }

    /// <summary>Mean and covariance at test points.</summary>
    /// <param name="testTrain">Their kernel with the training points, tests × n.</param>
    /// <param name="testTest">Their kernel among themselves, tests × tests.</param>
    /// <exception cref="InfiniteNtk.Kernels.Errors.ShapeMismatchException">The sizes do not fit each other.</exception>
    public Posterior Predict(KernelMatrix<double> testTrain, KernelMatrix<double> testTest)
    {
        ArgumentNullException.ThrowIfNull(testTrain);
        ArgumentNullException.ThrowIfNull(testTest);
        CrossKernel.Demand(testTrain, Fitted.Factor.Size);
        CrossKernel.DemandAmongTests(testTest, testTrain.Rows);
        using KernelMatrix<double> half = Copies.TransposeOf(testTrain);
        Fitted.Factor.SolveHalf(half.View);
        KernelMatrix<double> covariance = Copies.Of(testTest);
        _algebra.Multiply(-1, half.View, true, half.View, false, 1, covariance.View);
        Mirror.LowerToUpper(covariance.View);
        return new Posterior(Fitted.Predict(testTrain), covariance);
    }

    /// <summary>The mean alone, tests × outputs.</summary>
    public KernelMatrix<double> PredictMean(KernelMatrix<double> testTrain) => Fitted.Predict(testTrain);

    /// <summary>The fit, and the logarithm of the evidence of all outputs together.</summary>
    public override string ToString() =>
        $"Gaussian process, log evidence {LogEvidence.Sum().ToString("G6", System.Globalization.CultureInfo.InvariantCulture)}, by {Fitted}";

    /// <inheritdoc/>
    public void Dispose() => Fitted.Dispose();
}
