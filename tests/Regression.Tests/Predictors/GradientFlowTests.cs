using InfiniteNtk.Regression.Predictors;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Predictors;

public sealed class GradientFlowTests
{
    public static IEnumerable<object[]> Cases =>
        Golden.Predict.Where(golden => golden.Text("kind") == "gradientFlow").Select(golden => new object[] { golden.Name });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Golden_trajectories_are_met(string name)
    {
        GoldenCase golden = Golden.Predict.Single(one => one.Name == name);
        IReadOnlyList<FlowPoint> flow = GradientFlow.Run(
            golden.Text("loss") == "mse" ? TrainingLoss.SquaredError : TrainingLoss.CrossEntropy,
            Matrix(golden, "kernels", "trainTrain", "ntk"), Matrix(golden, "y"),
            new()
            {
                Times = [.. golden.Vector("times")],
                LearningRate = golden.Number("learningRate"),
                Momentum = golden.Has("momentum") ? golden.Number("momentum") : null,
            },
            Matrix(golden, "trainStart"), Matrix(golden, "kernels", "testTrain", "ntk"), Matrix(golden, "testStart"));
        for (int t = 0; t < flow.Count; t++)
        {
            AssertClose(golden.Matrices("expect", "train")[t], flow[t].Train, 1e-9);
            AssertClose(golden.Matrices("expect", "test")[t], flow[t].Test!, 1e-9);
        }
    }

    [Fact]
    public void The_squared_loss_follows_the_closed_form()
    {
        using KernelMatrix<double> theta = KernelMatrix<double>.From(new[,] { { 3, 1.0 }, { 1.0, 2 } });
        using KernelMatrix<double> y = KernelMatrix<double>.From(new[,] { { 1.0, 0.3 }, { -2, 0.1 } });
        using TrainedEnsemble ensemble = TrainedEnsemble.AllLayers(theta, theta, y, learningRate: 0.7);
        foreach (FlowPoint point in GradientFlow.Run(TrainingLoss.SquaredError, theta, y, new() { Times = [0, 0.01, 1.9, 400], LearningRate = 0.7 }, testTrain: theta))
        {
            using Posterior law = ensemble.Train(point.Time);
            AssertClose(ToArray(law.Mean), point.Train, 1e-11);
            AssertClose(ToArray(point.Train), point.Test!, 0);
        }
    }

    [Fact]
    public void A_step_that_leaves_the_range_of_numbers_is_no_step_whatever_comes_after_it()
    {
        // The first number overflows, the second does not: the larger error must not be forgotten.
        var integrator = new DormandPrince((x, slope) => (slope[0], slope[1]) = (x[0] * x[0], -x[1]), 1e-9);
        double[] state = [1, 1];
        Assert.Throws<NumericalFailureException>(() => integrator.Advance(state, 2, _ => { }));
        var jump = new DormandPrince((x, slope) => (slope[0], slope[1]) = (x[1] < 0.9 ? double.NaN : 0, -1), 1e-9);
        Assert.Throws<NumericalFailureException>(() => jump.Advance([0, 1], 1, _ => { }));
    }

    [Fact]
    public void Losses_are_those_of_their_gradients()
    {
        var random = new Random(4);
        double[] f = [.. Enumerable.Range(0, 6).Select(_ => random.NextDouble() * 4 - 2)];
        double[] y = [0.2, 0.5, 0.3, 0, 1, 0];
        foreach (TrainingLoss loss in (TrainingLoss[])[TrainingLoss.SquaredError, TrainingLoss.CrossEntropy])
        {
            var gradient = new double[6];
            loss.Gradient(f, y, 3, gradient);
            for (int k = 0; k < 6; k++)
            {
                double[] up = [.. f], down = [.. f];
                up[k] += 1e-5;
                down[k] -= 1e-5;
                Assert.Equal((loss.Value(up, y, 3) - loss.Value(down, y, 3)) / 2e-5, gradient[k], 1e-9);
            }
        }

        Assert.Equal(0, TrainingLoss.CrossEntropy.Value([1000, 0], [1, 0], 2), 1e-12);
    }

    [Fact]
    public void Training_lowers_the_loss_and_separates_classes()
    {
        using KernelMatrix<double> theta = KernelMatrix<double>.From(new[,] { { 2, 0.5, 0 }, { 0.5, 1, 0.2 }, { 0, 0.2, 1 } });
        using KernelMatrix<double> y = KernelMatrix<double>.From(new[,] { { 1.0, 0 }, { 0, 1 }, { 1, 0 } });
        IReadOnlyList<FlowPoint> flow = GradientFlow.Run(TrainingLoss.CrossEntropy, theta, y, new() { Times = [0, 1, 10, 100, 1000] });
        Assert.Equal(Math.Log(2), flow[0].Loss, 1e-12);
        Assert.All(flow.Zip(flow.Skip(1)), pair => Assert.True(pair.Second.Loss < pair.First.Loss));
        for (int i = 0; i < 3; i++) Assert.True((flow[^1].Train[i, 0] - flow[^1].Train[i, 1]) * (y[i, 0] - y[i, 1]) > 1);
    }

    [Fact]
    public void Bad_requests_are_refused_with_numbers()
    {
        using KernelMatrix<double> theta = KernelMatrix<double>.From(new[,] { { 3, 1.0 }, { 1.0, 2 } });
        using KernelMatrix<double> y = KernelMatrix<double>.From(new[,] { { 1.0 }, { -2 } });
        using KernelMatrix<double> wrong = new(3, 1);
        foreach (FlowOptions options in (FlowOptions[])
            [new() { Times = [] }, new() { Times = [2, 1] }, new() { Times = [-1] }, new() { Times = [double.PositiveInfinity] }, new() { LearningRate = 0 }, new() { Momentum = 1 }, new() { Tolerance = 0 }])
        {
            Assert.Throws<InvalidArgumentException>(() => GradientFlow.Run(TrainingLoss.SquaredError, theta, y, options));
        }

        Assert.Contains("3 × 1", Assert.Throws<ShapeMismatchException>(() => GradientFlow.Run(TrainingLoss.SquaredError, theta, y, trainStart: wrong)).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeMismatchException>(() => GradientFlow.Run(TrainingLoss.SquaredError, wrong, y));
        Assert.Throws<ShapeMismatchException>(() => GradientFlow.Run(TrainingLoss.SquaredError, theta, y, testStart: wrong));
    }

    private static KernelMatrix<double> Matrix(GoldenCase golden, params string[] path) => KernelMatrix<double>.From(golden.Matrix(path));

    private static double[,] ToArray(KernelMatrix<double> matrix)
    {
        var array = new double[matrix.Rows, matrix.Columns];
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++) array[i, j] = matrix[i, j];
        }

        return array;
    }

    private static void AssertClose(double[,] expected, KernelMatrix<double> got, double tolerance)
    {
        Assert.Equal((expected.GetLength(0), expected.GetLength(1)), ((int)got.Rows, (int)got.Columns));
        for (int i = 0; i < got.Rows; i++)
        {
            for (int j = 0; j < got.Columns; j++) Assert.Equal(expected[i, j], got[i, j], tolerance);
        }
    }
}
