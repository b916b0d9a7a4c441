namespace InfiniteNtk.Kernels.Programs.Axes;

/// <summary>All positions of an axis to one, which disappears: L(0, s) = 1/n for an average, 1 for a sum.</summary>
/// <param name="Extent">Input positions n.</param>
/// <param name="Average">Whether the sum is divided by n.</param>
internal sealed record GlobalPoolAxis(int Extent, bool Average) : AxisMap(Extent)
{
    /// <inheritdoc/>
    public override int OutputExtent => 1;

    /// <inheritdoc/>
    public override bool RemovesAxis => true;

    /// <inheritdoc/>
    public override IReadOnlyList<AxisWeight> Weights(int position)
    {
        double weight = Average ? 1.0 / Extent : 1;
        return [.. Enumerable.Range(0, Extent).Select(source => new AxisWeight(source, weight))];
    }
}
