using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Predictors;

public sealed class PredictorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(70)]
    public void Leave_one_out_is_what_refitting_gives(int n)
    {
        var random = new Random(n);
        using KernelMatrix<double> k = SymmetricMatrices.Gram(random, n, n, 0.1), y = SymmetricMatrices.Random(random, n, 2);
        using RidgeFit fit = Ridge.Fit(k, y, Ridge.Absolute(0.03));
        using KernelMatrix<double> residuals = fit.LeaveOneOut();
        foreach (int left in Enumerable.Range(0, n).Where(i => i % 7 == 0))
        {
            int[] rest = [.. Enumerable.Range(0, n).Where(i => i != left)];
            using RidgeFit refit = Ridge.Fit(Choose(k, rest, rest), Choose(y, rest, [0, 1]), Ridge.Absolute(0.03));
            using KernelMatrix<double> prediction = refit.Predict(Choose(k, [left], rest));
            for (int o = 0; o < 2; o++) Assert.Equal(y[left, o] - prediction[0, o], residuals[left, o], 1e-11);
        }
    }

    [Fact]
    public void Log_evidence_is_the_chain_of_one_step_predictions()
    {
        const int N = 25;
        var random = new Random(4);
        using KernelMatrix<double> k = SymmetricMatrices.Gram(random, N, 10, 0.02), y = SymmetricMatrices.Random(random, N, 2);
        using GaussianProcess all = GaussianProcess.Fit(k, y, Ridge.Absolute(0.2));
        for (int o = 0; o < 2; o++)
        {
            double sum = 0;
            for (int i = 0; i < N; i++)
            {
                int[] before = [.. Enumerable.Range(0, i)];
                using GaussianProcess process = GaussianProcess.Fit(Choose(k, before, before), Choose(y, before, [o]), Ridge.Absolute(0.2));
                using Posterior next = process.Predict(Choose(k, [i], before), Choose(k, [i], [i]));
                double variance = next.Covariance[0, 0] + 0.2, residual = y[i, o] - next.Mean[0, 0];
                sum -= 0.5 * (residual * residual / variance + Math.Log(2 * Math.PI * variance));
            }

            Assert.Equal(sum, all.LogEvidence[o], 1e-10);
        }
    }

    [Fact]
    public void An_ensemble_whose_NTK_is_its_NNGP_kernel_is_the_Bayesian_posterior_without_ridge()
    {
        var random = new Random(5);
        using KernelMatrix<double> all = SymmetricMatrices.Gram(random, 30, 60, 0.1), y = SymmetricMatrices.Random(random, 20, 3);
        int[] train = [.. Enumerable.Range(0, 20)], test = [.. Enumerable.Range(20, 10)];
        using KernelMatrix<double> dd = Choose(all, train, train), td = Choose(all, test, train), tt = Choose(all, test, test);
        using TrainedEnsemble ensemble = TrainedEnsemble.AllLayers(dd, dd, y);
        using GaussianProcess process = GaussianProcess.Fit(dd, y, Ridge.Absolute(0));
        using Posterior ofEnsemble = ensemble.Predict(double.PositiveInfinity, td, td, tt), ofProcess = process.Predict(td, tt);
        Assert.InRange(ofEnsemble.Mean.Distance(ofProcess.Mean), 0, 1e-11);
        Assert.InRange(ofEnsemble.Covariance.Distance(ofProcess.Covariance), 0, 1e-11);
        Assert.True(ofProcess.Variance(0) > 0);
    }

    [Fact]
    public void A_ridge_path_agrees_with_fits_and_its_identities_hold()
    {
        const int N = 40;
        var random = new Random(6);
        using KernelMatrix<double> k = SymmetricMatrices.Gram(random, N, 25, 0), y = SymmetricMatrices.Random(random, N, 2);
        Ridge[] ridges = [Ridge.Relative(1e-4), Ridge.Absolute(0.1), Ridge.Relative(3)];
        ValueList<RidgePathPoint> path = RidgePath.Of(k, y, ridges);
        for (int r = 0; r < ridges.Length; r++)
        {
            RidgePathPoint point = path[r];
            using RidgeFit fit = Ridge.Fit(k, y, ridges[r]);
            using KernelMatrix<double> fitted = fit.Predict(k), residuals = fit.LeaveOneOut(), inverse = fit.Factor.Inverse();
            double training = 0, leaveOneOut = 0, trace = 0, traceSquared = 0, kare = 0;
            for (int i = 0; i < N; i++)
            {
                for (int o = 0; o < 2; o++)
                {
                    training += Square(y[i, o] - fitted[i, o]) / N;
                    leaveOneOut += Square(residuals[i, o]) / N;
                    kare += N * Square(fit.Coefficients[i, o]);
                }

                trace += inverse[i, i];
                for (int j = 0; j < N; j++) traceSquared += Square(inverse[i, j]);
            }

            double delta = fit.Report.Ridge;
            Near(delta, point.Ridge);
            Near(training, point.TrainingError);
            Near(leaveOneOut, point.LeaveOneOut);
            Near(kare / (trace * trace), point.Gcv);
            Near(training / Square(1 - point.EffectiveDimension / N), point.Gcv);
            Near(1 / trace, point.EffectiveRidge);
            Near(N * traceSquared / (trace * trace), point.Overfitting);
            Near(N - delta / point.EffectiveRidge, point.EffectiveDimension);
        }

        NumericalFailureException refused = Assert.Throws<NumericalFailureException>(() => RidgePath.Of(k, y, [Ridge.Absolute(0)]));
        Assert.Contains("smallest eigenvalue", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Duplicates_without_ridge_are_answered_with_visible_jitter()
    {
        var random = new Random(7);
        using KernelMatrix<double> once = SymmetricMatrices.Gram(random, 12, 12, 0.1), y = SymmetricMatrices.Random(random, 13, 1);
        y[12, 0] = y[3, 0];
        int[] points = [.. Enumerable.Range(0, 12), 3];
        using KernelMatrix<double> k = Choose(once, points, points);
        using RidgeFit fit = Ridge.Fit(k, y, Ridge.Absolute(0));
        Assert.True(fit.Report.IsPerturbed);
        Assert.InRange(fit.Report.JitterRelative, 1e-16, CholeskyFactor.LargestJitter);
        Assert.InRange(fit.Report.Residual!.Value, 0, 1e-6);
        Assert.Contains("singular", fit.Report.ToString(), StringComparison.Ordinal);
        using KernelMatrix<double> fitted = fit.Predict(k);
        Assert.InRange(fitted.Distance(y), 0, 1e-6);

        using RidgeFit ridged = Ridge.Fit(k, y, Ridge.Relative(1e-6));
        Assert.False(ridged.Report.IsPerturbed);
    }

    [Fact]
    public void A_pivot_that_is_nothing_but_rounding_is_not_taken_for_a_number()
    {
        // Two points that differ in the last digit of their kernel: the factor exists, its second pivot is one unit in the last place.
        double next = Math.BitDecrement(1);
        using KernelMatrix<double> k = KernelMatrix<double>.From(new[,] { { 1, next }, { next, 1 } }), y = KernelMatrix<double>.From(new double[,] { { 1 }, { -1 } });
        using RidgeFit fit = Ridge.Fit(k, y, Ridge.Absolute(0));
        Assert.True(fit.Report.IsPerturbed);
    }

    [Fact]
    public void Indefinite_and_zero_kernels_are_refused_with_the_leading_minor()
    {
        using KernelMatrix<double> indefinite = KernelMatrix<double>.From(new double[,] { { 1, 2 }, { 2, 1 } }), y = new(2, 1), zero = new(2, 2);
        y[0, 0] = y[1, 0] = 1;
        for (int i = 0; i < 4; i++) zero[i / 2, i % 2] = 0;
        Assert.Contains("leading minor 2 of 2", Assert.Throws<NumericalFailureException>(() => Ridge.Fit(indefinite, y, Ridge.Relative(1e-6))).Message, StringComparison.Ordinal);
        Assert.Contains("leading minor 1 of 2", Assert.Throws<NumericalFailureException>(() => Ridge.Fit(zero, y, Ridge.Relative(1))).Message, StringComparison.Ordinal);
        using RidgeFit fine = Ridge.Fit(zero, y, Ridge.Absolute(2));
        Assert.Equal(0.5, fine.Coefficients[0, 0], 1e-15);
    }

    [Fact]
    public void Wrong_shapes_and_NaN_are_refused_by_name()
    {
        using KernelMatrix<double> k = SymmetricMatrices.Gram(new Random(1), 5, 5, 1), y = new(4, 1), wide = new(2, 4), y5 = SymmetricMatrices.Random(new Random(2), 5, 1);
        Assert.Throws<ShapeMismatchException>(() => Ridge.Fit(k, y, Ridge.Absolute(1)));
        Assert.Throws<ShapeMismatchException>(() => Ridge.Fit(wide, y, Ridge.Absolute(1)));
        using GaussianProcess process = GaussianProcess.Fit(k, y5, Ridge.Absolute(1));
        Assert.Throws<ShapeMismatchException>(() => process.PredictMean(wide));
        using KernelMatrix<double> cross = SymmetricMatrices.Random(new Random(3), 2, 5);
        Assert.Throws<ShapeMismatchException>(() => process.Predict(cross, k));
        cross[1, 3] = double.NaN;
        Assert.Contains("(1, 3)", Assert.Throws<NonFiniteInputException>(() => process.PredictMean(cross)).Message, StringComparison.Ordinal);
        using KernelMatrix<double> lopsided = k.Transposed();
        lopsided[4, 1] += 1e-3;
        Assert.Contains("(4, 1)", Assert.Throws<InvalidArgumentException>(() => Ridge.Fit(lopsided, y5, Ridge.Absolute(1))).Message, StringComparison.Ordinal);
        y5[2, 0] = double.NaN;
        Assert.Contains("(2, 0)", Assert.Throws<NonFiniteInputException>(() => Ridge.Fit(k, y5, Ridge.Absolute(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_training_points_predict_the_prior()
    {
        using KernelMatrix<double> k = new(0, 0), y = new(0, 2), cross = new(3, 0), prior = SymmetricMatrices.Gram(new Random(1), 3, 3, 1);
        using GaussianProcess process = GaussianProcess.Fit(k, y, Ridge.Relative(1e-6));
        using Posterior posterior = process.Predict(cross, prior);
        Assert.Equal(0, posterior.Mean[2, 1]);
        Assert.Equal(0, posterior.Covariance.Distance(prior));
        Assert.Equal(0, process.LogEvidence[0]);
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(64, 2)]
    public void The_condition_estimate_is_close_from_below(int n, int seed)
    {
        var random = new Random(seed);
        using KernelMatrix<double> a = SymmetricMatrices.WithSpectrum(random, [.. Enumerable.Range(0, n).Select(i => Math.Pow(10, -6.0 * i / (n - 1)))]);
        using CholeskyFactor factor = CholeskyFactor.Of(a, Ridge.Absolute(0));
        using KernelMatrix<double> inverse = factor.Inverse();
        double exact = Norm(a) * Norm(inverse);
        Assert.InRange(factor.Report.Condition, exact / 3, exact * (1 + 1e-8));
        Assert.Equal(Enumerable.Range(0, n).Sum(i => -6.0 * i / (n - 1) * Math.Log(10)), factor.LogDeterminant, 1e-7);
    }

    [Fact]
    public void Classes_are_the_largest_column_or_the_sign()
    {
        using KernelMatrix<double> three = KernelMatrix<double>.From(new[,] { { 0.1, 0.3, 0.2 }, { 0.5, 0.5, 0.1 }, { -2, -3, -1 } });
        using KernelMatrix<double> two = KernelMatrix<double>.From(new[,] { { 0.1 }, { -0.1 }, { 0 } });
        Assert.Equal([1, 0, 2], ClassDecision.Of(three));
        Assert.Equal([1, 0, 0], ClassDecision.Of(two));
        Assert.Equal(2 / 3.0, ClassDecision.Accuracy(two, [1, 0, 1]));
        two[1, 0] = double.NaN;
        Assert.Throws<NumericalFailureException>(() => ClassDecision.Of(two));
    }

    [Fact]
    public void Targets_can_be_given_as_classes()
    {
        using KernelMatrix<double> k = SymmetricMatrices.Gram(new Random(8), 6, 6, 1);
        using Targets targets = Targets.FromClasses([0, 1, 2, 2, 1, 0], ["a", "b", "c"]);
        using RidgeFit fit = Ridge.Fit(k, targets, Ridge.Relative(1e-9));
        using KernelMatrix<double> fitted = fit.Predict(k);
        Assert.Equal(1, ClassDecision.Accuracy(fitted, targets.Classes));
        Assert.Equal(fit.Report.Backend, LinearAlgebraBackends.Default.Name);
        using GaussianProcess process = GaussianProcess.Fit(k, targets, Ridge.Relative(1e-9));
        Assert.Equal(fit.Coefficients.View.ToArray(), process.Fitted.Coefficients.View.ToArray());
    }

    private static KernelMatrix<double> Choose(KernelMatrix<double> source, int[] rows, int[] columns)
    {
        var chosen = new KernelMatrix<double>(rows.Length, columns.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < columns.Length; j++) chosen[i, j] = source[rows[i], columns[j]];
        }

        return chosen;
    }

    private static double Norm(KernelMatrix<double> a) =>
        Enumerable.Range(0, (int)a.Columns).Max(j => Enumerable.Range(0, (int)a.Rows).Sum(i => Math.Abs(a[i, j])));

    private static double Square(double x) => x * x;

    private static void Near(double expected, double actual) => Assert.InRange(actual / expected, 1 - 1e-9, 1 + 1e-9);
}
