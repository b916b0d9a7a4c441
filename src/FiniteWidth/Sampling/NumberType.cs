namespace InfiniteNtk;

/// <summary>The numbers that networks on the processor compute with.</summary>
public enum NumberType
{
    /// <summary>Double precision.</summary>
    Float64,

    /// <summary>
    /// Single precision, about twice as fast: the same networks, their weights rounded. Kernels differ from those in double precision by
    /// some 1e-6 of their diagonal (docs/numerics.md), far below the scatter of any affordable number of draws.
    /// </summary>
    Float32,
}
