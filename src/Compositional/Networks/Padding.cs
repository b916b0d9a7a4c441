namespace InfiniteNtk;

/// <summary>
/// What a filter or pooling window meets at the edges of an axis with n positions, k taps and stride t. Tap j of output p reads
/// position p·t + j − lo.
/// </summary>
public enum Padding
{
    /// <summary>⌈n/t⌉ outputs, zeros outside: P = max((o − 1)t + k − n, 0) positions are added, lo = ⌊P/2⌋ of them in front.</summary>
    Same,

    /// <summary>⌊(n − k)/t⌋ + 1 outputs, only whole windows: lo = 0.</summary>
    Valid,

    /// <summary>As <see cref="Same"/>, but the axis is a ring: positions count modulo n.</summary>
    Circular,
}
