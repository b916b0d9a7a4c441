namespace InfiniteNtk.Kernels.Programs.Axes;

/// <summary>Some positions of an axis: L(p, s) = [s = start + p·step].</summary>
/// <param name="Extent">Input positions.</param>
/// <param name="Start">The position that output 0 takes.</param>
/// <param name="Step">From one taken position to the next; negative counts backwards, never 0.</param>
/// <param name="Count">Output positions.</param>
/// <param name="Removed">Whether the axis disappears (Count is then 1).</param>
internal sealed record SliceAxis(int Extent, int Start, int Step, int Count, bool Removed = false) : AxisMap(Extent)
{
    /// <inheritdoc/>
    public override int OutputExtent => Count;

    /// <inheritdoc/>
    public override bool RemovesAxis => Removed;

    /// <summary>The identity of an axis of <paramref name="extent"/> positions.</summary>
    public static SliceAxis Whole(int extent) => new(extent, 0, 1, extent);

    /// <inheritdoc/>
    public override IReadOnlyList<AxisWeight> Weights(int position) => [new(Start + position * Step, 1)];
}
