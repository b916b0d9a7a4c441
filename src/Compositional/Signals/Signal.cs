
namespace InfiniteNtk.Compositional.Signals;

/// <summary>What flows between two layers.</summary>
/// <param name="Positions">Extents of the spatial axes; empty for features.</param>
/// <param name="Channels">Number of channels where it is known, else null (infinitely many, width not stated).</param>
/// <param name="Kind">The law of its channels.</param>
/// <param name="IsFresh">
/// Whether every path from the innermost fork to here passes parameters, so that this signal is independent of its siblings
/// given the signal at the fork.
/// </param>
internal sealed record Signal(ValueList<int> Positions, long? Channels, SignalKind Kind, bool IsFresh)
{
    /// <summary>Number of positions, 1 for features.</summary>
    public long PositionCount => Positions.Aggregate(1L, (product, extent) => checked(product * extent));

    /// <summary>For example "8×8 positions", "features", "784 features".</summary>
    public string Shape => (Positions.Count, Channels) switch
    {
        (0, null) => "features",
        (0, 1) => "1 feature",
        (0, long channels) => $"{channels} features",
        (_, null) => $"{string.Join('×', Positions)} positions",
        (_, long channels) => $"{string.Join('×', Positions)} positions × {channels} channel{(channels == 1 ? "" : "s")}",
    };
}
