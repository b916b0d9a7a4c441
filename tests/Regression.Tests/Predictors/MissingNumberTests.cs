using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Predictors;

/// <summary>One NaN in any operand of any predictor is refused by its place, not carried into an answer.</summary>
public sealed class MissingNumberTests
{
    private static readonly Ridge Small = Ridge.Absolute(0.1);

    [Fact]
    public void Targets()
    {
        using KernelMatrix<double> k = Kernel(), y = Missing(SymmetricMatrices.Random(new Random(2), 5, 2), 3, 1);
        Refused("(3, 1)", () => RidgeFit.Fit(k, y, Small));
        Refused("(3, 1)", () => GaussianProcess.Fit(k, y, Small));
        Refused("(3, 1)", () => RidgePath.Of(k, y, [Small]));
        Refused("(3, 1)", () => TrainedEnsemble.AllLayers(k, k, y, Small));
        Refused("(3, 1)", () => TrainedEnsemble.LastLayer(k, y, Small));
        Refused("(3, 1)", () => GradientFlow.Run(TrainingLoss.SquaredError, k, y, new FlowOptions { Times = [1] }));
    }

    [Fact]
    public void Kernels_of_training_points()
    {
        using KernelMatrix<double> sound = Kernel(), k = Missing(Missing(Kernel(), 4, 2), 2, 4), y = SymmetricMatrices.Random(new Random(2), 5, 2);
        Refused("(2, 4)", () => RidgeFit.Fit(k, y, Small));
        Refused("(2, 4)", () => RidgePath.Of(k, y, [Small]));
        Refused("(2, 4)", () => TrainedEnsemble.AllLayers(k, sound, y, Small));
        Refused("(2, 4)", () => TrainedEnsemble.AllLayers(sound, k, y, Small));
        Refused("(2, 4)", () => GradientFlow.Run(TrainingLoss.SquaredError, k, y, new FlowOptions { Times = [1] }));
    }

    [Fact]
    public void Kernels_of_test_points()
    {
        using KernelMatrix<double> k = Kernel(), y = SymmetricMatrices.Random(new Random(2), 5, 2), cross = SymmetricMatrices.Random(new Random(3), 3, 5);
        using KernelMatrix<double> among = SymmetricMatrices.Gram(new Random(4), 3, 3, 1);
        using KernelMatrix<double> noCross = Missing(SymmetricMatrices.Random(new Random(3), 3, 5), 1, 2), noAmong = Missing(SymmetricMatrices.Gram(new Random(4), 3, 3, 1), 2, 1);
        using GaussianProcess process = GaussianProcess.Fit(k, y, Small);
        using TrainedEnsemble ensemble = TrainedEnsemble.AllLayers(k, k, y, Small);
        using TrainedEnsemble trained = TrainedEnsemble.AllLayers(k, k, y, Small);
        Refused("(1, 2)", () => process.Predict(noCross, among));
        Refused("(2, 1)", () => process.Predict(cross, noAmong));
        Refused("(1, 2)", () => ensemble.Predict(double.PositiveInfinity, noCross, cross, among));
        Refused("(1, 2)", () => ensemble.Predict(double.PositiveInfinity, cross, noCross, among));
        Refused("(2, 1)", () => ensemble.Predict(double.PositiveInfinity, cross, cross, noAmong));
        Refused("(2, 1)", () => trained.Predict(1, cross, cross, noAmong));
        Refused("(1, 2)", () => GradientFlow.Run(TrainingLoss.SquaredError, k, y, new FlowOptions { Times = [1] }, testTrain: noCross));
    }

    [Fact]
    public void The_test_kernel_has_a_row_for_each_test_point()
    {
        using KernelMatrix<double> k = Kernel(), y = SymmetricMatrices.Random(new Random(2), 5, 2), cross = SymmetricMatrices.Random(new Random(3), 3, 5);
        using GaussianProcess process = GaussianProcess.Fit(k, y, Small);
        using TrainedEnsemble ensemble = TrainedEnsemble.AllLayers(k, k, y, Small);
        Assert.Contains("3 test points", Assert.Throws<ShapeMismatchException>(() => process.Predict(cross, k)).Message, StringComparison.Ordinal);
        Assert.Contains("3 test points", Assert.Throws<ShapeMismatchException>(() => ensemble.Predict(double.PositiveInfinity, cross, cross, k)).Message, StringComparison.Ordinal);
    }

    private static KernelMatrix<double> Kernel() => SymmetricMatrices.Gram(new Random(1), 5, 5, 1);

    private static KernelMatrix<double> Missing(KernelMatrix<double> matrix, int row, int column)
    {
        matrix[row, column] = double.NaN;
        return matrix;
    }

    private static void Refused(string place, Func<object> action) =>
        Assert.Contains(place, Assert.Throws<NonFiniteInputException>(action).Message, StringComparison.Ordinal);
}
