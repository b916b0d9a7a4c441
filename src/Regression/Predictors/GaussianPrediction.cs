using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Regression.Predictors;

/// <summary>A Gaussian law over predictions: one mean per point and output, one covariance over points shared by all outputs.</summary>
/// <param name="Mean">Points × outputs.</param>
/// <param name="Covariance">Points × points, symmetric; of each output separately, outputs are independent.</param>
public sealed record GaussianPrediction(KernelMatrix<double> Mean, KernelMatrix<double> Covariance) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Covariance.Dispose();
    }
}
