namespace InfiniteNtk.Kernels.Inputs;

/// <summary>The shape of one sample: spatial extents (none for plain features) and channels, channels last.</summary>
/// <param name="Positions">Extents of the spatial axes; empty for feature vectors.</param>
/// <param name="Channels">Number of channels, at least 1.</param>
public sealed record SampleShape(ValueList<int> Positions, int Channels)
{
    /// <summary>A feature vector of the given length.</summary>
    public static SampleShape Features(int count) => new([], count);

    /// <summary>Number of positions: the product of the extents, 1 for features.</summary>
    public int PositionCount => Positions.Aggregate(1, (product, extent) => checked(product * extent));

    /// <summary>Numbers per sample.</summary>
    public int Size => checked(PositionCount * Channels);

    /// <summary>For example "8×8 positions with 3 channels", "784 features".</summary>
    public override string ToString() => Positions.Count == 0
        ? $"{Channels} features"
        : $"{string.Join('×', Positions)} positions with {Channels} channel{(Channels == 1 ? "" : "s")}";
}
