namespace InfiniteNtk.Compositional.Recursion;

/// <summary>The linear maps of a covariance that layers make, each with its own letter.</summary>
internal enum PositionMap
{
    /// <summary>The mean over the taps of a filter.</summary>
    Taps,

    /// <summary>The adjoint of the mean over taps.</summary>
    TransposedTaps,

    /// <summary>The mean over pooling windows.</summary>
    AveragePool,

    /// <summary>The sum over pooling windows.</summary>
    SumPool,

    /// <summary>The mean over all pairs of positions.</summary>
    GlobalAverage,

    /// <summary>The sum over all pairs of positions.</summary>
    GlobalSum,

    /// <summary>Image resizing.</summary>
    Resize,

    /// <summary>A choice of positions.</summary>
    Index,
}
