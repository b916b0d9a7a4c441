using Xunit;

namespace InfiniteNtk.Regression.Tests.LearningCurves;

public sealed class PointResolvedLaws
{
    private static readonly ILinearAlgebra Algebra = LinearAlgebraBackends.Default;

    [Fact]
    public void With_all_points_in_training_it_is_leave_one_out()
    {
        const double ridge = 0.03;
        (double[][] points, int[] labels) = Populations.Points(20, 3, 1);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        using Targets targets = Populations.Classes(labels, 3);
        using var curve = new PointResolvedCurve(kernel, targets, ridge, Algebra);
        PointResolvedPrediction all = curve.At(20);
        var inverse = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(20, 20, (i, j) => kernel[i, j] + (i == j ? ridge : 0)).Inverse();
        for (int i = 0; i < 20; i++)
        {
            for (int k = 0; k < 3; k++)
            {
                double residual = Enumerable.Range(0, 20).Sum(j => inverse[i, j] * targets.Values[j, k]) / inverse[i, i];
                Assert.Equal(targets.Values[i, k] - residual, all.Unseen.MeanPrediction(i)[k], 1e-10);
            }

            Assert.Equal(0, all.Unseen.Variance[i], 1e-12);
            Assert.Equal(ridge, all.EffectiveRidge[i], 1e-14);
        }
    }

    [Fact]
    public void Alike_points_give_the_finite_population()
    {
        const int count = 24;
        using var kernel = new KernelMatrix<double>(count, count);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++) kernel[i, j] = Math.Exp(2 * Math.Cos(2 * Math.PI * (i - j) / count));
        }

        using Targets targets = Targets.FromNumbers([.. Enumerable.Range(0, count).Select(i => Math.Cos(2 * Math.PI * i / count) + 0.3 * Math.Sin(10 * Math.PI * i / count))]);
        var spectrum = EmpiricalSpectrum.Of(kernel, targets, Algebra);
        using var curve = new PointResolvedCurve(kernel, targets, 0.02, Algebra, new PointResolvedOptions { Tolerance = 1e-13 });
        foreach (int n in new[] { 1, 3, 8, 15, 23, 24 })
        {
            FinitePopulationPrediction finite = new FinitePopulation(spectrum.Spectrum, 0.02).At(n);
            PointResolvedPrediction resolved = curve.At(n);
            Assert.Equal(1, resolved.EffectiveRidge[5] / (count * finite.Kappa), 1e-11);
            // One eigenvalue pair carries each frequency, so the errors of the points differ; their mean does not.
            Assert.Equal(1, resolved.Unseen.Mean / finite.Unseen, 1e-10);
        }
    }

    [Fact]
    public void Every_point_resolves_more_as_the_training_set_grows()
    {
        (double[][] points, int[] labels) = Populations.Points(40, 2, 3);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        using Targets targets = Populations.Classes(labels, 2);
        using var curve = new PointResolvedCurve(kernel, targets, 1e-4, Algebra);
        double[] last = curve.At(0).EffectiveRidge.ToArray();
        for (int n = 1; n <= 40; n++)
        {
            PointResolvedPrediction now = curve.At(n);
            for (int i = 0; i < 40; i++)
            {
                Assert.True(now.EffectiveRidge[i] < last[i]);
                Assert.True(now.EffectiveRidge[i] >= 1e-4 * (1 - 1e-12));
                Assert.True(now.Unseen.Variance[i] >= 0);
            }

            Assert.InRange(now.Radius, 0, 1);
            Assert.InRange(now.Unseen.Accuracy!.Value, 0, 1);
            Assert.InRange(now.Inverses, 1, 6);
            last = now.EffectiveRidge.ToArray();
        }
    }

    [Fact]
    public void The_way_to_n_does_not_matter()
    {
        (double[][] points, int[] labels) = Populations.Points(50, 3, 5);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        using Targets targets = Populations.Classes(labels, 3);
        using var warm = new PointResolvedCurve(kernel, targets, 1e-3, Algebra);
        _ = warm.At(2);
        _ = warm.At(7);
        PointResolvedPrediction afterOthers = warm.At(30);
        PointResolvedPrediction back = warm.At(7);
        using var cold = new PointResolvedCurve(kernel, targets, 1e-3, Algebra);
        PointResolvedPrediction alone = cold.At(30);
        using var other = new PointResolvedCurve(kernel, targets, 1e-3, Algebra);
        Assert.Equal(alone.Unseen.Mean, afterOthers.Unseen.Mean, 1e-9);
        Assert.Equal(other.At(7).Unseen.Mean, back.Unseen.Mean, 1e-9);
        Assert.Equal(alone.Unseen.Accuracy!.Value, afterOthers.Unseen.Accuracy!.Value, 1e-6);
    }

    [Theory]
    [InlineData(1e-150)]
    [InlineData(1e150)]
    public void The_scale_of_the_kernel_does_not_matter(double scale)
    {
        (double[][] points, _) = Populations.Points(25, 2, 6);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        using KernelMatrix<double> scaled = Populations.Kernel(points, points);
        for (int i = 0; i < 25; i++) foreach (ref double value in scaled.View.Row(i)) value *= scale;
        using Targets targets = Populations.Numbers(points);
        using var curve = new PointResolvedCurve(kernel, targets, 1e-3, Algebra);
        using var scaledCurve = new PointResolvedCurve(scaled, targets, 1e-3 * scale, Algebra);
        Assert.Equal(curve.At(10).Unseen.Mean, scaledCurve.At(10).Unseen.Mean, 1e-9);
    }

    [Fact]
    public void Simulation_agrees_on_the_golden_matrices()
    {
        foreach (ResamplingCase golden in ResamplingCase.All)
        {
            using KernelMatrix<double> kernel = golden.Kernel();
            using Targets targets = golden.Targets();
            MeasuredPoint measured = new MeasuredCurve(kernel, targets, golden.Ridge, Algebra).At(golden.N, 1000, 1, golden.Test());
            Near("unseen", "standardError", measured.Unseen);
            Near("test", "testStandardError", measured.Test!);

            void Near(string mean, string error, Measurement actual)
            {
                double expected = golden.Golden.Number("monteCarlo", mean);
                double width = Math.Sqrt(Math.Pow(golden.Golden.Number("monteCarlo", error), 2) + actual.StandardError * actual.StandardError);
                Assert.True(Math.Abs(actual.Mean - expected) < 4 * width, $"{golden}, {mean}: {actual.Mean} against {expected}, {Math.Abs(actual.Mean - expected) / width:F1} standard errors");
            }
        }
    }

    [Fact]
    public void Copies_of_the_population_are_easier_than_its_unseen_points()
    {
        // A copy outside the draw is predicted by its twin where the twin is drawn: its mean error lies below the unseen error.
        (double[][] points, _) = Populations.Points(30, 2, 8);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        using Targets targets = Populations.Numbers(points);
        using var curve = new PointResolvedCurve(kernel, targets, 1e-3, Algebra);
        PointResolvedPrediction prediction = curve.At(20, new TestSet(kernel, targets));
        MeasuredPoint measured = new MeasuredCurve(kernel, targets, 1e-3, Algebra).At(20, 2000, 2, new TestSet(kernel, targets));
        Assert.True(prediction.Test!.Mean < prediction.Unseen.Mean);
        Assert.True(measured.Test!.Mean < measured.Unseen.Mean);
    }

    [Fact]
    public void Nothing_drawn_predicts_zero_and_every_class_alike()
    {
        (double[][] points, int[] labels) = Populations.Points(12, 4, 9);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        using Targets targets = Populations.Classes(labels, 4);
        using var curve = new PointResolvedCurve(kernel, targets, 1e-3, Algebra);
        PointResolvedPrediction none = curve.At(0);
        Assert.Equal(0.75, none.Unseen.Mean, 1e-12);
        Assert.Equal(0.25, none.Unseen.Accuracy!.Value, 1e-12);
        Assert.Equal(none.Unseen.Mean, curve.At(1).Unseen.Mean, 0.2);
    }

    [Fact]
    public void Crossing_the_rank_of_the_kernel_begins_again_from_the_upper_bound()
    {
        // Below the rank the effective ridge is of the size of the eigenvalues, above it of the size of the ridge: a start carried
        // over from smaller n is then on the wrong side of the solution, and the descent begins again from the upper bound.
        using var digits = new Digits(600);
        using var carried = new PointResolvedCurve(digits.Linear, digits.Targets, 1e-6, Algebra);
        using var cold = new PointResolvedCurve(digits.Linear, digits.Targets, 1e-6, Algebra);
        carried.At(50);
        PointResolvedPrediction warm = carried.At(200);
        Assert.InRange(warm.Inverses, 0, 16);
        Assert.InRange(warm.Residual, 0, 1e-4);
        Assert.Equal(1, warm.Unseen.Mean / cold.At(200).Unseen.Mean, 1e-3);
    }

    [Fact]
    public void Duplicates_without_ridge_raise_it_and_say_so()
    {
        (double[][] points, _) = Populations.Points(10, 2, 10);
        double[][] twice = [.. points, .. points];
        using KernelMatrix<double> kernel = Populations.Kernel(twice, twice);
        using Targets targets = Populations.Numbers(twice);
        using var curve = new PointResolvedCurve(kernel, targets, 0, Algebra);
        Assert.True(curve.Ridge.Ridge > 0);
        PointResolvedPrediction prediction = curve.At(10);
        Assert.Contains(prediction.Warnings, warning => warning.StartsWith("ridge raised to", StringComparison.Ordinal));
        Assert.True(double.IsFinite(prediction.Unseen.Mean));
    }

    [Fact]
    public void The_double_descent_peak_is_announced_and_a_quiet_curve_is_not()
    {
        (double[][] points, _) = Populations.Points(40, 2, 10);
        using Targets targets = Populations.Numbers(points);
        using KernelMatrix<double> kernel = Linear(points);
        using PointResolvedCurve steep = new(kernel, targets, 1e-6, Algebra), quiet = new(kernel, targets, 10, Algebra);
        // The kernel has rank 2: with next to no ridge two points just determine the line through them.
        Assert.All(Enumerable.Range(1, 39), n => Assert.Equal(n == 2, steep.At(n).Warnings.Any(warning => warning.StartsWith("near the double-descent peak", StringComparison.Ordinal))));
        Assert.All(Enumerable.Range(1, 39), n => Assert.Empty(quiet.At(n).Warnings));
    }

    [Fact]
    public void An_indefinite_matrix_is_refused_with_its_reason()
    {
        using KernelMatrix<double> kernel = KernelMatrix<double>.From(new double[,] { { 1, 3, 0 }, { 3, 1, 0 }, { 0, 0, 1 } });
        using Targets targets = Targets.FromNumbers([1, 2, 4]);
        using var curve = new PointResolvedCurve(kernel, targets, 1e-3, Algebra);
        Assert.Contains("positive semidefinite", Assert.Throws<NumericalFailureException>(() => curve.At(2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unusable_matrices_are_refused()
    {
        using Targets targets = Targets.FromNumbers([1, 2, 4]);
        PointResolvedCurve Curve(double[,] kernel, double ridge = 0.1) => new(KernelMatrix<double>.From(kernel), targets, ridge, Algebra);
        Assert.Throws<ShapeMismatchException>(() => Curve(new double[,] { { 1, 0 }, { 0, 1 } }));
        Assert.Throws<InvalidArgumentException>(() => Curve(new double[3, 3]));
        Assert.Throws<InvalidArgumentException>(() => Curve(new double[,] { { 1, 0, 0.5 }, { 0, 1, 0 }, { 0, 0, 1 } }));
        NonFiniteInputException notFinite = Assert.Throws<NonFiniteInputException>(() => Curve(new double[,] { { 1, 0, 0 }, { 0, 1, double.NaN }, { 0, double.NaN, 1 } }));
        Assert.Contains("row 1, column 2", notFinite.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidArgumentException>(() => Curve(new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } }, -1));
        Assert.Throws<InvalidArgumentException>(() => Curve(new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } }).At(4));
    }

    [Fact]
    public void A_huge_ridge_predicts_zero()
    {
        (double[][] points, _) = Populations.Points(12, 2, 11);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        using Targets targets = Populations.Numbers(points);
        using var curve = new PointResolvedCurve(kernel, targets, 1e12, Algebra);
        Assert.Equal(1, curve.At(6).Unseen.Mean / curve.At(0).Unseen.Mean, 1e-9);
    }

    private static KernelMatrix<double> Linear(double[][] points)
    {
        var kernel = new KernelMatrix<double>(points.Length, points.Length);
        for (int i = 0; i < points.Length; i++)
        {
            for (int j = 0; j < points.Length; j++) kernel[i, j] = points[i].Zip(points[j], (a, b) => a * b).Sum();
        }

        return kernel;
    }
}
