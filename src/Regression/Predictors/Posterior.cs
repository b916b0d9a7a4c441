using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Regression.Predictors;

/// <summary>A Gaussian over the outputs at test points: outputs are independent and share one covariance.</summary>
public sealed class Posterior(KernelMatrix<double> mean, KernelMatrix<double> covariance) : IDisposable
{
    /// <summary>tests × outputs.</summary>
    public KernelMatrix<double> Mean => mean;

    /// <summary>tests × tests, the same for each output, symmetric bit for bit. Of the function itself: no noise is added.</summary>
    public KernelMatrix<double> Covariance => covariance;

    /// <summary>The variance at one test point; rounding below zero is shown as 0.</summary>
    public double Variance(nint test) => Math.Max(0, covariance[test, test]);

    /// <summary>For example "posterior at 12 points, 1 output".</summary>
    public override string ToString() => $"posterior at {mean.Rows} points, {mean.Columns} {(mean.Columns == 1 ? "output" : "outputs")}";

    /// <inheritdoc/>
    public void Dispose()
    {
        mean.Dispose();
        covariance.Dispose();
    }
}
