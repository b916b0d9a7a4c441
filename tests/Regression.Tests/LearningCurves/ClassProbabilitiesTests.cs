using InfiniteNtk.Regression.LearningCurves;
using InfiniteNtk.Regression.LinearAlgebra;
using Xunit;

namespace InfiniteNtk.Regression.Tests.LearningCurves;

public sealed class ClassProbabilitiesTests
{
    /// <summary>Rows of a triangle are outputs: variances 2, 1, 3 and covariances that all differ in size and sign.</summary>
    private static readonly double[,] Covariance = { { 2, 0.7, -0.5 }, { 0.7, 1, 0.3 }, { -0.5, 0.3, 3 } };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Three_classes_without_a_favourite_win_as_their_covariances_say(int own)
    {
        int k = own == 0 ? 1 : 0, l = own == 2 ? 1 : 2;
        double Difference(int a, int b) => Covariance[own, own] - Covariance[own, a] - Covariance[own, b] + Covariance[a, b];
        // Both differences positive: a quadrant of a plane whose axes meet at the angle of their correlation.
        double expected = 0.25 + Math.Asin(Difference(k, l) / Math.Sqrt(Difference(k, k) * Difference(l, l))) / (2 * Math.PI);
        Assert.Equal(expected, Probability(own, [0.1, 0.1, 0.1]), 2e-3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Drawn_outputs_are_right_as_often(int own)
    {
        double[] mean = [0.3, -0.2, 0.5];
        var random = new Random(5);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var factor = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(Covariance).Cholesky().Factor;
        const int draws = 200_000;
        int right = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            double[] z = [Normal(), Normal(), Normal()];
            double[] f = [.. mean.Select((m, i) => m + z.Select((value, j) => factor[i, j] * value).Sum())];
            if (Array.IndexOf(f, f.Max()) == own) right++;
        }

        Assert.Equal((double)right / draws, Probability(own, mean), 6e-3);
    }

    [Fact]
    public void Two_classes_in_one_column_win_by_the_sign()
    {
        using Targets targets = Populations.Classes([0, 1], 2);
        double[] probabilities = ClassProbabilities.Of(targets, [-0.5, -0.5], new PointMoments([0.25, 0.25], []), new Workers(1));
        Assert.Equal(0.8413447460685429, probabilities[0], 1e-12);
        Assert.Equal(0.15865525393145707, probabilities[1], 1e-12);
    }

    private static double Probability(int own, double[] mean)
    {
        // A second point before it: triangles follow one another.
        using Targets targets = Populations.Classes([0, own], 3);
        double[] triangle = [.. Enumerable.Range(0, 3).SelectMany(k => Enumerable.Range(k, 3 - k).Select(l => Covariance[k, l]))];
        var moments = new PointMoments([6, 6], [1, 0, 0, 1, 0, 1, .. triangle]);
        return ClassProbabilities.Of(targets, [1, 0, 0, .. mean], moments, new Workers(1))[1];
    }
}
