using Xunit;

namespace InfiniteNtk.Regression.Tests.LearningCurves;

public sealed class SafeRidgeTests
{
    private static readonly ILinearAlgebra Algebra = LinearAlgebraBackends.Default;

    [Fact]
    public void Duplicates_get_the_smallest_safe_ridge_and_are_told_of()
    {
        using KernelMatrix<double> kernel = Twice();
        double smallest = 1e4 * 2.220446049250313e-16 * LargestRowSum(kernel);
        foreach (double ridge in (double[])[0, 1e-15, 0.09 * smallest])
        {
            SafeRidge safe = SafeRidge.For(kernel, ridge, Algebra);
            Assert.Equal(smallest, safe.Ridge, 1e-3 * smallest);
            Assert.Contains("singular", safe.Note!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_ridge_of_that_size_is_kept_whatever_the_kernel()
    {
        using KernelMatrix<double> kernel = Twice();
        double ridge = 1.001e4 * 2.220446049250313e-16 * LargestRowSum(kernel);
        Assert.Equal(new SafeRidge(ridge, null), SafeRidge.For(kernel, ridge, Algebra));
    }

    [Fact]
    public void A_kernel_that_needs_no_ridge_keeps_none()
    {
        using KernelMatrix<double> kernel = KernelMatrix<double>.From(new[,] { { 2, 0.5 }, { 0.5, 1 } });
        Assert.Equal(new SafeRidge(0, null), SafeRidge.For(kernel, 0, Algebra));
    }

    private static KernelMatrix<double> Twice()
    {
        (double[][] points, _) = Populations.Points(10, 2, 10);
        double[][] twice = [.. points, .. points];
        return Populations.Kernel(twice, twice);
    }

    private static double LargestRowSum(KernelMatrix<double> kernel) =>
        Enumerable.Range(0, (int)kernel.Rows).Max(i => kernel.View.Row(i).ToArray().Sum(Math.Abs));
}
