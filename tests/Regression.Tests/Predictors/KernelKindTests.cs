using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Predictors;

/// <summary>A kernel in the place of the other is refused by every predictor; one of unknown kind is taken at the user's word.</summary>
public sealed class KernelKindTests
{
    private static readonly Ridge Small = Ridge.Absolute(0.1);

    [Fact]
    public void Training_kernels()
    {
        using KernelMatrix<double> nngp = Of(KernelKind.Nngp), ntk = Of(KernelKind.Ntk), own = Of(KernelKind.Unknown), y = SymmetricMatrices.Random(new Random(2), 5, 2);
        Refused("is the NTK", () => TrainedEnsemble.AllLayers(ntk, nngp, y, Small));
        Refused("is the NTK", () => TrainedEnsemble.AllLayers(ntk, ntk, y, Small));
        Refused("is the NNGP kernel", () => TrainedEnsemble.AllLayers(nngp, nngp, y, Small));
        Refused("is the NTK", () => TrainedEnsemble.LastLayer(ntk, y, Small));
        Refused("is the NNGP kernel", () => GradientFlow.Run(TrainingLoss.SquaredError, nngp, y));
        TrainedEnsemble.AllLayers(own, ntk, y, Small).Dispose();
        TrainedEnsemble.AllLayers(nngp, own, y, Small).Dispose();
        TrainedEnsemble.LastLayer(own, y, Small).Dispose();
    }

    [Fact]
    public void Kernels_with_and_among_test_points()
    {
        using KernelMatrix<double> nngp = Of(KernelKind.Nngp), ntk = Of(KernelKind.Ntk), own = Of(KernelKind.Unknown), y = SymmetricMatrices.Random(new Random(2), 5, 2);
        using RidgeFit ridge = Ridge.Fit(ntk, y, Small);
        using GaussianProcess process = GaussianProcess.Fit(nngp, y, Small);
        using TrainedEnsemble all = TrainedEnsemble.AllLayers(nngp, ntk, y, Small), last = TrainedEnsemble.LastLayer(nngp, y, Small);
        Assert.Equal(KernelKind.Ntk, ridge.Kind);
        Refused("NNGP", () => ridge.Predict(nngp));
        Refused("NTK", () => process.Predict(ntk, nngp));
        Refused("NTK", () => process.Predict(nngp, ntk));
        Refused("NTK", () => process.PredictMean(ntk));
        foreach (double time in (double[])[1, double.PositiveInfinity])
        {
            Refused("NTK", () => all.Predict(time, ntk, ntk, nngp));
            Refused("NNGP", () => all.Predict(time, nngp, nngp, nngp));
            Refused("NTK", () => all.Predict(time, nngp, ntk, ntk));
            Refused("NNGP", () => all.Response(time, nngp));
            Refused("NTK", () => last.Predict(time, ntk, null, nngp));
            all.Predict(time, own, own, own).Dispose();
        }

        Refused("NNGP", () => GradientFlow.Run(TrainingLoss.SquaredError, ntk, y, testTrain: nngp));
        ridge.Predict(own).Dispose();
        using RidgeFit unknown = Ridge.Fit(own, y, Small);
        unknown.Predict(ntk).Dispose();
    }

    private static KernelMatrix<double> Of(KernelKind kind)
    {
        using KernelMatrix<double> gram = SymmetricMatrices.Gram(new Random(1), 5, 5, 1);
        return KernelMatrix<double>.From(gram.ToArray(), MatrixStructure.Symmetric, kind);
    }

    private static void Refused(string word, Func<object> action) =>
        Assert.Contains(word, Assert.Throws<InvalidArgumentException>(action).Message, StringComparison.Ordinal);
}
