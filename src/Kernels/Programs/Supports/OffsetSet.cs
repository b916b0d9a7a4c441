namespace InfiniteNtk.Kernels.Programs.Supports;

/// <summary>
/// Offsets Δ = s' − s that are kept of a covariance between positions: one set an axis, every combination of them. A plane is one
/// combination. Without axes there is a single position and the one plane that holds it.
/// </summary>
/// <param name="Axes">The kept offsets of each axis.</param>
internal sealed record OffsetSet(ValueList<AxisOffsets> Axes)
{
    /// <summary>The number of planes.</summary>
    public int Count => Axes.Aggregate(1, (count, axis) => checked(count * axis.Count));

    /// <summary>The number of entries of all planes: what computing one pair of samples costs in units of entries.</summary>
    public long Area => Axes.Aggregate(1L, (area, axis) => checked(area * axis.Area));

    /// <summary>Whether every entry of the covariance is kept.</summary>
    public bool IsFull => Axes.All(axis => axis.IsFull);

    /// <summary>Whether only Δ = 0 is kept.</summary>
    public bool IsDiagonal => Axes.All(axis => axis is { Count: 1, First: 0 });

    /// <summary>Whether the entries [s, s + Δ] are kept.</summary>
    /// <param name="offset">Δ, a number for each axis.</param>
    public bool Contains(ReadOnlySpan<int> offset)
    {
        for (int axis = 0; axis < Axes.Count; axis++)
        {
            if (Axes[axis].PlaneOf(offset[axis]) < 0) return false;
        }

        return true;
    }

    /// <summary>Whether everything that <paramref name="other"/> keeps of the same positions is kept.</summary>
    public bool Contains(OffsetSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Axes.Zip(other.Axes).All(axis => axis.First.Contains(axis.Second));
    }

    /// <summary>What both keep and perhaps more: the union on each axis.</summary>
    public OffsetSet Union(OffsetSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Axes.Zip(other.Axes, (one, two) => one.Union(two)).ToValueList());
    }

    /// <summary>All offsets of the given positions.</summary>
    public static OffsetSet Full(ValueList<int> shape) => new(shape.Select(AxisOffsets.Full).ToValueList());

    /// <summary>Δ = 0 of the given positions.</summary>
    public static OffsetSet Diagonal(ValueList<int> shape) => new(shape.Select(AxisOffsets.Zero).ToValueList());

    /// <summary>The axes in words, for example "-1 to 1 by -1 to 1"; "0" for a single position.</summary>
    public override string ToString() => Axes.Count == 0 ? "0" : string.Join(" by ", Axes);
}
