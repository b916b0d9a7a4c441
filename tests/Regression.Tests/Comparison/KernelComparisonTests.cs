using InfiniteNtk.Regression.Comparison;
using InfiniteNtk.Regression.Tests.LearningCurves;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Comparison;

public sealed class KernelComparisonTests
{
    private static readonly ILinearAlgebra Algebra = LinearAlgebraBackends.Default;

    private static readonly ComparisonOptions Sizes = new() { Sizes = [5, 10, 20] };

    [Fact]
    public void The_unit_of_a_regression_target_changes_nothing()
    {
        (double[][] points, _) = Populations.Points(45, 3, 1);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        ComparisonRow Row(double unit)
        {
            using Targets numbers = Populations.Numbers(points);
            using Targets targets = Targets.FromNumbers([.. Enumerable.Range(0, 45).Select(i => unit * numbers.Values[i, 0])]);
            return new KernelComparison(targets, Sizes with { Ridge = Ridge.Relative(1e-3) }, Algebra).Add("net", "ntk", kernel, null, 1)!;
        }

        ComparisonRow metres = Row(1), millimetres = Row(1000);
        Assert.Equal(metres.LogEvidencePerPoint, millimetres.LogEvidencePerPoint, 1e-9);
        Assert.Equal(metres.Points[1].Measured, millimetres.Points[1].Measured, 1e-9);
        Assert.Equal(metres.Points[1].Predicted, millimetres.Points[1].Predicted, 1e-9);
    }

    [Fact]
    public void A_row_holds_what_each_theory_and_the_measurement_say_in_units_of_the_zero_predictor()
    {
        (double[][] points, int[] labels) = Populations.Points(45, 3, 1);
        using Targets targets = Populations.Classes(labels, 3);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        var comparison = new KernelComparison(targets, Sizes with { Ridge = Ridge.Relative(1e-3), Seed = 4, Subsets = 25 }, Algebra);
        ComparisonRow row = comparison.Add("net", "ntk", kernel, null, 0.5)!;
        double power = 2.0 / 3;
        Assert.Equal(1e-3, row.Ridge, 1e-15);
        Assert.Equal(0.5, row.MillisecondsPerEntry);
        using var curve = new PointResolvedCurve(kernel, targets, 1e-3, Algebra);
        var finite = new FinitePopulation(EmpiricalSpectrum.Of(kernel, targets, Algebra).Spectrum, 1e-3);
        foreach (CurvePoint point in row.Points)
        {
            Assert.Equal(finite.At(point.N).Unseen / power, point.Spectral, 1e-12);
            MeasuredPoint measured = new MeasuredCurve(kernel, targets, 1e-3, Algebra).At(point.N, 25, 4);
            PointResolvedPrediction predicted = curve.At(point.N);
            Assert.Equal(measured.Unseen.Mean / power, point.Measured, 1e-12);
            Assert.Equal(measured.Unseen.StandardError / power, point.StandardError, 1e-12);
            Assert.Equal(measured.LeaveOneOut.Mean / power, point.LeaveOneOut, 1e-12);
            Assert.Equal(measured.Accuracy!.Mean, point.Accuracy!.Value, 1e-12);
            Assert.Equal(measured.Accuracy.StandardError, point.AccuracyStandardError!.Value, 1e-12);
            Assert.Equal(predicted.Unseen.Mean / power, point.Predicted, 1e-8);
            Assert.Equal(predicted.Unseen.Accuracy!.Value, point.PredictedAccuracy!.Value, 1e-5);
        }

        // Quantities of the whole matrix, from a dense inverse.
        var regularised = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(45, 45, (i, j) => kernel[i, j] + (i == j ? 1e-3 : 0));
        var inverse = regularised.Inverse();
        double dimension = 45 - 1e-3 * inverse.Trace();
        double logDeterminant = regularised.Cholesky().DeterminantLn;
        double quadratic = 0, inner = 0, norm = 0, squares = 0;
        for (int i = 0; i < 45; i++)
        {
            for (int j = 0; j < 45; j++)
            {
                norm += kernel[i, j] * kernel[i, j];
                for (int k = 0; k < 3; k++)
                {
                    quadratic += targets.Values[i, k] * inverse[i, j] * targets.Values[j, k];
                    inner += targets.Values[i, k] * kernel[i, j] * targets.Values[j, k];
                    squares += i == j ? targets.Values[i, k] * targets.Values[i, k] : 0;
                }
            }
        }

        double evidence = -0.5 * (quadratic / 3 + logDeterminant + 45 * Math.Log(2 * Math.PI)) / 45;
        Assert.Equal(evidence, row.LogEvidencePerPoint, 1e-8);
        Assert.Equal(inner / (Math.Sqrt(norm) * squares), row.Alignment, 1e-10);
        Assert.Equal(dimension, row.EffectiveDimension, 1e-8);
        var eigenvalues = regularised.Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenValues;
        double condition = eigenvalues.Max(value => value.Real) / eigenvalues.Min(value => value.Real);
        Assert.InRange(condition, 1e3, 5e4);
        Assert.Equal(1, row.ConditionNumber / condition, 1e-9);
    }

    [Fact]
    public void Rows_are_sorted_by_measured_error_ranked_and_tied_by_paired_differences()
    {
        (double[][] points, int[] labels) = Populations.Points(60, 3, 2);
        using Targets targets = Populations.Classes(labels, 3);
        using Samples samples = Samples(points);
        var baselines = new BaselineKernels(samples, Algebra);
        var comparison = new KernelComparison(targets, Sizes with { Ridge = Ridge.Relative(1e-2) }, Algebra);
        foreach (string name in BaselineKernels.Names)
        {
            using KernelMatrix<double> kernel = baselines.Of(name);
            comparison.Add(name, name, kernel);
        }

        using (KernelMatrix<double> again = baselines.Of("gaussian")) comparison.Add("twin", "gaussian", again);
        ComparisonResult result = comparison.Result();
        Assert.Equal(5, result.Rows.Count);
        for (int i = 1; i < 5; i++) Assert.True(result.Rows[i].Points[^1].Measured >= result.Rows[i - 1].Points[^1].Measured);
        Assert.Equal("constant", result.Rows[4].Name);
        Assert.False(result.Rows[4].Points[^1].TiedWithBest);
        Assert.True(result.Rows[0].Points[^1].TiedWithBest);
        ComparisonRow gaussian = result.Rows.Single(row => row.Name == "gaussian"), twin = result.Rows.Single(row => row.Name == "twin");
        Assert.Equal(gaussian.Points, twin.Points);
        Assert.Equal(gaussian.MeasuredRank, twin.MeasuredRank);
        Assert.Equal(15, result.Rows.Sum(row => row.MeasuredRank!.Value));
        Assert.InRange(result.RankCorrelation, 0.8, 1);
        Assert.Equal(2.0 / 3, result.TargetPower, 1e-12);
        // The mean predictor does not learn: its error is that of the label mean, close to 1.
        Assert.Equal(1, result.Rows[4].Points[^1].Measured, 0.1);
        Assert.Equal(1, result.Rows[4].Points[^1].Predicted / result.Rows[4].Points[^1].Measured, 0.02);
    }

    [Fact]
    public void A_separate_test_set_has_its_own_columns()
    {
        (double[][] points, int[] labels) = Populations.Points(50, 2, 3);
        (double[][] others, int[] otherLabels) = Populations.Points(80, 2, 4);
        using Targets targets = Populations.Classes(labels, 2);
        using Targets testTargets = Populations.Classes(otherLabels, 2);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        using KernelMatrix<double> testKernel = Populations.Kernel(others, points);
        var comparison = new KernelComparison(targets, Sizes with { Ridge = Ridge.Relative(1e-2) }, Algebra, testTargets);
        comparison.Add("gaussian", "gaussian", kernel, testKernel);
        var test = new TestSet(testKernel, testTargets);
        using var curve = new PointResolvedCurve(kernel, targets, 1e-2, Algebra);
        var measured = new MeasuredCurve(kernel, targets, 1e-2, Algebra);
        foreach (CurvePoint point in comparison.Result().Rows[0].Points)
        {
            PointResolvedErrors predicted = curve.At(point.N, test).Test!;
            MeasuredPoint measurement = measured.At(point.N, 20, 0, test);
            Assert.Equal(predicted.Mean, point.Test!.Predicted, 1e-8);
            Assert.Equal(predicted.Accuracy!.Value, point.Test.PredictedAccuracy!.Value, 1e-6);
            Assert.Equal(measurement.Test!.Mean, point.Test.Measured, 1e-12);
            Assert.Equal(measurement.Test.StandardError, point.Test.StandardError, 1e-12);
            Assert.Equal(measurement.TestAccuracy!.Mean, point.Test.Accuracy!.Value, 1e-12);
        }

        Assert.Throws<InvalidArgumentException>(() => comparison.Add("gaussian", "gaussian", kernel));
    }

    [Fact]
    public void A_kernel_that_cannot_be_predicted_keeps_its_measurement()
    {
        // 1.1 I - 0.1 J: an eigenvalue of 1.1 - 6 as a whole, of 1.1 - n/10 on n points.
        (double[][] points, int[] labels) = Populations.Points(60, 3, 2);
        using Targets targets = Populations.Classes(labels, 3);
        using KernelMatrix<double> kernel = Populations.Constant(60, -0.1), good = Populations.Kernel(points, points);
        for (int i = 0; i < 60; i++) kernel[i, i] = 1;
        var comparison = new KernelComparison(targets, new ComparisonOptions { Sizes = [2, 9], Ridge = Ridge.Absolute(1e-5) }, Algebra);
        comparison.Add("indefinite", "gaussian", kernel);
        comparison.Add("good", "gaussian", good);
        ComparisonResult result = comparison.Result();
        Assert.Empty(result.LeftOut);
        ComparisonRow row = result.Rows.Single(item => item.Name == "indefinite");
        Assert.All(row.Points, point => Assert.True(double.IsFinite(point.Measured)));
        Assert.True(double.IsNaN(row.Points[^1].Predicted));
        Assert.Equal((null, null), (row.PredictedRank, row.MeasuredRank));
        Assert.Contains(row.Notes, note => note.StartsWith("not positive semidefinite: smallest eigenvalue -4.9", StringComparison.Ordinal));
        Assert.Contains(row.Notes, note => note.StartsWith("n = 9: Cannot predict a learning curve", StringComparison.Ordinal));
        Assert.Equal(1, result.Rows.Single(item => item.Name == "good").PredictedRank);
        Assert.True(double.IsNaN(result.RankCorrelation));
    }

    [Fact]
    public void Warnings_of_a_prediction_are_noted_with_their_n_and_a_relative_ridge_is_of_the_mean_diagonal()
    {
        // Five features, five points, hardly a ridge: the peak of double descent.
        var random = new Random(3);
        using var features = new KernelMatrix<double>(40, 5);
        for (int i = 0; i < 40; i++) foreach (ref double value in features.View.Row(i)) value = random.NextDouble() - 0.5;
        using var kernel = new KernelMatrix<double>(40, 40, MatrixStructure.Symmetric);
        Algebra.Multiply(1, features.View, false, features.View, true, 0, kernel.View);
        using Targets targets = Targets.FromNumbers([.. Enumerable.Range(0, 40).Select(i => (double)(i % 7))]);
        var comparison = new KernelComparison(targets, Sizes with { Sizes = [5], Ridge = Ridge.Relative(1e-9) }, Algebra);
        ComparisonRow row = comparison.Add("linear", "linear", kernel)!;
        Assert.Equal(1e-9 * Enumerable.Range(0, 40).Average(i => kernel[i, i]), row.Ridge, 1e-18);
        Assert.Contains(row.Notes, note => note.StartsWith("n = 5: near the double-descent peak", StringComparison.Ordinal));
    }

    [Fact]
    public void A_measurement_that_leaves_the_range_of_numbers_is_left_out()
    {
        (double[][] points, _) = Populations.Points(30, 3, 5);
        using Targets targets = Targets.FromNumbers([.. points.Select(point => 1e15 * point[0])]);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        for (int i = 0; i < 30; i++) foreach (ref double value in kernel.View.Row(i)) value *= 1e-300;
        var comparison = new KernelComparison(targets, Sizes, Algebra);
        Assert.Null(comparison.Add("tiny", "gaussian", kernel));
        Assert.Contains("must be finite", Assert.Single(comparison.Result().LeftOut).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_tie_by_the_rule_on_their_errors_set_by_set()
    {
        (double[][] points, _) = Populations.Points(60, 3, 2);
        using Targets targets = Populations.Numbers(points);
        var comparison = new KernelComparison(targets, new ComparisonOptions { Sizes = [20], Ridge = Ridge.Absolute(1e-2) }, Algebra);
        List<double[]> errors = [];
        for (int width = 0; width < 24; width++)
        {
            double[][] scaled = [.. points.Select(point => point.Select(x => x / (0.8 + 0.04 * width)).ToArray())];
            using KernelMatrix<double> kernel = Populations.Kernel(scaled, scaled);
            comparison.Add($"{width}", "gaussian", kernel);
            errors.Add(new MeasuredCurve(kernel, targets, 1e-2, Algebra).At(20).Unseen.PerSubset.ToArray());
        }

        double[] best = errors.MinBy(values => values.Average())!;
        ComparisonResult result = comparison.Result();
        foreach (ComparisonRow row in result.Rows)
        {
            double[] own = errors[int.Parse(row.Name, System.Globalization.CultureInfo.InvariantCulture)];
            Assert.Equal(TieRule.Ties(own, best), row.Points[0].TiedWithBest);
            Assert.Equal(own.Order().Skip(9).Take(2).Average() / result.TargetPower, row.Points[0].Median, 1e-12);
        }

        Assert.InRange(result.Rows.Count(row => row.Points[0].TiedWithBest), 2, 22);
    }

    [Fact]
    public void Ranks_are_the_places_by_prediction_and_by_measurement()
    {
        (double[][] points, int[] labels) = Populations.Points(60, 3, 2);
        using Targets targets = Populations.Classes(labels, 3);
        var comparison = new KernelComparison(targets, new ComparisonOptions { Sizes = [3, 20], Ridge = Ridge.Absolute(1e-4) }, Algebra);
        for (int width = 0; width < 12; width++)
        {
            double[][] scaled = [.. points.Select(point => point.Select(x => x / (0.2 + 0.2 * width)).ToArray())];
            using KernelMatrix<double> kernel = Populations.Kernel(scaled, scaled);
            comparison.Add($"{width}", "gaussian", kernel);
        }

        ComparisonResult result = comparison.Result();
        ComparisonRow[] byPrediction = [.. result.Rows.OrderBy(row => row.Points[1].Predicted)];
        for (int i = 0; i < 12; i++)
        {
            Assert.Equal(i + 1, result.Rows[i].MeasuredRank);
            Assert.Equal(i + 1, byPrediction[i].PredictedRank);
        }

        Assert.NotEqual(result.Rows, byPrediction);
        Assert.NotEqual(result.Rows.OrderBy(row => row.Points[0].Measured), result.Rows);
        double squares = result.Rows.Sum(row => Math.Pow(row.MeasuredRank!.Value - row.PredictedRank!.Value, 2));
        Assert.Equal(1 - 6 * squares / (12 * 143), result.RankCorrelation, 1e-12);
    }

    [Fact]
    public void A_test_set_has_its_own_unit_of_error()
    {
        (double[][] points, _) = Populations.Points(40, 2, 3);
        (double[][] others, _) = Populations.Points(30, 2, 4);
        using Targets targets = Populations.Numbers(points);
        var numbers = new KernelMatrix<double>(30, 1);
        for (int i = 0; i < 30; i++) numbers[i, 0] = 5 * (Math.Sin(2 * others[i][0]) + 0.5 * others[i][1]);
        using Targets testTargets = Targets.FromValues(numbers);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points), testKernel = Populations.Kernel(others, points);
        var comparison = new KernelComparison(targets, Sizes with { Ridge = Ridge.Absolute(1e-2) }, Algebra, testTargets);
        CurvePoint point = comparison.Add("gaussian", "gaussian", kernel, testKernel)!.Points[1];
        var test = new TestSet(testKernel, testTargets);
        double power = Enumerable.Range(0, 30).Average(i => Math.Pow(testTargets.Values[i, 0], 2));
        Measurement measured = new MeasuredCurve(kernel, targets, 1e-2, Algebra).At(10, 20, 0, test).Test!;
        using var curve = new PointResolvedCurve(kernel, targets, 1e-2, Algebra);
        Assert.Equal(measured.Mean / power, point.Test!.Measured, 1e-12);
        Assert.Equal(measured.StandardError / power, point.Test.StandardError, 1e-12);
        Assert.Equal(curve.At(10, test).Test!.Mean / power, point.Test.Predicted, 1e-8);
    }

    [Fact]
    public void A_comparison_that_is_no_longer_wanted_ends()
    {
        (double[][] points, int[] labels) = Populations.Points(30, 3, 5);
        using Targets targets = Populations.Classes(labels, 3);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        using var stop = new CancellationTokenSource();
        var comparison = new KernelComparison(targets, Sizes with { Cancellation = stop.Token }, Algebra);
        Assert.NotNull(comparison.Add("before", "gaussian", kernel));
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => comparison.Add("after", "gaussian", kernel));
        Assert.Equal("before", Assert.Single(comparison.Result().Rows).Name);
        Assert.Empty(comparison.Result().LeftOut);
    }

    [Fact]
    public void A_kernel_that_fails_is_left_out_by_name_with_its_reason_and_the_others_stand()
    {
        (double[][] points, int[] labels) = Populations.Points(30, 3, 5);
        using Targets targets = Populations.Classes(labels, 3);
        var comparison = new KernelComparison(targets, Sizes, Algebra);
        using KernelMatrix<double> zero = Populations.Constant(30, 0), notANumber = Populations.Constant(30, 1), indefinite = Populations.Constant(30, 2);
        notANumber[3, 4] = double.NaN;
        for (int i = 0; i < 30; i++) indefinite[i, i] = 1;
        using KernelMatrix<double> wrong = Populations.Constant(29, 1), lopsided = Populations.Constant(30, 1);
        lopsided[3, 4] = 2;
        using KernelMatrix<double> huge = Populations.Constant(30, 0);
        for (int i = 0; i < 30; i++) huge[i, i] = double.MaxValue;
        Assert.Null(comparison.Add("zero", "zero", zero));
        Assert.Null(comparison.Add("nan", "nan", notANumber));
        Assert.Null(comparison.Add("indefinite", "indefinite", indefinite));
        Assert.Throws<ShapeMismatchException>(() => comparison.Add("wrong", "wrong", wrong));
        Assert.Throws<InvalidArgumentException>(() => comparison.Add("lopsided", "lopsided", lopsided));
        Assert.Null(comparison.Add("huge", "huge", huge));
        comparison.LeaveOut("Dense() >> Tanh >> Dense()", "ntk", "the series does not converge");
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        comparison.Add("good", "good", kernel);
        ComparisonResult result = comparison.Result();
        ComparisonRow row = Assert.Single(result.Rows);
        Assert.Equal("good", row.Name);
        Assert.Equal(1, row.MeasuredRank);
        Assert.True(row.Points[^1].TiedWithBest);
        Assert.Equal(["zero", "nan", "indefinite", "huge", "Dense() >> Tanh >> Dense()"], result.LeftOut.Select(kernel => kernel.Name));
        Assert.Equal(new LeftOutKernel("Dense() >> Tanh >> Dense()", "ntk", "the series does not converge"), result.LeftOut[^1]);
        Assert.All(result.LeftOut, kernel => Assert.NotEmpty(kernel.Reason));
        Assert.Contains("row 3, column 4", result.LeftOut[1].Reason, StringComparison.Ordinal);
        Assert.Contains("the inputs are not all constant", result.LeftOut[0].Reason, StringComparison.Ordinal);
        Assert.Contains("positive", result.LeftOut[2].Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => comparison.LeaveOut("net", "ntk", " "));
    }

    private static Samples Samples(double[][] points)
    {
        var rows = new KernelMatrix<double>(points.Length, points[0].Length);
        for (int i = 0; i < points.Length; i++) points[i].CopyTo(rows.View.Row(i));
        return new Samples(rows, SampleShape.Features(points[0].Length));
    }
}
