using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Predictors;

/// <summary>Fits on samples say what fits on matrices say, a part of the test points at a time and without a kernel among them.</summary>
public sealed class SamplesPredictionTests
{
    private const int Training = 12;
    private static readonly Ridge Small = Ridge.Relative(1e-3);

    [Theory]
    [InlineData(null)]
    [InlineData(8 * 8 * Training * 7L)]
    [InlineData(1L)]
    public void What_is_predicted_does_not_depend_on_the_parts(long? budget)
    {
        var kernels = new CountedKernels();
        using Samples x = Points(1, Training), t = Points(2, 40);
        using Targets y = Numbers();
        var options = new SolverOptions { MemoryBudget = budget };
        using KernelPair<double> train = kernels.Kernels(x), cross = kernels.Kernels(t, x), among = kernels.Kernels(t);

        using RidgeFit ridge = Ridge.Fit(kernels, x, y, Small, options: options), sameRidge = Ridge.Fit(train.Ntk, y, Small);
        using KernelMatrix<double> predicted = ridge.Predict(t), expected = sameRidge.Predict(cross.Ntk);
        Close(expected, predicted);

        using GaussianProcess process = GaussianProcess.Fit(kernels, x, y, Small, options: options), sameProcess = GaussianProcess.Fit(train.Nngp, y, Small);
        using Posterior whole = sameProcess.Predict(cross.Nngp, among.Nngp), parts = process.Predict(t), full = process.Predict(t, covariance: true);
        Alike(whole, parts, full);

        foreach (bool last in (bool[])[false, true])
        {
            var training = new EnsembleOptions { LastLayerOnly = last };
            using TrainedEnsemble ensemble = TrainedEnsemble.Fit(kernels, x, y, Small, training, options), same = TrainedEnsemble.Fit(train, y, Small, training);
            foreach (double time in (double[])[0, 3, double.PositiveInfinity])
            {
                using Posterior wholeAt = same.Predict(time, cross.Nngp, last ? null : cross.Ntk, among.Nngp), partsAt = ensemble.Predict(t, time);
                using Posterior fullAt = ensemble.Predict(t, time, covariance: true);
                Alike(wholeAt, partsAt, fullAt);
            }
        }
    }

    [Fact]
    public void Variances_ask_for_no_kernel_among_the_test_points()
    {
        using Samples x = Points(1, Training), t = Points(2, 3000);
        using Targets y = Numbers();
        var kernels = new CountedKernels();
        var options = new SolverOptions { MemoryBudget = 8 * 8 * Training * 100 };
        using GaussianProcess process = GaussianProcess.Fit(kernels, x, y, Small, options: options);
        using TrainedEnsemble ensemble = TrainedEnsemble.Fit(kernels, x, y, Small, options: options);
        process.Predict(t).Dispose();
        ensemble.Predict(t).Dispose();
        ensemble.Predict(t, 5).Dispose();
        Assert.InRange(kernels.LargestEntries, 1, 100 * Training);

        process.Predict(t, covariance: true).Dispose();
        Assert.Equal(3000.0 * 3000, kernels.LargestEntries);
    }

    [Fact]
    public void A_diagonal_gives_the_variances_of_the_whole_kernel()
    {
        using Samples x = Points(1, Training), t = Points(2, 9);
        using Targets y = Numbers();
        var kernels = new CountedKernels();
        using KernelPair<double> train = kernels.Kernels(x), cross = kernels.Kernels(t, x), among = kernels.Kernels(t), diagonal = kernels.Diagonal(t);
        using GaussianProcess process = GaussianProcess.Fit(train.Nngp, y, Small);
        using Posterior whole = process.Predict(cross.Nngp, among.Nngp), alone = process.Predict(cross.Nngp, diagonal.Nngp);
        for (int i = 0; i < 9; i++) Assert.Equal(whole.Variance(i), alone.Variance(i), 1e-10);
        Assert.Contains("covariance", Assert.Throws<InvalidOperationException>(() => alone.Covariance).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        using Samples x = Points(1, Training), fewer = Points(1, 5);
        using Targets y = Numbers();
        var kernels = new CountedKernels();
        using KernelPair<double> train = kernels.Kernels(x);
        using RidgeFit matrices = Ridge.Fit(train.Ntk, y, Small);
        Assert.Contains("from kernel matrices", Assert.Throws<InvalidArgumentException>(() => matrices.Predict(x)).Message, StringComparison.Ordinal);
        int before = kernels.Requests;
        Assert.Contains("5 samples and 12", Assert.Throws<ShapeMismatchException>(() => Ridge.Fit(kernels, fewer, y, Small)).Message, StringComparison.Ordinal);
        Assert.Contains("NNGP", Assert.Throws<InvalidArgumentException>(() => Ridge.Fit(kernels, x, y, Small, KernelKind.Unknown)).Message, StringComparison.Ordinal);
        Assert.Equal(before, kernels.Requests);
    }

    [Fact]
    public void Steps_know_from_which_rate_on_they_diverge()
    {
        using KernelMatrix<double> theta = KernelMatrix<double>.From(new[,] { { 2.0, 0 }, { 0, 1 } }), y = KernelMatrix<double>.From(new[,] { { 1.0, 0 }, { -2, 3 } });
        using TrainedEnsemble ensemble = TrainedEnsemble.AllLayers(theta, theta, y);
        Assert.Equal(2 * 4 / 2.0, ensemble.LargestLearningRate, 1e-12);
        TrainedEnsemble.AllLayers(theta, theta, y, learningRate: 3.999, time: TrainingTime.Steps).Dispose();
        Assert.Throws<InvalidArgumentException>(() => TrainedEnsemble.AllLayers(theta, theta, y, learningRate: 4.001, time: TrainingTime.Steps));
    }

    [Fact]
    public void Copies_with_contradicting_targets_end_at_their_mean_without_jitter()
    {
        using KernelMatrix<double> k = KernelMatrix<double>.From(new[,] { { 2.0, 2, 0.5 }, { 2, 2, 0.5 }, { 0.5, 0.5, 1 } }), y = KernelMatrix<double>.From(new[,] { { 1.0 }, { 3 }, { -1 } });
        using TrainedEnsemble ensemble = TrainedEnsemble.AllLayers(k, k, y);
        using Posterior end = ensemble.Predict(double.PositiveInfinity, k, k, k);
        Assert.Equal(2, end.Mean[0, 0], 1e-12);
        Assert.Equal(2, end.Mean[1, 0], 1e-12);
        Assert.Equal(-1, end.Mean[2, 0], 1e-12);
        Assert.False(ensemble.Report.IsPerturbed);
        Assert.Equal(double.PositiveInfinity, ensemble.Report.Condition);
    }

    private static void Alike(Posterior whole, Posterior parts, Posterior full)
    {
        Close(whole.Mean, parts.Mean);
        Close(whole.Mean, full.Mean);
        Close(whole.Covariance, full.Covariance);
        for (int i = 0; i < whole.Variances.Count; i++) Assert.Equal(whole.Variance(i), parts.Variance(i), 1e-9);
    }

    private static void Close(KernelMatrix<double> expected, KernelMatrix<double> got)
    {
        Assert.Equal((expected.Rows, expected.Columns), (got.Rows, got.Columns));
        Assert.InRange(expected.Distance(got), 0, 1e-9);
    }

    private static Samples Points(int seed, int count) => new(SymmetricMatrices.Random(new Random(seed), count, 3), SampleShape.Features(3));

    private static Targets Numbers() => Targets.FromNumbers([.. Enumerable.Range(0, Training).Select(i => 50 + 3 * Math.Sin(i))]);
}
