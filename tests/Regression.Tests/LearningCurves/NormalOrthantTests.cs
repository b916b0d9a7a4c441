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

    [Fact]
    public void Sampling_agrees()
    {
        double[,] factor = { { 1, 0, 0 }, { 0.6, 0.7, 0 }, { -0.3, 0.5, 0.4 } };
        double[] mean = [0.5, 0.2, 0.1];
        double[,] covariance = new double[3, 3];
        for (int a = 0; a < 3; a++)
        {
            for (int b = 0; b < 3; b++) covariance[a, b] = Enumerable.Range(0, 3).Sum(j => factor[a, j] * factor[b, j]);
        }

        var random = new Random(4);
        const int draws = 400_000;
        int hits = 0;
        for (int s = 0; s < draws; s++)
        {
            double[] z = [.. Enumerable.Range(0, 3).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
            if (Enumerable.Range(0, 3).All(a => mean[a] + Enumerable.Range(0, 3).Sum(j => factor[a, j] * z[j]) > 0)) hits++;
        }

        Assert.Equal((double)hits / draws, NormalOrthant.Probability(mean, covariance), 4e-3);
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
