using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Regression.Data;
using InfiniteNtk.Regression.LearningCurves;
using InfiniteNtk.Regression.LinearAlgebra;
using Xunit;

namespace InfiniteNtk.Regression.Tests.LearningCurves;

public sealed class MeasuredCurveTests
{
    private static readonly ILinearAlgebra Algebra = LinearAlgebraBackends.Default;

    [Fact]
    public void Errors_and_leave_one_out_are_those_of_retraining_by_hand()
    {
        const int n = 7;
        const double ridge = 0.05;
        (double[][] points, int[] labels) = Populations.Points(15, 3, 1);
        using Targets targets = Populations.Classes(labels, 3);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        (double[][] testPoints, int[] testLabels) = Populations.Points(6, 3, 2);
        var test = new TestSet(Populations.Kernel(testPoints, points), Populations.Classes(testLabels, 3));
        MeasuredPoint measured = new MeasuredCurve(kernel, targets, ridge, Algebra).At(n, 4, 9, test);
        for (int s = 0; s < 4; s++)
        {
            int[] seen = new TrainingSubsets(15, 9).Draw(n, s);
            int[] unseen = [.. Enumerable.Range(0, 15).Except(seen)];
            Func<nint, nint, double> own = (i, j) => kernel[i, j];
            double error = 0, right = 0, leaveOneOut = 0, testError = 0;
            foreach (int i in unseen)
            {
                double[] f = Fit(seen, j => own(i, j));
                error += Enumerable.Range(0, 3).Sum(k => Math.Pow(f[k] - targets.Values[i, k], 2)) / unseen.Length;
                right += (Array.IndexOf(f, f.Max()) == labels[i] ? 1.0 : 0) / unseen.Length;
            }

            foreach (int i in seen)
            {
                double[] f = Fit([.. seen.Where(j => j != i)], j => own(i, j));
                leaveOneOut += Enumerable.Range(0, 3).Sum(k => Math.Pow(f[k] - targets.Values[i, k], 2)) / n;
            }

            for (int i = 0; i < 6; i++)
            {
                int row = i;
                double[] f = Fit(seen, j => test.Kernel[row, j]);
                testError += Enumerable.Range(0, 3).Sum(k => Math.Pow(f[k] - test.Targets.Values[row, k], 2)) / 6;
            }

            Assert.Equal(error, measured.Unseen.PerSubset[s], 1e-10);
            Assert.Equal(right, measured.Accuracy!.PerSubset[s], 1e-12);
            Assert.Equal(leaveOneOut, measured.LeaveOneOut.PerSubset[s], 1e-10);
            Assert.Equal(testError, measured.Test!.PerSubset[s], 1e-10);
        }

        double[] Fit(int[] seen, Func<int, double> kernelRow)
        {
            var matrix = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(
                seen.Length, seen.Length, (i, j) => kernel[seen[i], seen[j]] + (i == j ? ridge : 0));
            var y = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(seen.Length, 3, (i, k) => targets.Values[seen[i], k]);
            var alpha = matrix.Solve(y);
            return [.. Enumerable.Range(0, 3).Select(k => seen.Select((j, i) => kernelRow(j) * alpha[i, k]).Sum())];
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
    public void Many_subsets_are_measured_in_blocks_with_the_same_result()
    {
        (double[][] points, _) = Populations.Points(12, 2, 4);
        using Targets targets = Populations.Numbers(points);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        var curve = new MeasuredCurve(kernel, targets, 0.1, Algebra);
        double[] few = curve.At(5, 600).Unseen.PerSubset.ToArray();
        double[] many = curve.At(5, 700).Unseen.PerSubset.ToArray();
        for (int s = 0; s < few.Length; s++) Assert.Equal(few[s], many[s], 1e-13);
        Assert.True(many.Distinct().Count() > 100);
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
}
