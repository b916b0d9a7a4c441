using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.Predictors;

/// <summary>
/// Kernel ridge regression f(x) = k(x, X)·(K + δI)⁻¹·y: with the NTK the mean of infinitely wide networks trained to convergence,
/// with the NNGP kernel the mean of the Bayesian posterior.
/// </summary>
public sealed class RidgeFit : IDisposable
{
    private readonly ILinearAlgebra _algebra;

    private RidgeFit(CholeskyFactor factor, KernelMatrix<double> coefficients, SolveReport report, ILinearAlgebra algebra)
    {
        Factor = factor;
        Coefficients = coefficients;
        Report = report;
        _algebra = algebra;
    }

    /// <summary>K + δI, factored; belongs to this fit.</summary>
    public CholeskyFactor Factor { get; }

    /// <summary>(K + δI)⁻¹·y, n × outputs; belongs to this fit.</summary>
    public KernelMatrix<double> Coefficients { get; }

    /// <summary>Backend, ridge, jitter, condition and the measured residual.</summary>
    public SolveReport Report { get; }

    /// <summary>Factors K + δI and solves for the coefficients.</summary>
    /// <param name="kernel">Training kernel, n × n.</param>
    /// <param name="targets">n × outputs.</param>
    /// <param name="ridge">δ, with its unit.</param>
    /// <param name="options">Who computes, who is asked and told; null: the defaults.</param>
    /// <exception cref="ShapeMismatchException">The sizes do not fit each other.</exception>
    /// <exception cref="NonFiniteInputException">The kernel or the targets hold NaN or an infinity.</exception>
    /// <exception cref="NumericalFailureException">The kernel is indefinite, or singular beyond the largest jitter.</exception>
    public static RidgeFit Fit(KernelMatrix<double> kernel, KernelMatrix<double> targets, Ridge ridge, SolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(targets);
        ILinearAlgebra algebra = (options ?? SolverOptions.Default).Watched;
        if (kernel.Rows != targets.Rows)
        {
            throw new ShapeMismatchException(
                "Cannot fit a ridge regression", $"the kernel is {kernel.Rows} x {kernel.Columns}, the targets have {targets.Rows} rows",
                "there must be one row of targets for each training point", "Pass the targets of the points that the kernel was computed on");
        }

        _ = Operands.LargestFinite(targets.View, "Cannot fit a ridge regression");
        CholeskyFactor factor = CholeskyFactor.Of(kernel, ridge, options);
        KernelMatrix<double> coefficients = Copies.Of(targets);
        factor.Solve(coefficients.View);
        SolveReport report = factor.Report with { Residual = factor.Residual(coefficients, targets) };
        return new RidgeFit(factor, coefficients, report, algebra);
    }

    /// <summary>Predictions for other points, tests × outputs.</summary>
    /// <param name="testTrain">Their kernel with the training points, tests × n.</param>
    /// <exception cref="ShapeMismatchException">It does not have one column for each training point.</exception>
    /// <exception cref="NonFiniteInputException">It holds NaN or an infinity.</exception>
    public KernelMatrix<double> Predict(KernelMatrix<double> testTrain)
    {
        ArgumentNullException.ThrowIfNull(testTrain);
        CrossKernel.Demand(testTrain, Factor.Size);
        var prediction = new KernelMatrix<double>(testTrain.Rows, Coefficients.Columns);
        _algebra.Multiply(1, testTrain.View, false, Coefficients.View, false, 0, prediction.View);
        return prediction;
    }

    /// <summary>
    /// What y − f is at each training point when that point is left out, exactly and without refitting:
    /// [(K + δI)⁻¹y]ᵢ / [(K + δI)⁻¹]ᵢᵢ. The ridge δ stays what it is in absolute terms. Costs one inverse.
    /// </summary>
    /// <returns>Residuals, n × outputs.</returns>
    public KernelMatrix<double> LeaveOneOut()
    {
        KernelMatrix<double> residuals = Copies.Of(Coefficients);
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
