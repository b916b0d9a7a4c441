using InfiniteNtk.Regression.LearningCurves;
using Xunit;

namespace InfiniteNtk.Regression.Tests.LearningCurves;

/// <summary>Populations with exact copies: against every training set there is, and against training sets drawn and solved here.</summary>
public sealed class CopiesTests
{
    private static readonly ILinearAlgebra Algebra = LinearAlgebraBackends.Default;

    [Theory]
    [InlineData(0.3)]
    [InlineData(1e-3)]
    [InlineData(50)]
    public void Groups_that_know_nothing_of_each_other_are_exact(double ridge)
    {
        // Copies by 3, 2, 4 and 1, in mixed order, with targets that differ among copies, and two outputs.
        int[] groups = [0, 1, 2, 0, 2, 3, 1, 2, 0, 2];
        double[] scale = [1, 2.5, 0.4, 1.3];
        const int count = 10;
        using KernelMatrix<double> kernel = Populations.Constant(count, 0), testKernel = new(4, count);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++) kernel[i, j] = groups[i] == groups[j] ? scale[groups[i]] : 0;
            for (int t = 0; t < 4; t++) testKernel[t, i] = groups[i] == t ? 0.7 * scale[t] : 0;
        }

        var random = new Random(2);
        using Targets targets = Targets.FromValues(Values(count, random)), testTargets = Targets.FromValues(Values(4, random));
        using var curve = new PointResolvedCurve(kernel, targets, ridge, Algebra);
        Assert.Equal(9, curve.Copied);
        for (int n = 1; n < count; n++)
        {
            PointResolvedPrediction predicted = curve.At(n, new TestSet(testKernel, testTargets));
            (double[] unseen, double[] test) = Average(kernel, targets, testKernel, testTargets, ridge, Subsets(count, n));
            for (int i = 0; i < count; i++) Assert.Equal(1, predicted.Unseen.At(i) / unseen[i], 1e-9);
            for (int t = 0; t < 4; t++) Assert.Equal(1, predicted.Test!.At(t) / test[t], 1e-9);
        }
    }

    [Fact]
    public void A_population_of_one_point_alone_is_exact()
    {
        using KernelMatrix<double> kernel = Populations.Constant(8, 1);
        using Targets targets = Targets.FromNumbers([1, 5, 2, 0, 3, 3, 9, 4]);
        using var curve = new PointResolvedCurve(kernel, targets, 0.2, Algebra);
        for (int n = 1; n < 8; n++)
        {
            PointResolvedErrors predicted = curve.At(n).Unseen;
            double[] unseen = Average(kernel, targets, null, null, 0.2, Subsets(8, n)).Unseen;
            for (int i = 0; i < 8; i++) Assert.Equal(1, predicted.At(i) / unseen[i], 1e-10);
        }
    }

    [Theory]
    [InlineData(1e-8, false, 1)]
    [InlineData(1e-8, true, 1)]
    [InlineData(1e-2, true, 3)]
    [InlineData(1e-6, false, 19)]
    public void Copies_in_real_training_sets_are_predicted(double ridge, bool differing, int copies)
    {
        (KernelMatrix<double> kernel, Targets targets) = Population(60, 20, copies, differing, 0);
        using (kernel)
        using (targets)
        {
            using var curve = new PointResolvedCurve(kernel, targets, ridge, Algebra);
            Assert.Equal(20 + (20 + copies - 1) / copies, curve.Copied);
            foreach (int n in new[] { 12, 30, 55 })
            {
                (double mean, double error) = Drawn(kernel, targets, ridge, n, 1500);
                double predicted = curve.At(n).Unseen.Mean;
                Assert.True(Math.Abs(predicted / mean - 1) < 0.06 + 3 * error / mean, $"n = {n}: {predicted} predicted, {mean} +- {error} drawn");
            }
        }
    }

    [Fact]
    public void Classes_of_copies_are_right_as_often_as_they_are()
    {
        (double[][] points, int[] labels) = Points(60, 3);
        double[][] all = [.. points, .. points[..20]];
        int[] classes = [.. labels, .. labels[..20].Select((label, i) => i % 4 == 0 ? (label + 1) % 3 : label)];
        using KernelMatrix<double> kernel = Wide(all);
        using Targets targets = Populations.Classes(classes, 3);
        using var curve = new PointResolvedCurve(kernel, targets, 1e-6, Algebra);
        foreach (int n in new[] { 12, 30, 55 })
        {
            Measurement measured = new MeasuredCurve(kernel, targets, 1e-6, Algebra).At(n, 600).Accuracy!;
            Assert.Equal(measured.Mean, curve.At(n).Unseen.Accuracy!.Value, 0.02);
        }
    }

    [Fact]
    public void Only_copies_are_copies()
    {
        (double[][] points, _) = Points(30, 2);
        double[][] near = [.. points, .. points[..3].Select(point => point.Select(x => x + 1e-4).ToArray())];
        using KernelMatrix<double> kernel = Wide(near), indefinite = Populations.Constant(33, 2);
        for (int i = 0; i < 33; i++) indefinite[i, i] = 1;
        Assert.Equal(0, CopyGroups.Find(kernel).Copied);
        Assert.Equal(0, CopyGroups.Find(indefinite).Copied);
        Assert.Equal(33, CopyGroups.Find(Populations.Constant(33, 0)).Copied);
    }

    /// <summary>Distinct points, and <paramref name="more"/> copies of the first of them, each copied that many times.</summary>
    private static (KernelMatrix<double> Kernel, Targets Targets) Population(int distinct, int more, int copies, bool differing, double offset)
    {
        (double[][] points, _) = Points(distinct, 2);
        double[][] all = [.. points, .. Enumerable.Range(0, more).Select(i => points[i / copies].Select(x => x + offset).ToArray())];
        double[] y = [.. all.Select((point, i) => Math.Sin(point[0]) + 0.5 * point[1] * point[2] + (differing && i >= distinct ? 0.4 * Math.Sin(7 * i) : 0))];
        return (Wide(all), Targets.FromNumbers(y));
    }

    private static (double[][] Points, int[] Labels) Points(int count, int classes)
    {
        var random = new Random(11);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[][] points = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 9).Select(_ => Normal()).ToArray())];
        return (points, [.. points.Select(point => (int)((Math.Atan2(point[0], point[1]) / (2 * Math.PI) + 0.5) * classes) % classes)]);
    }

    /// <summary>exp(-|x - x'|^2/18) in nine dimensions; the same points have the same bits.</summary>
    private static KernelMatrix<double> Wide(double[][] points)
    {
        var kernel = new KernelMatrix<double>(points.Length, points.Length);
        for (int i = 0; i < points.Length; i++)
        {
            for (int j = 0; j < points.Length; j++) kernel[i, j] = Math.Exp(-points[i].Zip(points[j], (a, b) => (a - b) * (a - b)).Sum() / 18);
        }

        return kernel;
    }

    private static KernelMatrix<double> Values(int count, Random random)
    {
        var values = new KernelMatrix<double>(count, 2);
        for (int i = 0; i < count; i++) foreach (ref double value in values.View.Row(i)) value = random.NextDouble() * 2 - 0.8;
        return values;
    }

    /// <summary>Mean and standard error of the error on all points outside, over training sets drawn here and solved by MathNet.</summary>
    private static (double Mean, double Error) Drawn(KernelMatrix<double> kernel, Targets targets, double ridge, int n, int sets)
    {
        var random = new Random(77);
        int count = (int)kernel.Rows;
        double sum = 0, squares = 0;
        for (int s = 0; s < sets; s++)
        {
            int[] order = [.. Enumerable.Range(0, count)];
            random.Shuffle(order);
            double[] residuals = Residuals(kernel, targets, ridge, order[..n], kernel, targets, order[n..]);
            double error = residuals.Average();
            sum += error;
            squares += error * error;
        }

        double mean = sum / sets;
        return (mean, Math.Sqrt((squares / sets - mean * mean) / sets));
    }

    private static (double[] Unseen, double[] Test) Average(
        KernelMatrix<double> kernel, Targets targets, KernelMatrix<double>? testKernel, Targets? testTargets, double ridge, IEnumerable<int[]> subsets)
    {
        int count = (int)kernel.Rows, sets = 0;
        double[] unseen = new double[count], times = new double[count], test = new double[testKernel?.Rows ?? 0];
        foreach (int[] seen in subsets)
        {
            int[] others = [.. Enumerable.Range(0, count).Except(seen)];
            double[] residuals = Residuals(kernel, targets, ridge, seen, kernel, targets, others);
            for (int k = 0; k < others.Length; k++)
            {
                unseen[others[k]] += residuals[k];
                times[others[k]]++;
            }

            if (testKernel is not null)
            {
                double[] onTest = Residuals(kernel, targets, ridge, seen, testKernel, testTargets!, [.. Enumerable.Range(0, test.Length)]);
                for (int t = 0; t < test.Length; t++) test[t] += onTest[t];
            }

            sets++;
        }

        return ([.. unseen.Zip(times, (sum, number) => sum / number)], [.. test.Select(sum => sum / sets)]);
    }

    /// <summary>|f - y|^2 of the rows asked for, f fitted on the points seen.</summary>
    private static double[] Residuals(
        KernelMatrix<double> kernel, Targets targets, double ridge, int[] seen, KernelMatrix<double> cross, Targets crossTargets, int[] rows)
    {
        var build = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build;
        var matrix = build.Dense(seen.Length, seen.Length, (i, j) => kernel[seen[i], seen[j]] + (i == j ? ridge : 0));
        var y = build.Dense(seen.Length, (int)targets.Values.Columns, (i, k) => targets.Values[seen[i], k]);
        var predicted = build.Dense(rows.Length, seen.Length, (i, j) => cross[rows[i], seen[j]]) * matrix.Cholesky().Solve(y);
        return [.. rows.Select((row, i) => Enumerable.Range(0, y.ColumnCount).Sum(k => Math.Pow(predicted[i, k] - crossTargets.Values[row, k], 2)))];
    }

    private static IEnumerable<int[]> Subsets(int count, int n)
    {
        for (int mask = 0; mask < 1 << count; mask++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)mask) == n) yield return [.. Enumerable.Range(0, count).Where(i => (mask >> i & 1) == 1)];
        }
    }
}
