using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.Predictors;

/// <summary>What predictors demand of kernels between and among points.</summary>
internal static class CrossKernel
{
    /// <summary>One column for each training point, all finite, of the kind that was trained with.</summary>
    public static void Demand(KernelMatrix<double> testTrain, nint training, KernelKind kind)
    {
        const string Asked = "Cannot predict";
        DemandKind(testTrain, kind, Asked, "kernel between test and training points");
        if (testTrain.Columns == training)
        {
            _ = Operands.LargestFinite(testTrain.View, Asked);
            return;
        }

        throw new ShapeMismatchException(
            Asked, $"the kernel is {testTrain.Rows} x {testTrain.Columns} and there are {training} training points",
            "it must have one row for each test point and one column for each training point", "Compute it as net.Kernels(test, train)");
    }

    /// <summary>Tests × tests, or their diagonal as tests × 1; all finite, of the kind that is needed.</summary>
    public static void DemandAmongTests(KernelMatrix<double> testTest, nint tests, KernelKind kind)
    {
        const string Asked = "Cannot compute a posterior covariance";
        DemandKind(testTest, kind, Asked, "kernel among test points");
        if (testTest.Rows == tests && (testTest.Columns == tests || testTest.Columns == 1))
        {
            _ = Operands.LargestFinite(testTest.View, Asked);
            return;
        }

        throw new ShapeMismatchException(
            Asked, $"the kernel among test points is {testTest.Rows} x {testTest.Columns} and there are {tests} test points",
            "it must be square with one row for each test point, or its diagonal in one column", "Compute it as net.Kernels(test), or for the variances alone as net.Diagonal(test)");
    }

    /// <summary>Not the other kernel; what is not known is taken at the user's word.</summary>
    public static void DemandKind(KernelMatrix<double> kernel, KernelKind kind, string asked, string name)
    {
        if (kind == KernelKind.Unknown || kernel.Kind == KernelKind.Unknown || kernel.Kind == kind) return;
        throw new InvalidArgumentException(
            asked, $"the {name} is {NameOf(kernel.Kind)}", $"it must be {NameOf(kind)} here", kind == KernelKind.Ntk ? "Pass Ntk of the pair" : "Pass Nngp of the pair");
    }

    private static string NameOf(KernelKind kind) => kind == KernelKind.Ntk ? "the NTK" : "the NNGP kernel";
}
