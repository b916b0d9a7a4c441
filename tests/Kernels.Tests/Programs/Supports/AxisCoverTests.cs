using InfiniteNtk.Kernels.Programs.Supports;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Programs.Supports;

/// <summary>Covers of offsets that are worked out by hand.</summary>
public sealed class AxisCoverTests
{
    /// <summary>3 and −2 are one plane on a ring of 5: two planes of 5 entries, where open ones would be all six from −2 to 3, 21 entries.</summary>
    [Theory]
    [InlineData(5, new[] { 3, -2 }, false, "-2 to 0 every 2 on a ring", 10)]
    [InlineData(5, new[] { 4, -4 }, false, "-4 to 4 every 4", 7)]
    [InlineData(5, new[] { 4, -4 }, true, "-1 to 1 on a ring", 15)]
    [InlineData(9, new[] { -6, 3 }, false, "0 to 3 every 3 on a ring", 18)]
    [InlineData(9, new[] { 12, -20 }, false, "0", 9)]
    public void The_cover_with_fewer_entries_is_taken(int extent, int[] offsets, bool ring, string words, long area)
    {
        AxisOffsets cover = AxisCover.Smallest(extent, offsets, ring);
        Assert.Equal((words, area), (cover.ToString(), cover.Area));
    }
}
