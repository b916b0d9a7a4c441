using InfiniteNtk.Compositional.Geometry;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Kernels.Programs.Axes;
using Xunit;

namespace InfiniteNtk.Compositional.Tests.Geometry;

public sealed class LayerGeometryTests
{
    [Theory]
    [InlineData(Padding.Same, 7, 3, 1, 7, 1)]
    [InlineData(Padding.Same, 7, 2, 1, 7, 0)] // the odd position is added at the end
    [InlineData(Padding.Same, 8, 3, 2, 4, 0)]
    [InlineData(Padding.Same, 7, 3, 2, 4, 1)]
    [InlineData(Padding.Same, 9, 4, 3, 3, 0)]
    [InlineData(Padding.Same, 3, 9, 1, 3, 4)]
    [InlineData(Padding.Same, 9, 1, 5, 2, 0)]
    [InlineData(Padding.Valid, 7, 3, 1, 5, 0)]
    [InlineData(Padding.Valid, 8, 3, 2, 3, 0)]
    [InlineData(Padding.Valid, 3, 3, 7, 1, 0)]
    [InlineData(Padding.Circular, 9, 5, 2, 5, 2)]
    [InlineData(Padding.Circular, 2, 7, 1, 2, 3)]
    public void Padding_becomes_numbers(Padding padding, int positions, int taps, int stride, int outputs, int low)
    {
        AxisWindow window = LayerGeometry.Windows(new Conv([taps], [stride], padding), [positions], "")[0];
        Assert.Equal(new AxisWindow(positions, outputs, taps, stride, low, padding == Padding.Circular), window);
    }

    /// <summary>Input o of the transposed filter writes to p by tap j exactly where the filter itself, on the larger grid, reads p by tap j at o.</summary>
    [Theory]
    [InlineData(Padding.Same)]
    [InlineData(Padding.Valid)]
    [InlineData(Padding.Circular)]
    public void A_transposed_filter_is_the_adjoint_of_the_filter(Padding padding)
    {
        foreach ((int positions, int taps, int stride) in from n in Enumerable.Range(1, 5) from k in Enumerable.Range(1, 7) from t in Enumerable.Range(1, 4) select (n, k, t))
        {
            AxisWindow transposed = LayerGeometry.Windows(new ConvTranspose([taps], [stride], padding), [positions], "")[0];
            if (padding == Padding.Valid && taps > transposed.OutputExtent) continue;
            AxisWindow forward = LayerGeometry.Windows(new Conv([taps], [stride], padding), [transposed.OutputExtent], "")[0];
            Assert.Equal(positions, forward.OutputExtent);
            for (int tap = 0; tap < taps; tap++)
            {
                (int, int)[] writes = [.. from p in Enumerable.Range(0, transposed.OutputExtent) let o = transposed.Source(p, tap) where o >= 0 select (o, p)];
                (int, int)[] reads = [.. from o in Enumerable.Range(0, positions) let p = forward.Source(o, tap) where p >= 0 select (o, p)];
                Assert.Equal(reads.Order(), writes.Order());
            }
        }
    }

    [Theory]
    [InlineData("1:", new[] { 1, 2, 3, 4, 5 })]
    [InlineData(":", new[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData("::-1", new[] { 5, 4, 3, 2, 1, 0 })]
    [InlineData("::-4", new[] { 5, 1 })]
    [InlineData("-2:", new[] { 4, 5 })]
    [InlineData(":-2", new[] { 0, 1, 2, 3 })]
    [InlineData("4:1:-2", new[] { 4, 2 })]
    [InlineData(":1:-1", new[] { 5, 4, 3, 2 })]
    [InlineData("2::-1", new[] { 2, 1, 0 })]
    [InlineData("-100:100:5", new[] { 0, 5 })]
    [InlineData("100:-100:-5", new[] { 5, 0 })]
    [InlineData("1:6:4", new[] { 1, 5 })]
    [InlineData("1:5:4", new[] { 1 })]
    [InlineData("::2147483647", new[] { 0 })]
    [InlineData("::-2147483648", new[] { 5 })]
    [InlineData("-6", new[] { 0 })]
    [InlineData("5", new[] { 5 })]
    public void Slices_take_what_python_takes(string slice, int[] taken)
    {
        AxisMap map = LayerGeometry.Maps(new Compositional.Networks.Index([PositionSlice.Parse(slice)]), [6], "")[0];
        Assert.Equal(taken, Enumerable.Range(0, map.OutputExtent).Select(position => map.Weights(position).Single().Source));
        Assert.Equal(!slice.Contains(':', StringComparison.Ordinal), map.RemovesAxis);
    }

    [Fact]
    public void Slices_compare_by_what_they_say_and_read_back()
    {
        Assert.Equal(PositionSlice.Parse("1:"), PositionSlice.Parse(" 1 : : 1 "));
        Assert.NotEqual(PositionSlice.Parse("1"), PositionSlice.Parse("1:"));
        Assert.All(new[] { "1", "-1", ":", "1:", ":2", "1:2", "::2", "1::-2", ":2:3", "1:2:3" }, text => Assert.Equal(text, PositionSlice.Parse(text).ToString()));
    }

    [Fact]
    public void Normalisation_averages_over_the_positions_among_its_axes()
    {
        Assert.Equal([0, 1], LayerGeometry.MeanAxes(new LayerNorm([1, 0, -1]), [4, 5], ""));
        Assert.Equal([1], LayerGeometry.MeanAxes(new LayerNorm([2, 1]), [4, 5], ""));
        Assert.Empty(LayerGeometry.MeanAxes(new LayerNorm(), [4, 5], ""));
        Assert.Empty(LayerGeometry.MeanAxes(new LayerNorm([0]), [], ""));
    }
}
