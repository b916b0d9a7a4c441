namespace InfiniteNtk.Kernels.Programs.Axes;

/// <summary>
/// Pooling: L(p, s) = (number of taps j with r(p, j) = s) / d(p), with d = 1 for a sum, the window size for an average, or the
/// number of taps that hit a position where edges are normalised.
/// </summary>
/// <param name="Window">The geometry; not transposed.</param>
/// <param name="Divisor">What d is.</param>
internal sealed record PoolAxis(AxisWindow Window, PoolDivisor Divisor) : AxisMap(Window.Extent)
{
    /// <inheritdoc/>
    public override int OutputExtent => Window.OutputExtent;

    /// <inheritdoc/>
    public override IReadOnlyList<AxisWeight> Weights(int position)
    {
        int[] hit = [.. Enumerable.Range(0, Window.Filter).Select(tap => Window.Source(position, tap)).Where(source => source >= 0)];
        double divisor = Divisor switch
        {
            PoolDivisor.One => 1,
            PoolDivisor.WindowSize => Window.Filter,
            _ => hit.Length,
        };
        return [.. hit.GroupBy(source => source).OrderBy(taps => taps.Key).Select(taps => new AxisWeight(taps.Key, taps.Count() / divisor))];
    }
}
