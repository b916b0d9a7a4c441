using InfiniteNtk.Cli.Charts;
using Xunit;

namespace InfiniteNtk.Cli.Tests.Charts;

public sealed class TicksTests
{
    [Theory]
    [InlineData(0.032, 1.1, "0.1 0.3 1", 3)]
    [InlineData(0.032, 1.1, "0.05 0.1 0.2 0.5 1", 4)]
    [InlineData(0.04, 0.21, "0.05 0.07 0.1 0.15 0.2", 4)]
    [InlineData(0.5, 1.05, "0.5 0.7 1", 3)]
    [InlineData(0.94, 1.02, "0.94 0.96 0.98 1 1.02", 3)]
    [InlineData(45, 1100, "50 100 200 500 1000", 4)]
    [InlineData(1e-7, 1e3, "1e-7 1e-5 0.001 0.1 10 1000", 3)]
    [InlineData(2e5, 3e7, "3e5 1e6 3e6 1e7 3e7", 3)]
    public void Ticks_are_round_and_few(double min, double max, string expected, int least) =>
        Assert.Equal(expected, string.Join(' ', Ticks.For(min, max, least).Select(Ticks.Label)));

    [Fact]
    public void Ticks_lie_inside_the_range_in_ascending_order_whatever_the_range()
    {
        var random = new Random(7);
        for (int i = 0; i < 2000; i++)
        {
            double min = Math.Pow(10, random.NextDouble() * 20 - 10), max = min * (1.02 + Math.Pow(10, random.NextDouble() * 9 - 1));
            IReadOnlyList<double> ticks = Ticks.For(min, max);
            Assert.InRange(ticks.Count, 3, 12);
            Assert.All(ticks, tick => Assert.InRange(tick, min * (1 - 1e-12), max * (1 + 1e-12)));
            Assert.Equal(ticks.Order(), ticks);
        }
    }
}
