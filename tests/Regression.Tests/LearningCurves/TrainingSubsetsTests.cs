using Xunit;

namespace InfiniteNtk.Regression.Tests.LearningCurves;

public sealed class TrainingSubsetsTests
{
    [Fact]
    public void A_subset_has_n_different_points_in_ascending_order()
    {
        var subsets = new TrainingSubsets(50, 3);
        for (int n = 1; n <= 50; n++)
        {
            int[] drawn = subsets.Draw(n, 7);
            Assert.Equal(n, drawn.Length);
            for (int k = 1; k < n; k++) Assert.True(drawn[k] > drawn[k - 1]);
            Assert.InRange(drawn[0], 0, 49);
            Assert.InRange(drawn[^1], 0, 49);
        }
    }

    [Fact]
    public void Every_point_is_drawn_equally_often()
    {
        const int sets = 20_000;
        var subsets = new TrainingSubsets(20, 11);
        int[] counts = new int[20];
        int[] pairs = new int[20];
        for (int index = 0; index < sets; index++)
        {
            int[] drawn = subsets.Draw(6, index);
            foreach (int point in drawn) counts[point]++;
            if (drawn.Contains(0)) foreach (int point in drawn) pairs[point]++;
        }

        // Binomial with p = 0.3, and 0.3 * 5/19 for pairs with point 0: five standard deviations.
        Assert.All(counts, count => Assert.InRange(count, 0.3 * sets - 5 * Math.Sqrt(0.21 * sets), 0.3 * sets + 5 * Math.Sqrt(0.21 * sets)));
        double expected = 0.3 * 5 / 19 * sets;
        Assert.All(pairs[1..], count => Assert.InRange(count, expected - 5 * Math.Sqrt(expected), expected + 5 * Math.Sqrt(expected)));
    }

    [Fact]
    public void A_subset_depends_on_nothing_but_its_key()
    {
        int[] alone = new TrainingSubsets(100, 5).Draw(10, 42);
        var other = new TrainingSubsets(100, 5);
        _ = other.Draw(30, 1);
        Assert.Equal(alone, other.Draw(10, 42));
        Assert.NotEqual(alone, other.Draw(10, 43));
        Assert.NotEqual(alone, new TrainingSubsets(100, 6).Draw(10, 42));
        // The stream is fixed for good: results of a given seed must not change between versions.
        Assert.Equal([0, 1, 7, 8], new TrainingSubsets(12, 0).Draw(4, 0));
    }

    [Fact]
    public void Sets_of_different_sizes_are_drawn_independently()
    {
        // A set of 10 of 100 lies in an independent one of 20 with a probability of 1e-8; nested draws would always.
        var subsets = new TrainingSubsets(100, 5);
        Assert.DoesNotContain(Enumerable.Range(0, 50), index => subsets.Draw(10, index).All(subsets.Draw(20, index).Contains));
    }
}
