using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.Predictors;

/// <summary>What predictors demand of kernels between and among test points.</summary>
internal static class CrossKernel
{
    /// <summary>One column for each training point, all finite.</summary>
    public static void Demand(KernelMatrix<double> testTrain, nint training)
    {
        if (testTrain.Columns == training)
        {
            _ = Operands.LargestFinite(testTrain.View, "Cannot predict");
            return;
        }

        throw new ShapeMismatchException(
            "Cannot predict", $"the kernel is {testTrain.Rows} x {testTrain.Columns} and there are {training} training points",
            "it must have one row for each test point and one column for each training point", "Compute it as net.Kernels(test, train)");
    }

    /// <summary>Square, one row for each test point, all finite.</summary>
    public static void DemandAmongTests(KernelMatrix<double> testTest, nint tests)
    {
        const string Asked = "Cannot compute a posterior covariance";
        if (testTest.Rows == tests && testTest.Columns == tests)
        {
            _ = Operands.LargestFinite(testTest.View, Asked);
            return;
        }

        throw new ShapeMismatchException(
            Asked, $"the kernel among test points is {testTest.Rows} x {testTest.Columns} and there are {tests} test points",
            "it must be square with one row for each test point", "Compute it as net.Kernels(test)");
    }
}
