using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Predictors;

/// <summary>Predictions come back in the units of the targets, whoever predicts.</summary>
public sealed class TargetUnitsTests
{
    private static readonly double[] Years = [101, 102, 103, 107];
    private static readonly Ridge Small = Ridge.Absolute(1e-9);

    [Fact]
    public void A_ridge_fit_meets_its_numbers()
    {
        using KernelMatrix<double> k = Kernel(1);
        using Targets y = Targets.FromNumbers(Years);
        using RidgeFit fit = Ridge.Fit(k, y, Small);
        using KernelMatrix<double> fitted = fit.Predict(k), residuals = fit.LeaveOneOut();
        Meets(Years, fitted, 1e-6);
        Assert.Equal(y.Means, fit.Units.Offsets);

        // Without point 2, the others keep what was subtracted with it.
        using KernelMatrix<double> rest = Without(k, 2, 2), cross = Row(k, 2), restOfY = KernelMatrix<double>.From(new[,] { { 101 - 103.25 }, { 102 - 103.25 }, { 107 - 103.25 } });
        using RidgeFit refit = Ridge.Fit(rest, restOfY, Small);
        using KernelMatrix<double> left = refit.Predict(cross);
        Assert.Equal(103 - (left[0, 0] + 103.25), residuals[2, 0], 1e-7);
    }

    [Fact]
    public void A_bare_matrix_is_taken_as_it_is()
    {
        using KernelMatrix<double> k = Kernel(1), y = KernelMatrix<double>.From(new double[,] { { 101 }, { 102 }, { 103 }, { 107 } }), far = KernelMatrix<double>.From(new double[1, 4]);
        using RidgeFit fit = Ridge.Fit(k, y, Small);
        using KernelMatrix<double> fitted = fit.Predict(k), prior = fit.Predict(far);
        Meets(Years, fitted, 1e-5);
        Assert.Equal(0, prior[0, 0]);
        using Targets asTheyAre = Targets.FromValues(y.Copy());
        using RidgeFit same = Ridge.Fit(k, asTheyAre, Small);
        using KernelMatrix<double> alike = same.Predict(k);
        Assert.Equal(fitted.View.ToArray(), alike.View.ToArray());
    }

    [Fact]
    public void A_process_far_from_its_points_is_the_prior_around_the_mean_with_the_spread_of_the_targets()
    {
        using KernelMatrix<double> k = Kernel(1), far = KernelMatrix<double>.From(new double[1, 4]), own = KernelMatrix<double>.From(new double[,] { { 2.5 } });
        using Targets y = Targets.FromNumbers(Years);
        using GaussianProcess process = GaussianProcess.Fit(k, y, Small);
        using Posterior posterior = process.Predict(far, own), among = process.Predict(k, k);
        Assert.Equal(103.25, posterior.Mean[0, 0], 1e-12);
        Assert.Equal(2.5 * 5.1875, posterior.Variance(0), 1e-12); // The mean square of the deviations -2.25, -1.25, -0.25, 3.75.
        Assert.Equal(posterior.Variance(0), posterior.Covariance[0, 0]);
        Meets(Years, among.Mean, 1e-6);
    }

    [Fact]
    public void The_evidence_of_numbers_is_a_density_in_their_own_unit()
    {
        using KernelMatrix<double> k = Kernel(1);
        using Targets metres = Targets.FromNumbers(Years), millimetres = Targets.FromNumbers([.. Years.Select(y => 1000 * y)]);
        using GaussianProcess one = GaussianProcess.Fit(k, metres, Ridge.Absolute(0.1)), thousand = GaussianProcess.Fit(k, millimetres, Ridge.Absolute(0.1));
        Assert.Equal(one.LogEvidence[0] - 4 * Math.Log(1000), thousand.LogEvidence[0], 1e-9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_ensemble_starts_at_the_mean_and_ends_at_the_numbers(bool lastLayer)
    {
        using KernelMatrix<double> k = Kernel(1), theta = Kernel(2);
        using Targets y = Targets.FromNumbers(Years);
        using var pair = new InfiniteNtk.KernelPair<double>(k.Copy(), theta.Copy(), null!);
        using TrainedEnsemble ensemble = TrainedEnsemble.Fit(pair, y, training: new() { LastLayerOnly = lastLayer });
        KernelMatrix<double>? cross = lastLayer ? null : theta;
        using Posterior start = ensemble.Predict(0, k, cross, k), end = ensemble.Predict(double.PositiveInfinity, k, cross, k), late = ensemble.Predict(1e12, k, cross, k);
        using Posterior trainedStart = ensemble.Train(0), trainedEnd = ensemble.Train(double.PositiveInfinity);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(103.25, start.Mean[i, 0], 1e-10);
            Assert.Equal(103.25, trainedStart.Mean[i, 0], 1e-10);
            Assert.Equal(k[i, i] * 5.1875, start.Variance(i), 1e-10);
            Assert.Equal(k[i, i] * 5.1875, trainedStart.Variance(i), 1e-10);
        }

        Meets(Years, end.Mean, 1e-9);
        Meets(Years, late.Mean, 1e-9);
        Meets(Years, trainedEnd.Mean, 1e-9);
        using KernelMatrix<double> response = ensemble.Response(double.PositiveInfinity, lastLayer ? k : theta);
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++) Assert.Equal(i == j ? 1 : 0, response[i, j], 1e-9);
        }
    }

    [Fact]
    public void A_flow_starts_at_the_mean_or_where_it_is_told_and_ends_at_the_numbers()
    {
        using KernelMatrix<double> theta = Kernel(2), from = KernelMatrix<double>.From(new double[,] { { 100 }, { 90 }, { 80 }, { 70 } });
        using Targets y = Targets.FromNumbers(Years);
        var options = new FlowOptions { Times = [0, 2000], Tolerance = 1e-10 };
        IReadOnlyList<FlowPoint> plain = GradientFlow.Run(TrainingLoss.SquaredError, theta, y, options, testTrain: theta);
        IReadOnlyList<FlowPoint> told = GradientFlow.Run(TrainingLoss.SquaredError, theta, y, options, trainStart: from);
        Meets([103.25, 103.25, 103.25, 103.25], plain[0].Train, 1e-12);
        Meets(Years, plain[1].Train, 1e-5);
        Meets(Years, plain[1].Test!, 1e-5);
        Meets([100, 90, 80, 70], told[0].Train, 1e-12);
        Meets(Years, told[1].Train, 1e-5);
        Assert.Throws<InvalidArgumentException>(() => GradientFlow.Run(TrainingLoss.CrossEntropy, theta, y, options));
    }

    [Theory]
    [InlineData(ClassCentre.Uniform)]
    [InlineData(ClassCentre.Frequencies)]
    public void Scores_of_classes_are_indicators_and_add_up_to_one(ClassCentre centre)
    {
        using KernelMatrix<double> k = Kernel(1), between = KernelMatrix<double>.From(new[,] { { 0.3, 0.1, 0.2, 0 } });
        using Targets three = Targets.FromClasses([0, 2, 1, 2], ["a", "b", "c"], centre), two = Targets.FromClasses([0, 1, 1, 1], ["a", "b"], centre);
        using RidgeFit fit = Ridge.Fit(k, three, Small), binary = Ridge.Fit(k, two, Small);
        using KernelMatrix<double> scores = fit.Predict(k), other = fit.Predict(between), signs = binary.Predict(k);
        for (int i = 0; i < 4; i++)
        {
            for (int c = 0; c < 3; c++) Assert.Equal(three.Classes[i] == c ? 1 : 0, scores[i, c], 1e-7);
            Assert.Equal(two.Classes[i] == 1 ? 1 : -1, signs[i, 0], 1e-7);
        }

        // Where no training point is near, the guess that needs no inputs.
        using KernelMatrix<double> far = KernelMatrix<double>.From(new double[1, 4]);
        using KernelMatrix<double> guess = fit.Predict(far), sign = binary.Predict(far);
        Assert.Equal(centre == ClassCentre.Uniform ? 1 / 3.0 : 0.5, guess[0, 2], 1e-12);
        Assert.Equal(centre == ClassCentre.Uniform ? 0 : 0.5, sign[0, 0], 1e-12);
        Assert.Equal(1, other[0, 0] + other[0, 1] + other[0, 2], 1e-12);
        Assert.Equal([0, 2, 1, 2], ClassDecision.Of(scores));
        IReadOnlyList<FlowPoint> flow = GradientFlow.Run(TrainingLoss.CrossEntropy, k, three, new() { Times = [0, 300] });
        Assert.Equal(Math.Log(3), flow[0].Loss, 1e-12);
        Assert.Equal([0, 2, 1, 2], ClassDecision.Of(flow[1].Train));
    }

    [Fact]
    public void A_ridge_path_measures_errors_that_no_mean_changes()
    {
        using KernelMatrix<double> k = Kernel(1);
        using Targets y = Targets.FromNumbers(Years);
        using RidgeFit fit = Ridge.Fit(k, y, Ridge.Absolute(0.1));
        using KernelMatrix<double> fitted = fit.Predict(k), residuals = fit.LeaveOneOut();
        RidgePathPoint point = RidgePath.Of(k, y, [Ridge.Absolute(0.1)])[0];
        Assert.Equal(Enumerable.Range(0, 4).Sum(i => Math.Pow(Years[i] - fitted[i, 0], 2)) / 4, point.TrainingError, 1e-9);
        Assert.Equal(Enumerable.Range(0, 4).Sum(i => Math.Pow(residuals[i, 0], 2)) / 4, point.LeaveOneOut, 1e-9);
    }

    private static KernelMatrix<double> Kernel(int seed) => SymmetricMatrices.Gram(new Random(seed), 4, 4, 0.5);

    private static void Meets(double[] expected, KernelMatrix<double> got, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], got[i, 0], tolerance);
    }

    private static KernelMatrix<double> Without(KernelMatrix<double> k, int row, int column)
    {
        int[] rows = [.. Enumerable.Range(0, 4).Where(i => i != row)], columns = [.. Enumerable.Range(0, 4).Where(i => i != column)];
        var rest = new KernelMatrix<double>(3, 3);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++) rest[i, j] = k[rows[i], columns[j]];
        }

        return rest;
    }

    private static KernelMatrix<double> Row(KernelMatrix<double> k, int row)
    {
        int[] columns = [.. Enumerable.Range(0, 4).Where(i => i != row)];
        var cross = new KernelMatrix<double>(1, 3);
        for (int j = 0; j < 3; j++) cross[0, j] = k[row, columns[j]];
        return cross;
    }
}
