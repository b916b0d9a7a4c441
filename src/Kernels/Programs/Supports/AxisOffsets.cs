using System.Globalization;

namespace InfiniteNtk.Kernels.Programs.Supports;

/// <summary>
/// Offsets Δ = s' − s kept on one axis of n positions: First, First + Step, …, Last. Each is a plane, the entries [s, s + Δ] of a
/// covariance: n − |Δ| of them, or all n where the axis is a ring.
/// </summary>
/// <param name="Extent">Positions n, at least 1.</param>
/// <param name="First">The first offset.</param>
/// <param name="Last">The last offset, First plus a multiple of Step.</param>
/// <param name="Step">From one kept offset to the next, at least 1.</param>
/// <param name="Cyclic">
/// Whether offsets count modulo n: Δ and Δ − n are then one plane, the entries [s, (s + Δ) mod n]. Otherwise |Δ| is below n.
/// </param>
internal sealed record AxisOffsets(int Extent, int First, int Last, int Step, bool Cyclic)
{
    /// <summary>The number of planes.</summary>
    public int Count => (Last - First) / Step + 1;

    /// <summary>The number of entries of all planes.</summary>
    public long Area => Enumerable.Range(0, Count).Sum(plane => (long)PlaneExtent(plane));

    /// <summary>Whether every entry of the covariance is kept.</summary>
    public bool IsFull => Area == (long)Extent * Extent;

    /// <summary>The offset of a plane, planes numbered from 0 by ascending offset.</summary>
    public int this[int plane] => First + plane * Step;

    /// <summary>The number of entries of a plane.</summary>
    public int PlaneExtent(int plane) => Cyclic ? Extent : Extent - Math.Abs(this[plane]);

    /// <summary>The plane that holds the entries [s, s + <paramref name="offset"/>]; −1: they are not kept.</summary>
    /// <param name="offset">s' − s, between 1 − n and n − 1.</param>
    public int PlaneOf(int offset)
    {
        int beyond = offset - First;
        if (Cyclic) beyond = ((beyond % Extent) + Extent) % Extent;
        return beyond >= 0 && beyond <= Last - First && beyond % Step == 0 ? beyond / Step : -1;
    }

    /// <summary>All s' − s of kept entries, ascending, between 1 − n and n − 1; a cyclic plane has two unless Δ = 0.</summary>
    public IEnumerable<int> Differences() => Enumerable.Range(1 - Extent, 2 * Extent - 1).Where(offset => PlaneOf(offset) >= 0);

    /// <summary>Whether everything that <paramref name="other"/> keeps of the same axis is kept.</summary>
    public bool Contains(AxisOffsets other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Equals(other) || other.Differences().All(offset => PlaneOf(offset) >= 0);
    }

    /// <summary>What both keep and perhaps more (<see cref="AxisCover"/>).</summary>
    public AxisOffsets Union(AxisOffsets other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Contains(other)) return this;
        return other.Contains(this) ? other : AxisCover.Smallest(Extent, Differences().Union(other.Differences()), Cyclic || other.Cyclic);
    }

    /// <summary>The offset 0 alone.</summary>
    public static AxisOffsets Zero(int extent) => new(extent, 0, 0, 1, false);

    /// <summary>All offsets.</summary>
    public static AxisOffsets Full(int extent) => new(extent, 1 - extent, extent - 1, 1, false);

    /// <summary>For example "0", "-2 to 2", "-4 to 4 every 2", "-1 to 1 on a ring", "all".</summary>
    public override string ToString()
    {
        string step = Step == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" every {Step}");
        string range = Count == 1 ? $"{First}" : IsFull ? "all" : string.Create(CultureInfo.InvariantCulture, $"{First} to {Last}{step}");
        return Cyclic ? range + " on a ring" : range;
    }
}
