using InfiniteNtk.Kernels.Programs.Supports;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;

/// <summary>
/// The planes that a register may hold and where each lies when all are kept one after another. A plane is named by its key, one
/// offset s' − s an axis; on a ring of n positions by the offset in (−n/2, n/2], so that every register names it alike.
/// </summary>
internal sealed class PlaneFamily
{
    private readonly nint[] _starts;
    private readonly Dictionary<OffsetSet, bool[]> _holding = [];
    private bool[]? _none;

    /// <param name="kept">The offsets.</param>
    /// <param name="number">Its number among the families of a program.</param>
    public PlaneFamily(OffsetSet kept, int number)
    {
        (Kept, Number) = (kept, number);
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

    /// <summary>Its number among the families of a program.</summary>
    public int Number { get; }

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
    public bool[] Holding(OffsetSet? needed)
    {
        if (needed is null) return _none ??= new bool[Count];
        if (_holding.TryGetValue(needed, out bool[]? known)) return known;
        bool[] holding = [true];
        for (int i = 0; i < Extents.Length; i++)
        {
            AxisOffsets axis = Kept.Axes[i];
            bool[] next = new bool[holding.Length * axis.Count];
            for (int plane = 0; plane < axis.Count; plane++)
            {
                bool holds = Holds(needed.Axes[i], axis, KeyOf(axis, plane));
                for (int before = 0; before < holding.Length; before++) next[before * axis.Count + plane] = holding[before] && holds;
            }

            holding = next;
        }

        return _holding[needed] = holding;
    }

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
