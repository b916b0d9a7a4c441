using InfiniteNtk.Kernels.Programs.Supports;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;

/// <summary>
/// The planes that a register may hold and where each lies when all are kept one after another. A plane is named by its key, one
/// offset s' − s an axis; on a ring of n positions by the offset in (−n/2, n/2], so that every register names it alike.
/// </summary>
internal sealed class PlaneFamily
{
    private readonly nint[] _starts;

    public PlaneFamily(OffsetSet kept)
    {
        Kept = kept;
        Extents = [.. kept.Axes.Select(axis => axis.Extent)];
        Positions = Extents.Aggregate(1, (product, extent) => checked(product * extent));
        _starts = new nint[kept.Count + 1];
        for (int plane = 0; plane < kept.Count; plane++)
        {
            int size = SizeOf(plane);
            LargestPlane = Math.Max(LargestPlane, size);
            _starts[plane + 1] = _starts[plane] + size;
        }
    }

    /// <summary>The offsets.</summary>
    public OffsetSet Kept { get; }

    /// <summary>Positions along each axis.</summary>
    public int[] Extents { get; }

    /// <summary>All positions: the size of the plane Δ = 0.</summary>
    public int Positions { get; }

    /// <summary>Number of planes.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Entries of the largest plane.</summary>
    public int LargestPlane { get; }

    /// <summary>Entries of all planes.</summary>
    public nint Area => _starts[^1];

    /// <summary>Entries of all planes before this one.</summary>
    public nint StartOf(int plane) => _starts[plane];

    /// <summary>The plane of a key; −1: it is not held.</summary>
    public int PlaneOf(ReadOnlySpan<int> key)
    {
        int plane = 0;
        for (int i = 0; i < key.Length; i++)
        {
            AxisOffsets axis = Kept.Axes[i];
            int own = IsKey(axis, key[i]) ? axis.PlaneOf(key[i]) : -1;
            if (own < 0) return -1;
            plane = plane * axis.Count + own;
        }

        return plane;
    }

    /// <summary>The key of a plane of one axis.</summary>
    public static int KeyOf(AxisOffsets axis, int plane)
    {
        if (!axis.Cyclic) return axis[plane];
        int residue = ((axis[plane] % axis.Extent) + axis.Extent) % axis.Extent;
        return 2 * residue > axis.Extent ? residue - axis.Extent : residue;
    }

    /// <summary>The key of a plane.</summary>
    public int[] KeyOf(int plane)
    {
        int[] key = new int[Extents.Length];
        for (int i = key.Length - 1; i >= 0; i--)
        {
            AxisOffsets axis = Kept.Axes[i];
            key[i] = KeyOf(axis, plane % axis.Count);
            plane /= axis.Count;
        }

        return key;
    }

    /// <summary>Which of its planes hold entries of <paramref name="needed"/> (null: none).</summary>
    public bool[] Holding(OffsetSet? needed) =>
        [.. Enumerable.Range(0, Count).Select(plane => needed is not null && KeyOf(plane).Select((key, i) => Holds(needed.Axes[i], Kept.Axes[i], key)).All(holds => holds))];

    private static bool Holds(AxisOffsets needed, AxisOffsets kept, int key) =>
        needed.PlaneOf(key) >= 0 || (kept.Cyclic && key != 0 && needed.PlaneOf(key > 0 ? key - kept.Extent : key + kept.Extent) >= 0);

    private static bool IsKey(AxisOffsets axis, int key) => axis.Cyclic
        ? 2 * key > -axis.Extent && 2 * key <= axis.Extent
        : Math.Abs(key) < axis.Extent;

    private int SizeOf(int plane)
    {
        int size = 1;
        for (int i = Extents.Length - 1; i >= 0; i--)
        {
            AxisOffsets axis = Kept.Axes[i];
            size *= axis.PlaneExtent(plane % axis.Count);
            plane /= axis.Count;
        }

        return size;
    }
}
