using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Predictors;

public sealed class GoldenPosteriorTests
{
    private const double Tolerance = 1e-10;

    public static IEnumerable<object[]> Cases =>
        Golden.Predict.Where(item => item.Text("kind") == "posterior").Select(item => new object[] { item.Name });

    [Fact]
    public void There_are_three_cases() => Assert.Equal(3, Cases.Count());

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_Bayesian_posterior_agrees(string name)
    {
        GoldenCase golden = Case(name);
        using GaussianProcess process = GaussianProcess.Fit(Kernel(golden, "trainTrain", "nngp"), Matrix(golden, "y"), RidgeOf(golden));
        using Posterior posterior = process.Predict(Kernel(golden, "testTrain", "nngp"), Kernel(golden, "testTest", "nngp"));
        Agrees(golden, posterior, "nngp");
        double[] evidence = golden.Vector("expect", "logEvidence");
        Assert.Equal(evidence.Length, process.LogEvidence.Count);
        for (int o = 0; o < evidence.Length; o++) Assert.Equal(evidence[o], process.LogEvidence[o], 1e-10 * Math.Abs(evidence[o]));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_NTK_as_a_Gaussian_process_agrees(string name)
    {
        GoldenCase golden = Case(name);
        using GaussianProcess process = GaussianProcess.Fit(Kernel(golden, "trainTrain", "ntk"), Matrix(golden, "y"), RidgeOf(golden));
        using Posterior posterior = process.Predict(Kernel(golden, "testTrain", "ntk"), Kernel(golden, "testTest", "ntk"));
        Agrees(golden, posterior, "ntkgp");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_ensemble_of_trained_networks_agrees(string name)
    {
        GoldenCase golden = Case(name);
        using KernelMatrix<double> nngp = Kernel(golden, "trainTrain", "nngp");
        using TrainedEnsemble ensemble = TrainedEnsemble.AllLayers(nngp, Kernel(golden, "trainTrain", "ntk"), Matrix(golden, "y"), RidgeOf(golden));
        using Posterior posterior = ensemble.Predict(
            double.PositiveInfinity, Kernel(golden, "testTrain", "nngp"), Kernel(golden, "testTrain", "ntk"), Kernel(golden, "testTest", "nngp"));
        Agrees(golden, posterior, "ntk");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Leave_one_out_agrees(string name)
    {
        GoldenCase golden = Case(name);
        using RidgeFit fit = Ridge.Fit(Kernel(golden, "trainTrain", "ntk"), Matrix(golden, "y"), RidgeOf(golden));
        using KernelMatrix<double> residuals = fit.LeaveOneOut();

        // The file holds what is predicted for the point left out; the residual is the target less that.
        using KernelMatrix<double> predictions = Matrix(golden, "y");
        for (nint i = 0; i < predictions.Rows; i++)
        {
            for (nint o = 0; o < predictions.Columns; o++) predictions[i, o] -= residuals[i, o];
        }

        Agrees(golden.Matrix("expect", "leaveOneOutNtk"), predictions);
        Assert.Equal(0, fit.Report.Jitter);
        Assert.InRange(fit.Report.Residual!.Value, 0, 1e-12);
    }

    private static void Agrees(GoldenCase golden, Posterior posterior, string kind)
    {
        Agrees(golden.Matrix("expect", kind, "mean"), posterior.Mean);
        Agrees(golden.Matrix("expect", kind, "covariance"), posterior.Covariance);
        for (nint i = 0; i < posterior.Covariance.Rows; i++)
        {
            for (nint j = 0; j < i; j++) Assert.Equal(posterior.Covariance[i, j], posterior.Covariance[j, i]);
        }
    }

    private static void Agrees(double[,] expected, KernelMatrix<double> actual)
    {
        Assert.Equal(expected.GetLength(0), actual.Rows);
        Assert.Equal(expected.GetLength(1), actual.Columns);
        for (int i = 0; i < actual.Rows; i++)
        {
            for (int j = 0; j < actual.Columns; j++) Assert.Equal(expected[i, j], actual[i, j], Tolerance);
        }
    }

    private static GoldenCase Case(string name) => Golden.Predict.Single(item => item.Name == name);

    private static Ridge RidgeOf(GoldenCase golden) =>
        golden.Text("ridgeUnit") == "relative" ? Ridge.Relative(golden.Number("ridge")) : Ridge.Absolute(golden.Number("ridge"));

    private static KernelMatrix<double> Kernel(GoldenCase golden, string which, string kind) =>
        KernelMatrix<double>.From(golden.Matrix("kernels", which, kind));

    private static KernelMatrix<double> Matrix(GoldenCase golden, string field) => KernelMatrix<double>.From(golden.Matrix(field));
}
