namespace InfiniteNtk.Kernels.Programs.Axes;

/// <summary>
/// A linear map L of one axis of positions, the same for every sample: M' = L M Lᵀ on both sides of a covariance. Maps of several
/// axes act as their Kronecker product. Each kind says its weights; no executor needs to know the kinds.
/// </summary>
/// <param name="Extent">Input positions, at least 1.</param>
internal abstract record AxisMap(int Extent)
{
    /// <summary>Output positions, at least 1.</summary>
    public abstract int OutputExtent { get; }

    /// <summary>Whether the axis disappears (it then has one output position).</summary>
    public virtual bool RemovesAxis => false;

    /// <summary>The non-zero weights L(p, s) of output <paramref name="position"/>, input positions ascending, each at most once.</summary>
    public abstract IReadOnlyList<AxisWeight> Weights(int position);
}

/// <summary>One entry of a map: how much an input position contributes.</summary>
/// <param name="Source">The input position.</param>
/// <param name="Weight">Its weight.</param>
internal readonly record struct AxisWeight(int Source, double Weight);
