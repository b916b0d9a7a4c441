namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;

/// <summary>
/// Entries [s, s'] of a plane side by side in which both positions, numbered with the last axis fastest, advance by one.
/// </summary>
/// <param name="Index">The first entry's place in the plane.</param>
/// <param name="Left">Its s.</param>
/// <param name="Right">Its s'.</param>
/// <param name="Length">Number of entries.</param>
internal readonly record struct PlaneRun(int Index, int Left, int Right, int Length);

/// <summary>
/// One plane of a family, laid open: a box of entries, along each axis those of ascending s (on a ring from s = 0 on), the last axis
/// fastest. One worker moves it from plane to plane.
/// </summary>
internal sealed class PlaneView(PlaneFamily family)
{
    private readonly int[] _left = new int[family.Extents.Length], _right = new int[family.Extents.Length];
    private readonly int[] _at = new int[family.Extents.Length];
    private readonly List<PlaneRun> _runs = [];

    /// <summary>Whose plane it is.</summary>
    public PlaneFamily Family => family;

    /// <summary>The plane's number in the family; −1: none.</summary>
    public int Plane { get; private set; } = -1;

    /// <summary>The number of the plane along each axis.</summary>
    public int[] AxisPlanes { get; } = new int[family.Extents.Length];

    /// <summary>Entries along each axis.</summary>
    public int[] Lengths { get; } = new int[family.Extents.Length];

    /// <summary>Entries.</summary>
    public int Positions { get; private set; }

    /// <summary>All entries, as runs.</summary>
    public ReadOnlySpan<PlaneRun> Runs => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_runs);

    /// <summary>Opens a plane by its key and number.</summary>
    public void MoveTo(ReadOnlySpan<int> key, int plane)
    {
        if (plane == Plane) return;
        Plane = plane;
        Positions = 1;
        for (int i = 0; i < key.Length; i++)
        {
            (int extent, bool ring) = (family.Extents[i], family.Kept.Axes[i].Cyclic);
            Lengths[i] = ring ? extent : extent - Math.Abs(key[i]);
            _left[i] = ring ? 0 : Math.Max(0, -key[i]);
            _right[i] = ring ? (key[i] + extent) % extent : Math.Max(0, key[i]);
            Positions *= Lengths[i];
            AxisPlanes[i] = family.Kept.Axes[i].PlaneOf(key[i]);
        }

        FindRuns();
    }

    private void FindRuns()
    {
        _runs.Clear();
        int axes = Lengths.Length;
        if (axes == 0)
        {
            _runs.Add(new PlaneRun(0, 0, 0, 1));
            return;
        }

        Array.Clear(_at);
        int last = axes - 1, length = Lengths[last], extent = family.Extents[last];
        int straight = Math.Min(length, extent - _right[last]);
        for (int index = 0; index < Positions; index += length)
        {
            (int left, int right) = Rows();
            Add(new PlaneRun(index, left + _left[last], right + _right[last], straight));
            if (straight < length) Add(new PlaneRun(index + straight, left + straight, right, length - straight));
            for (int i = last - 1; i >= 0 && ++_at[i] == Lengths[i]; i--) _at[i] = 0;
        }
    }

    /// <summary>The numbers of the positions where the last axis begins.</summary>
    private (int Left, int Right) Rows()
    {
        int left = 0, right = 0;
        for (int i = 0; i < Lengths.Length - 1; i++)
        {
            left = (left + _left[i] + _at[i]) * family.Extents[i + 1];
            right = (right + (_right[i] + _at[i]) % family.Extents[i]) * family.Extents[i + 1];
        }

        return (left, right);
    }

    private void Add(PlaneRun run)
    {
        if (_runs.Count > 0 && _runs[^1] is var before && before.Left + before.Length == run.Left && before.Right + before.Length == run.Right)
        {
            _runs[^1] = before with { Length = before.Length + run.Length };
            return;
        }

        _runs.Add(run);
    }
}
