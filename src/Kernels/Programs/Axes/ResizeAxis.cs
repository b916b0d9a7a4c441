namespace InfiniteNtk.Kernels.Programs.Axes;

/// <summary>
/// Image resizing of one axis from m to n positions. With z(p) = (p + 1/2)·m/n − 1/2 the centre of output p:
/// linear: L(p, s) ∝ max(0, 1 − |z − s|/κ), κ = max(m/n, 1) with antialiasing, else 1, normalised over s to sum 1, all 0 where z lies
/// outside [−1/2, m − 1/2]; nearest: s = ⌊(2p + 1)m/(2n)⌋. An axis of unchanged extent is left as it is.
/// </summary>
/// <param name="Extent">Input positions m.</param>
/// <param name="Resized">Output positions n.</param>
/// <param name="Method">How values in between are made.</param>
/// <param name="Antialias">Whether the linear filter widens when the image shrinks.</param>
internal sealed record ResizeAxis(int Extent, int Resized, ResizeMethod Method, bool Antialias) : AxisMap(Extent)
{
    /// <inheritdoc/>
    public override int OutputExtent => Resized;

    /// <inheritdoc/>
    public override IReadOnlyList<AxisWeight> Weights(int position)
    {
        if (Extent == Resized) return [new(position, 1)];
        if (Method == ResizeMethod.Nearest) return [new((int)((2L * position + 1) * Extent / (2L * Resized)), 1)];
        double scale = (double)Extent / Resized, width = Antialias ? Math.Max(scale, 1) : 1;
        double centre = (position + 0.5) * scale - 0.5;
        if (centre < -0.5 || centre > Extent - 0.5) return [];
        AxisWeight[] weights =
        [
            .. Enumerable.Range(0, Extent).Select(source => new AxisWeight(source, 1 - Math.Abs(centre - source) / width))
                .Where(weight => weight.Weight > 0),
        ];
        double total = weights.Sum(weight => weight.Weight);
        return [.. weights.Select(weight => weight with { Weight = weight.Weight / total })];
    }
}
