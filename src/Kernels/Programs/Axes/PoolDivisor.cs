namespace InfiniteNtk;

/// <summary>What a pooling window's sum is divided by.</summary>
public enum PoolDivisor
{
    /// <summary>Nothing: a sum.</summary>
    One,

    /// <summary>The window size, also where it reaches over an edge.</summary>
    WindowSize,

    /// <summary>The number of taps that hit a position.</summary>
    TapsInside,
}
