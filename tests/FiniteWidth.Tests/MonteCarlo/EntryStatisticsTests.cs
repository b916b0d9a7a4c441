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

    /// <summary>Entry (0, 0) scatters by 1 about 4, entry (1, 1) not at all about 9, and the two beside them by 0.1 about 2.</summary>
    [Fact]
    public void The_largest_error_is_that_of_any_entry_in_units_of_its_diagonal()
    {
        var statistics = new EntryStatistics(2, 2);
        foreach (double sign in new[] { 1, -1, 1, -1 })
        {
            using KernelMatrix<double> matrix = KernelMatrix<double>.From(new[,] { { 4 + sign, 2 + 0.1 * sign }, { 2 + 0.1 * sign, 9 } });
            statistics.Add(matrix);
        }

        double deviation = Math.Sqrt(4 / 3.0);
        Assert.Equal(deviation / 2 / 4, statistics.LargestRelativeError(), 1e-14);
        Assert.Equal(0.1 * deviation / 2, statistics.StandardError(0, 1), 1e-14);
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
