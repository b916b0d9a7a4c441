namespace InfiniteNtk;

/// <summary>The shape of one sample: spatial extents (none for plain features) and channels, channels last.</summary>
/// <param name="Positions">Extents of the spatial axes; empty for feature vectors.</param>
/// <param name="Channels">Number of channels, at least 1.</param>
/// <exception cref="ShapeMismatchException">There are more than 32 spatial axes, or more than 2³¹ − 1 numbers in a sample.</exception>
public sealed record SampleShape(ValueList<int> Positions, int Channels)
{
    private const int MostAxes = 32;

    /// <summary>Extents of the spatial axes; empty for feature vectors.</summary>
    public ValueList<int> Positions { get; init; } = Sized(Positions, Channels);

    /// <summary>A feature vector of the given length.</summary>
    public static SampleShape Features(int count) => new([], count);

    /// <summary>Number of positions: the product of the extents, 1 for features.</summary>
    public int PositionCount => Positions.Aggregate(1, (product, extent) => checked(product * extent));

    /// <summary>Numbers per sample.</summary>
    public int Size => checked(PositionCount * Channels);

    private static ValueList<int> Sized(ValueList<int> positions, int channels)
    {
        ArgumentNullException.ThrowIfNull(positions);
        UInt128 size = (UInt128)Math.Max(channels, 1);
        foreach (int extent in positions) size = UInt128.Min(size * (UInt128)Math.Max(extent, 1), ulong.MaxValue);
        if (positions.Count <= MostAxes && size <= int.MaxValue) return positions;
        throw new ShapeMismatchException(
            "Cannot make samples of this shape", $"{positions.Count} axes of {string.Join('×', positions)} positions with {channels} channels are given",
            $"at most {MostAxes} axes and {int.MaxValue} numbers a sample are possible", "Use smaller samples");
    }

    /// <summary>For example "8×8 positions with 3 channels", "784 features".</summary>
    public override string ToString() => Positions.Count == 0
        ? $"{Channels} features"
        : $"{string.Join('×', Positions)} positions with {Channels} channel{(Channels == 1 ? "" : "s")}";
}
