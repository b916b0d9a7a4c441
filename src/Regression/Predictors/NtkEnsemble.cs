using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Regression.Data;
using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.Predictors;

/// <summary>
/// The distribution over initialisations of infinitely wide networks trained to convergence by gradient flow on the squared
/// error: Gaussian, but not a posterior under Bayes' rule.
/// </summary>
/// <remarks>
/// With A = Θ_*d(Θ_dd + δI)⁻¹: mean A·y, covariance K_** + A·K_dd·Aᵀ − A·K_d* − K_*d·Aᵀ; the ridge acts in the inverse only.
/// (Lee et al. 2019, "Wide neural networks of any depth evolve as linear models", equations 13 and 14 at t = ∞.)
/// </remarks>
public sealed class NtkEnsemble : IDisposable
{
    private readonly KernelMatrix<double> _nngp;
    private readonly ILinearAlgebra _algebra;

    private NtkEnsemble(KernelMatrix<double> nngp, RidgeFit fit, ILinearAlgebra algebra)
    {
        _nngp = nngp;
        Fitted = fit;
        _algebra = algebra;
    }

    /// <summary>The mean as a ridge regression with the NTK; belongs to this object.</summary>
    public RidgeFit Fitted { get; }

    /// <summary>Trains: factors Θ + δI.</summary>
    /// <param name="nngp">K of the training points; borrowed, it must live as long as this object.</param>
    /// <param name="ntk">Θ of the training points.</param>
    /// <param name="targets">n × outputs.</param>
    /// <param name="ridge">δ; relative: times the mean diagonal of Θ.</param>
    /// <param name="options">Who computes, who is asked and told; null: the defaults.</param>
    /// <exception cref="ShapeMismatchException">The sizes do not fit each other.</exception>
    /// <exception cref="NonFiniteInputException">A number in the kernels or the targets is NaN or infinite.</exception>
    /// <exception cref="NumericalFailureException">Θ is indefinite, or singular beyond the largest jitter.</exception>
    public static NtkEnsemble Fit(
        KernelMatrix<double> nngp, KernelMatrix<double> ntk, KernelMatrix<double> targets, Ridge ridge, SolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(nngp);
        ArgumentNullException.ThrowIfNull(ntk);
        const string Asked = "Cannot fit an ensemble of trained networks";
        Operands.DemandSquare(nngp.View, ntk.Rows, Asked);
        _ = Operands.LargestFinite(nngp.View, Asked);
        ILinearAlgebra algebra = (options ?? SolverOptions.Default).Watched;
        return new NtkEnsemble(nngp, RidgeFit.Fit(ntk, targets, ridge, options), algebra);
    }

    /// <inheritdoc cref="Fit(KernelMatrix{double}, KernelMatrix{double}, KernelMatrix{double}, Ridge, SolverOptions?)"/>
    public static NtkEnsemble Fit(
        KernelMatrix<double> nngp, KernelMatrix<double> ntk, Targets targets, Ridge ridge, SolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Fit(nngp, ntk, targets.Values, ridge, options);
    }

    /// <summary>Mean and covariance at test points.</summary>
    /// <param name="testTrainNngp">K between test and training points, tests × n.</param>
    /// <param name="testTrainNtk">Θ between them.</param>
    /// <param name="testTestNngp">K among the test points.</param>
    /// <exception cref="ShapeMismatchException">The sizes do not fit each other.</exception>
    public Posterior Predict(KernelMatrix<double> testTrainNngp, KernelMatrix<double> testTrainNtk, KernelMatrix<double> testTestNngp)
    {
        ArgumentNullException.ThrowIfNull(testTrainNngp);
        ArgumentNullException.ThrowIfNull(testTrainNtk);
        ArgumentNullException.ThrowIfNull(testTestNngp);
        CrossKernel.Demand(testTrainNngp, _nngp.Rows);
        CrossKernel.Demand(testTrainNtk, _nngp.Rows);
        CrossKernel.DemandAmongTests(testTestNngp, testTrainNtk.Rows);
        CrossKernel.DemandAmongTests(testTestNngp, testTrainNngp.Rows);

        // A' = (Theta + delta)^-1 Theta_d*, then A (K_dd A' - K_d*) - K_*d A' + K_**.
        using KernelMatrix<double> transposed = Copies.TransposeOf(testTrainNtk);
        Fitted.Factor.Solve(transposed.View);
        using KernelMatrix<double> inner = Copies.TransposeOf(testTrainNngp);
        _algebra.Multiply(1, _nngp.View, false, transposed.View, false, -1, inner.View);
        KernelMatrix<double> covariance = Copies.Of(testTestNngp);
        _algebra.Multiply(1, transposed.View, true, inner.View, false, 1, covariance.View);
        _algebra.Multiply(-1, testTrainNngp.View, false, transposed.View, false, 1, covariance.View);
        Mirror.LowerToUpper(covariance.View);
        return new Posterior(Fitted.Predict(testTrainNtk), covariance);
    }

    /// <summary>The fit that its mean is.</summary>
    public override string ToString() => $"ensemble of networks trained to convergence, by {Fitted}";

    /// <inheritdoc/>
    public void Dispose() => Fitted.Dispose();
}
