using InfiniteNtk.Regression.Comparison;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Comparison;

public sealed class RankCorrelationTests
{
    [Fact]
    public void Equal_and_opposite_orders_give_one_and_minus_one()
    {
        Assert.Equal(1, RankCorrelation.Spearman([1, 5, 2, 9], [10, 30, 20, 31]), 1e-15);
        Assert.Equal(-1, RankCorrelation.Spearman([1, 5, 2, 9], [4, 2, 3, 1]), 1e-15);
    }

    [Fact]
    public void Ties_share_their_mean_rank()
    {
        Assert.Equal([2.5, 1, 2.5, 4], RankCorrelation.Ranks([3, 1, 3, 8]));
        // Pearson's correlation of (2.5, 1, 2.5, 4) and (1, 2, 3, 4).
        Assert.Equal(3 / Math.Sqrt(4.5 * 5), RankCorrelation.Spearman([3, 1, 3, 8], [1, 2, 3, 4]), 1e-14);
    }

    [Fact]
    public void Nothing_to_rank_is_not_a_number()
    {
        Assert.True(double.IsNaN(RankCorrelation.Spearman([], [])));
        Assert.True(double.IsNaN(RankCorrelation.Spearman([1], [1])));
        Assert.True(double.IsNaN(RankCorrelation.Spearman([2, 2, 2], [1, 2, 3])));
        Assert.Throws<ArgumentException>(() => RankCorrelation.Spearman([1, 2], [1]));
    }
}
