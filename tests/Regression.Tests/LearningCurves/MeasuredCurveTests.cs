using Xunit;

namespace InfiniteNtk.Regression.Tests.LearningCurves;

public sealed class MeasuredCurveTests
{
    private const double Ridge = 0.05;
    private static readonly ILinearAlgebra Algebra = LinearAlgebraBackends.Default;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Errors_accuracy_and_leave_one_out_are_those_of_retraining_by_hand(int classes)
    {
        (double[][] points, int[] labels) = Populations.Points(15, classes, 1);
        (double[][] testPoints, int[] testLabels) = Populations.Points(40, classes, 2);
        using Targets targets = Populations.Classes(labels, classes), testTargets = Populations.Classes(testLabels, classes);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points), testKernel = Populations.Kernel(testPoints, points);
        MeasuredPoint measured = new MeasuredCurve(kernel, targets, Ridge, Algebra).At(7, 4, 9, new TestSet(testKernel, testTargets));
        for (int s = 0; s < 4; s++)
        {
            int[] seen = new TrainingSubsets(15, 9).Draw(7, s);
            (double error, double right) = Tested(kernel, targets, seen, kernel, targets, [.. Enumerable.Range(0, 15).Except(seen)]);
            (double testError, double testRight) = Tested(kernel, targets, seen, testKernel, testTargets, [.. Enumerable.Range(0, 40)]);
            Assert.Equal(error, measured.Unseen.PerSubset[s], 1e-10);
            Assert.Equal(right, measured.Accuracy!.PerSubset[s], 1e-12);
            Assert.Equal(LeftOut(kernel, targets, seen), measured.LeaveOneOut.PerSubset[s], 1e-10);
            Assert.Equal(testError, measured.Test!.PerSubset[s], 1e-10);
            Assert.Equal(testRight, measured.TestAccuracy!.PerSubset[s], 1e-12);
        }
    }

    [Fact]
    public void The_standard_error_is_that_of_the_mean()
    {
        var measurement = new Measurement([1, 2, 3, 6]);
        Assert.Equal(3, measurement.Mean);
        Assert.Equal(Math.Sqrt(14.0 / 3 / 4), measurement.StandardError, 1e-14);
    }

    [Fact]
    public void Many_subsets_are_measured_in_blocks_each_by_its_own_training_set()
    {
        (double[][] points, _) = Populations.Points(12, 2, 4);
        using Targets targets = Populations.Numbers(points);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        MeasuredPoint measured = new MeasuredCurve(kernel, targets, Ridge, Algebra).At(5, 700);
        foreach (int s in new[] { 0, 511, 512, 699 })
        {
            int[] seen = new TrainingSubsets(12, 0).Draw(5, s);
            (double error, _) = Tested(kernel, targets, seen, kernel, targets, [.. Enumerable.Range(0, 12).Except(seen)]);
            Assert.Equal(error, measured.Unseen.PerSubset[s], 1e-10);
            Assert.Equal(LeftOut(kernel, targets, seen), measured.LeaveOneOut.PerSubset[s], 1e-10);
        }
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(12, 20)]
    [InlineData(-1, 20)]
    [InlineData(5, 1)]
    public void Sizes_without_unseen_points_and_single_subsets_are_refused(int n, int subsets)
    {
        (double[][] points, _) = Populations.Points(12, 2, 4);
        using Targets targets = Populations.Numbers(points);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        Assert.Throws<InvalidArgumentException>(() => new MeasuredCurve(kernel, targets, 0.1, Algebra).At(n, subsets));
    }

    [Fact]
    public void A_singular_training_set_is_one_clear_failure()
    {
        using KernelMatrix<double> kernel = Populations.Constant(8, 1);
        using Targets targets = Targets.FromNumbers([1, 2, 3, 4, 5, 6, 7, 8]);
        NumericalFailureException failure = Assert.Throws<NumericalFailureException>(() => new MeasuredCurve(kernel, targets, 0, Algebra).At(4));
        Assert.Contains("not positive definite", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Mean squared error, and share of right classes (NaN for numbers), at some rows of a kernel after training on the seen points.</summary>
    private static (double Error, double Right) Tested(
        KernelMatrix<double> kernel, Targets targets, int[] seen, KernelMatrix<double> rows, Targets of, int[] at)
    {
        double error = 0, right = 0;
        foreach (int i in at)
        {
            double[] f = Fit(kernel, targets, seen, j => rows[i, j]);
            error += f.Select((value, k) => Math.Pow(value - of.Values[i, k], 2)).Sum() / at.Length;
            int own = of.Classes.Count == 0 ? -1 : of.Classes[i];
            right += own < 0 ? double.NaN : (f.Length == 1 ? f[0] > 0 == (own == 1) : Array.IndexOf(f, f.Max()) == own) ? 1.0 / at.Length : 0;
        }

        return (error, right);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Without_learning_frequencies_guess_the_largest_class_and_prediction_knows_it(int classes)
    {
        (double[][] points, _) = Populations.Points(30, 2, 4);
        int[] labels = [.. Enumerable.Range(0, 30).Select(i => i < 18 ? 0 : 1 + (i % (classes - 1)))];
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        using Targets targets = Targets.FromClasses(labels, [.. Enumerable.Range(0, classes).Select(c => $"{c}")], ClassCentre.Frequencies);
        MeasuredPoint measured = new MeasuredCurve(kernel, targets, 1e12, LinearAlgebraBackends.Default).At(10, 400);
        using var curve = new PointResolvedCurve(kernel, targets, 1e12, LinearAlgebraBackends.Default);
        Assert.Equal(0.6, measured.Accuracy!.Mean, 0.02);
        Assert.Equal(0.6, curve.At(10).Unseen.Accuracy!.Value, 1e-6);
        Assert.Equal(1, measured.Unseen.Mean / targets.Power, 0.05);
    }

    private static double LeftOut(KernelMatrix<double> kernel, Targets targets, int[] seen) =>
        seen.Average(i => Fit(kernel, targets, [.. seen.Where(j => j != i)], j => kernel[i, j]).Select((value, k) => Math.Pow(value - targets.Values[i, k], 2)).Sum());

    private static double[] Fit(KernelMatrix<double> kernel, Targets targets, int[] seen, Func<int, double> kernelRow)
    {
        int outputs = (int)targets.Values.Columns;
        var matrix = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(
            seen.Length, seen.Length, (i, j) => kernel[seen[i], seen[j]] + (i == j ? Ridge : 0));
        var alpha = matrix.Solve(MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(seen.Length, outputs, (i, k) => targets.Values[seen[i], k]));
        return [.. Enumerable.Range(0, outputs).Select(k => seen.Select((j, i) => kernelRow(j) * alpha[i, k]).Sum())];
    }
}
