using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Predictors;

public sealed class TrainedEnsembleTests
{
    public static IEnumerable<object[]> Cases =>
        Golden.Predict.Where(golden => golden.Text("kind") == "ensemble").Select(golden => new object[] { golden.Name });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Golden_means_and_covariances_are_met_at_every_time(string name)
    {
        GoldenCase golden = Golden.Predict.Single(one => one.Name == name);
        using KernelMatrix<double> y = KernelMatrix<double>.From(golden.Matrix("y"));
        using KernelMatrix<double> nngp = KernelMatrix<double>.From(golden.Matrix("kernels", "trainTrain", "nngp"));
        using KernelMatrix<double> ntk = KernelMatrix<double>.From(golden.Matrix("kernels", "trainTrain", "ntk"));
        using KernelMatrix<double> nngpCross = KernelMatrix<double>.From(golden.Matrix("kernels", "testTrain", "nngp"));
        using KernelMatrix<double> ntkCross = KernelMatrix<double>.From(golden.Matrix("kernels", "testTrain", "ntk"));
        using KernelMatrix<double> self = KernelMatrix<double>.From(golden.Matrix("kernels", "testTest", "nngp"));
        Ridge ridge = golden.Text("ridgeUnit") == "relative" ? Ridge.Relative(golden.Number("ridge")) : Ridge.Absolute(golden.Number("ridge"));
        double rate = golden.Number("learningRate");
        using TrainedEnsemble all = TrainedEnsemble.AllLayers(nngp, ntk, y, ridge, rate);
        using TrainedEnsemble last = TrainedEnsemble.LastLayer(nngp, y, ridge, rate);
        double[] times = golden.Vector("times");
        for (int t = 0; t < times.Length; t++)
        {
            Check(all, ntkCross, "ntk", t);
            Check(last, null, "nngp", t);
        }

        void Check(TrainedEnsemble ensemble, KernelMatrix<double>? dynamicsCross, string kernel, int t)
        {
            using Posterior test = ensemble.Predict(times[t], nngpCross, dynamicsCross, self);
            using Posterior train = ensemble.Train(times[t]);
            AssertClose(golden.Matrices("expect", kernel, "mean")[t], test.Mean, 1e-9);
            AssertClose(golden.Matrices("expect", kernel, "covariance")[t], test.Covariance, 1e-9);
            AssertClose(golden.Matrices("expect", kernel, "trainMean")[t], train.Mean, 1e-9);
        }
    }

    [Fact]
    public void The_start_is_the_prior_and_the_end_fits_the_targets()
    {
        using KernelMatrix<double> k = KernelMatrix<double>.From(new[,] { { 2, 0.5 }, { 0.5, 1 } });
        using KernelMatrix<double> theta = KernelMatrix<double>.From(new[,] { { 3, 1.0 }, { 1.0, 2 } });
        using KernelMatrix<double> y = KernelMatrix<double>.From(new[,] { { 1.0 }, { -2 } });
        using TrainedEnsemble ensemble = TrainedEnsemble.AllLayers(k, theta, y);
        using Posterior start = ensemble.Train(0);
        using Posterior end = ensemble.Train(double.PositiveInfinity);
        using Posterior same = ensemble.Predict(double.PositiveInfinity, k, theta, k);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(0, start.Mean[i, 0], 1e-14);
            Assert.Equal(y[i, 0], end.Mean[i, 0], 1e-14);
            Assert.Equal(y[i, 0], same.Mean[i, 0], 1e-13);
            for (int j = 0; j < 2; j++)
            {
                Assert.Equal(k[i, j], start.Covariance[i, j], 1e-14);
                Assert.Equal(0, end.Covariance[i, j], 1e-14);
                Assert.Equal(0, same.Covariance[i, j], 1e-13);
            }
        }
    }

    [Fact]
    public void Training_points_predicted_as_test_points_agree()
    {
        using KernelMatrix<double> k = KernelMatrix<double>.From(new[,] { { 2, 0.5 }, { 0.5, 1 } });
        using KernelMatrix<double> theta = KernelMatrix<double>.From(new[,] { { 3, 1.0 }, { 1.0, 2 } });
        using KernelMatrix<double> y = KernelMatrix<double>.From(new[,] { { 1.0, 0.3 }, { -2, 0.1 } });
        using TrainedEnsemble ensemble = TrainedEnsemble.AllLayers(k, theta, y, learningRate: 0.7);
        using Posterior train = ensemble.Train(1.9);
        using Posterior test = ensemble.Predict(1.9, k, theta, k);
        AssertEqual(train.Mean, test.Mean);
        AssertEqual(train.Covariance, test.Covariance);
    }

    [Fact]
    public void Steps_are_those_of_gradient_descent()
    {
        const double rate = 0.9;
        double[,] kernel = { { 2, 0.5, 0 }, { 0.5, 1, 0 }, { 0, 0, 1e-9 } };
        using KernelMatrix<double> theta = KernelMatrix<double>.From(kernel);
        using KernelMatrix<double> y = KernelMatrix<double>.From(new[,] { { 1.0 }, { -2 }, { 0.5 } });
        using TrainedEnsemble ensemble = TrainedEnsemble.AllLayers(theta, theta, y, learningRate: rate, time: TrainingTime.Steps);
        double[] f = [0, 0, 0];
        for (int step = 0; step < 20; step++)
        {
            double[] residual = [.. f.Select((value, i) => y[i, 0] - value)];
            f = [.. f.Select((value, i) => value + rate / 3 * Enumerable.Range(0, 3).Sum(k => kernel[i, k] * residual[k]))];
            if (step + 1 is not (1 or 7 or 20)) continue;
            using Posterior trained = ensemble.Train(step + 1);
            using KernelMatrix<double> response = ensemble.Response(step + 1, theta);
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(f[i], trained.Mean[i, 0], 1e-12);
                Assert.Equal(f[i], Enumerable.Range(0, 3).Sum(k => response[i, k] * y[k, 0]), 1e-12);
            }
        }
    }

    [Fact]
    public void Many_small_steps_are_a_flow()
    {
        using KernelMatrix<double> theta = KernelMatrix<double>.From(new[,] { { 2, 0.5 }, { 0.5, 1e-7 } });
        using KernelMatrix<double> y = KernelMatrix<double>.From(new[,] { { 1.0 }, { -2 } });
        using TrainedEnsemble flow = TrainedEnsemble.AllLayers(theta, theta, y);
        using TrainedEnsemble steps = TrainedEnsemble.AllLayers(theta, theta, y, learningRate: 1e-11, time: TrainingTime.Steps);
        using KernelMatrix<double> one = flow.Response(3, theta), many = steps.Response(3e11, theta);
        AssertEqual(one, many);
    }

    [Fact]
    public void Steps_that_diverge_or_are_not_whole_are_refused()
    {
        using KernelMatrix<double> theta = KernelMatrix<double>.From(new[,] { { 2, 0.0 }, { 0, 1 } });
        using KernelMatrix<double> y = KernelMatrix<double>.From(new[,] { { 1.0 }, { -2 } });
        Assert.Contains("from 2 on", Assert.Throws<InvalidArgumentException>(
            () => TrainedEnsemble.AllLayers(theta, theta, y, learningRate: 2, time: TrainingTime.Steps)).Message, StringComparison.Ordinal);
        using TrainedEnsemble ensemble = TrainedEnsemble.LastLayer(theta, y, learningRate: 1.9, time: TrainingTime.Steps);
        Assert.Contains("0.5", Assert.Throws<InvalidArgumentException>(() => ensemble.Train(0.5)).Message, StringComparison.Ordinal);
        using Posterior end = ensemble.Train(double.PositiveInfinity);
        Assert.Equal(-2, end.Mean[1, 0], 1e-13);
    }

    [Fact]
    public void A_singular_kernel_moves_linearly_in_its_null_directions()
    {
        using KernelMatrix<double> ones = KernelMatrix<double>.From(new[,] { { 1.0, 1 }, { 1, 1 } });
        using KernelMatrix<double> y = KernelMatrix<double>.From(new[,] { { 1.0 }, { -1 } });
        using KernelMatrix<double> cross = KernelMatrix<double>.From(new[,] { { 0.5, -0.5 } });
        using KernelMatrix<double> self = KernelMatrix<double>.From(new[,] { { 1.0 } });
        using TrainedEnsemble ensemble = TrainedEnsemble.AllLayers(ones, ones, y);
        using Posterior later = ensemble.Predict(4, cross, cross, self);
        Assert.Equal(2, later.Mean[0, 0], 1e-12);
        using Posterior end = ensemble.Train(double.PositiveInfinity);
        Assert.Equal(0, end.Mean[0, 0], 1e-12);
    }

    [Fact]
    public void Bad_requests_are_refused_with_numbers()
    {
        using KernelMatrix<double> k = KernelMatrix<double>.From(new[,] { { 2, 0.5 }, { 0.5, 1 } });
        using KernelMatrix<double> y = KernelMatrix<double>.From(new[,] { { 1.0 }, { -2 } });
        using KernelMatrix<double> wrong = new(3, 3);
        using TrainedEnsemble ensemble = TrainedEnsemble.LastLayer(k, y, options: new() { Algebra = LinearAlgebraBackends.Open(LinearAlgebraBackend.Managed) });
        Assert.Contains("3 × 3", Assert.Throws<ShapeMismatchException>(() => TrainedEnsemble.LastLayer(wrong, y)).Message);
        Assert.Contains("3 x 3", Assert.Throws<ShapeMismatchException>(() => ensemble.Predict(1, wrong, null, k)).Message);
        Assert.Contains("readout", Assert.Throws<InvalidArgumentException>(() => ensemble.Predict(1, k, k, k)).Message);
        Assert.Contains("-1", Assert.Throws<InvalidArgumentException>(() => ensemble.Train(-1)).Message);
        Assert.Contains("NaN", Assert.Throws<InvalidArgumentException>(() => ensemble.Train(double.NaN)).Message);
        Assert.Contains("rate is 0", Assert.Throws<InvalidArgumentException>(() => TrainedEnsemble.LastLayer(k, y, learningRate: 0)).Message);
    }

    private static void AssertClose(double[,] expected, KernelMatrix<double> got, double tolerance)
    {
        for (int i = 0; i < got.Rows; i++)
        {
            for (int j = 0; j < got.Columns; j++) Assert.Equal(expected[i, j], got[i, j], tolerance);
        }
    }

    private static void AssertEqual(KernelMatrix<double> expected, KernelMatrix<double> got)
    {
        for (int i = 0; i < got.Rows; i++)
        {
            for (int j = 0; j < got.Columns; j++) Assert.Equal(expected[i, j], got[i, j], 1e-12);
        }
    }
}
