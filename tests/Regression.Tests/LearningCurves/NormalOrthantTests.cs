using InfiniteNtk.Regression.LearningCurves;
using Xunit;

namespace InfiniteNtk.Regression.Tests.LearningCurves;

public sealed class NormalOrthantTests
{
    [Fact]
    public void Independent_variables_multiply()
    {
        double[] mean = [0.3, -0.4, 1.2, 0];
        double[,] covariance = Diagonal(1, 4, 0.25, 9);
        double expected = Cdf(0.3) * Cdf(-0.2) * Cdf(2.4) * 0.5;
        Assert.Equal(expected, NormalOrthant.Probability(mean, covariance), 1e-12);
    }

    [Theory]
    [InlineData(-0.9)]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Two_centred_variables_follow_the_arcsine_law(double correlation)
    {
        double expected = 0.25 + Math.Asin(correlation) / (2 * Math.PI);
        Assert.Equal(expected, NormalOrthant.Probability([0, 0], new[,] { { 1, correlation }, { correlation, 1 } }), 1e-3);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    public void Equal_outputs_win_equally_often(int others)
    {
        // f_c - f_k of independent equal outputs: variance 2, covariance 1.
        double[,] covariance = new double[others, others];
        for (int a = 0; a < others; a++)
        {
            for (int b = 0; b < others; b++) covariance[a, b] = a == b ? 2 : 1;
        }

        Assert.Equal(1.0 / (others + 1), NormalOrthant.Probability(new double[others], covariance), 2e-3);
    }

    [Theory]
    [InlineData(3, 0.2, 0.5)]
    [InlineData(9, 0.2, 1.2)]
    [InlineData(9, 0.01, 0.8)]
    public void Sampling_agrees(int others, double own, double lead)
    {
        // A few strong common factors and a little noise of each: conditional probabilities of exactly 0 and 1 occur.
        var random = new Random(others);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[][] common = [.. Enumerable.Range(0, others).Select(_ => new[] { Normal(), Normal(), Normal() })];
        double[] mean = [.. Enumerable.Range(0, others).Select(_ => lead + 0.3 * Normal())];
        double[,] covariance = new double[others, others];
        for (int a = 0; a < others; a++)
        {
            for (int b = 0; b < others; b++) covariance[a, b] = common[a].Zip(common[b], (x, y) => x * y).Sum() + (a == b ? own * own : 0);
        }

        const int draws = 200_000;
        int hits = 0;
        for (int s = 0; s < draws; s++)
        {
            double x = Normal(), y = Normal(), z = Normal();
            bool all = true;
            for (int a = 0; a < others && all; a++) all = mean[a] + common[a][0] * x + common[a][1] * y + common[a][2] * z + own * Normal() > 0;
            if (all) hits++;
        }

        Assert.Equal((double)hits / draws, NormalOrthant.Probability(mean, covariance), 1e-2);
    }

    [Fact]
    public void Variables_that_do_not_vary_decide_by_sign()
    {
        double[,] none = new double[2, 2];
        Assert.Equal(1, NormalOrthant.Probability([1, 2], none));
        Assert.Equal(0, NormalOrthant.Probability([1, -2], none));
        Assert.Equal(0.5, NormalOrthant.Probability([1, 0], none));
        Assert.Equal(1.0 / 3, NormalOrthant.Probability([0, 0], none), 1e-15);
        Assert.Equal(0, NormalOrthant.Probability([-1, 1], Diagonal(0, 1)), 1e-15);
        Assert.Equal(1, NormalOrthant.Above(0.1, 0));
        Assert.Equal(0.5, NormalOrthant.Above(0, 0));
    }

    private static double[,] Diagonal(params double[] values)
    {
        double[,] matrix = new double[values.Length, values.Length];
        for (int i = 0; i < values.Length; i++) matrix[i, i] = values[i];
        return matrix;
    }

    private static double Cdf(double x) => 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(-x / Math.Sqrt(2));
}
