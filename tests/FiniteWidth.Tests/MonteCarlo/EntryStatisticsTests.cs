using InfiniteNtk.FiniteWidth.MonteCarlo;
using InfiniteNtk.Kernels.Matrices;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.MonteCarlo;

public sealed class EntryStatisticsTests
{
    [Fact]
    public void Streaming_gives_the_mean_and_variance_of_all_draws()
    {
        var random = new Random(2);
        double[] draws = [.. Enumerable.Range(0, 101).Select(_ => 1e6 + random.NextDouble())];
        var statistics = new EntryStatistics(1, 1);
        foreach (double draw in draws)
        {
            using KernelMatrix<double> matrix = KernelMatrix<double>.From(new[,] { { draw } });
            statistics.Add(matrix);
        }

        double mean = draws.Average();
        double variance = draws.Sum(draw => (draw - mean) * (draw - mean)) / 100;
        Assert.Equal(101, statistics.Draws);
        Assert.Equal(mean, statistics.Mean(0, 0), 1e-8);
        Assert.Equal(variance, statistics.Variance(0, 0), 1e-9);
        Assert.Equal(Math.Sqrt(variance / 101), statistics.StandardError(0, 0), 1e-9);
    }

    [Fact]
    public void One_draw_has_no_error()
    {
        var statistics = new EntryStatistics(1, 1);
        using KernelMatrix<double> matrix = KernelMatrix<double>.From(new[,] { { 2.0 } });
        statistics.Add(matrix);
        Assert.Equal(double.NaN, statistics.StandardError(0, 0));
        Assert.Equal(double.NaN, statistics.LargestRelativeError());
    }
}
