using Xunit;

namespace InfiniteNtk.Kernels.Tests.Inputs;

public class PartitionTests
{
    private static readonly int[] Classes = [.. Enumerable.Range(0, 100).Select(i => i < 10 ? 2 : i % 2)];

    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(7, 0.9)]
    [InlineData(100, 0.31)]
    public void A_split_has_the_size_asked_for_and_every_point_once(int count, double fraction)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var parts = Partition.Split(count, fraction, seed);
            Assert.Equal((int)Math.Round(count * fraction), parts.Train.Count);
            Assert.Equal(Enumerable.Range(0, count), parts.Train.Concat(parts.Test).Order());
            Assert.Equal(parts.Train.Order(), parts.Train);
            Assert.Equal(parts, Partition.Split(count, parts.Train.Count, seed));
        }
    }

    [Fact]
    public void Every_point_trains_about_as_often_as_every_other()
    {
        var times = new int[10];
        for (int seed = 0; seed < 2000; seed++)
        {
            foreach (int point in Partition.Split(10, 3, seed).Train) times[point]++;
        }

        Assert.All(times, n => Assert.InRange(n, 500, 700)); // 600 ± 20
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(0.37)]
    public void Classes_are_split_in_proportion(double fraction)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var parts = Partition.Split(100, fraction, seed, Classes);
            Assert.Equal((int)Math.Round(100 * fraction), parts.Train.Count);
            foreach (int c in new[] { 0, 1, 2 })
            {
                double share = fraction * Classes.Count(own => own == c);
                Assert.InRange(parts.Train.Count(i => Classes[i] == c), share - 1, share + 1);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void Folds_test_every_point_once_and_hold_classes_alike(int folds)
    {
        IReadOnlyList<Partition> parts = Partition.Folds(100, folds, seed: 5, Classes);
        Assert.Equal(folds, parts.Count);
        Assert.Equal(Enumerable.Range(0, 100), parts.SelectMany(part => part.Test).Order());
        Assert.All(parts, part =>
        {
            Assert.Equal(Enumerable.Range(0, 100), part.Train.Concat(part.Test).Order());
            Assert.InRange(part.Test.Count, 100 / folds, 100 / folds + 1);
            foreach (int c in new[] { 0, 1, 2 })
            {
                double share = Classes.Count(own => own == c) / (double)folds;
                Assert.InRange(part.Test.Count(i => Classes[i] == c), share - 1, share + 1);
            }
        });
    }

    [Fact]
    public void What_leaves_nothing_is_refused_with_its_numbers()
    {
        Assert.Contains("10 of 10 points would train and 0 test", Refusal(() => Partition.Split(10, 0.99)), StringComparison.Ordinal);
        Assert.Contains("0 of 10 points would train and 10 test", Refusal(() => Partition.Split(10, 0.01)), StringComparison.Ordinal);
        Assert.Contains("0 of 0 points", Refusal(() => Partition.Split(0, 0.5)), StringComparison.Ordinal);
        Assert.Contains("of 1 points", Refusal(() => Partition.Split(1, 0.5)), StringComparison.Ordinal);
        foreach (double fraction in new[] { 0, 1, -0.5, 1.5, double.NaN, double.PositiveInfinity })
        {
            Assert.Contains("between 0 and 1", Refusal(() => Partition.Split(10, fraction)), StringComparison.Ordinal);
        }

        foreach (int train in new[] { 0, -1, 10, 11 }) Assert.Contains($"{train} of 10", Refusal(() => Partition.Split(10, train)), StringComparison.Ordinal);
        foreach (int folds in new[] { 0, 1, 11 }) Assert.Contains($"{folds} folds of 10 points", Refusal(() => Partition.Folds(10, folds)), StringComparison.Ordinal);
        Assert.Throws<ShapeMismatchException>(() => Partition.Split(99, 0.5, 0, Classes));
    }

    private static string Refusal(Func<object> split) => Assert.Throws<InvalidArgumentException>(split).Message;
}
