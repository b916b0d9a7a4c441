using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;

/// <summary>
/// One plane of a family, laid open: a box of entries, along each axis those of ascending s (on a ring from s = 0 on), the last axis
/// fastest. One worker moves it from plane to plane.
/// </summary>
internal sealed unsafe class PlaneView(PlaneFamily family)
{
    private readonly int[] _first = new int[family.Extents.Length], _at = new int[family.Extents.Length], _offsets = new int[family.Extents.Length];

    // Pinned, since loops read them by pointers.
    private readonly int[] _left = GC.AllocateArray<int>(family.LargestPlane, pinned: true), _right = GC.AllocateArray<int>(family.LargestPlane, pinned: true);

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

    /// <summary>Of each entry [s, s'] the position s, numbered with the last axis fastest.</summary>
    public int* Left => (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_left));

    /// <summary>Of each entry [s, s'] the position s'.</summary>
    public int* Right => (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_right));

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
            _first[i] = ring ? 0 : Math.Max(0, -key[i]);
            _offsets[i] = key[i];
            Positions *= Lengths[i];
            AxisPlanes[i] = family.Kept.Axes[i].PlaneOf(key[i]);
        }

        FindPositions();
    }

    private void FindPositions()
    {
        int last = Lengths.Length - 1;
        if (last < 0)
        {
            _left[0] = _right[0] = 0;
            return;
        }

        Array.Clear(_at);
        (int length, int extent) = (Lengths[last], family.Extents[last]);
        for (int row = 0; row < Positions; row += length)
        {
            (int left, int right) = RowStart(last);
            for (int i = 0, s = _first[last]; i < length; i++, s++)
            {
                int other = s + _offsets[last];
                _left[row + i] = left + s;
                _right[row + i] = right + (other < 0 ? other + extent : other >= extent ? other - extent : other);
            }

            for (int i = last - 1; i >= 0 && ++_at[i] == Lengths[i]; i--) _at[i] = 0;
        }
    }

    /// <summary>The numbers of the positions where the last axis begins.</summary>
    private (int Left, int Right) RowStart(int last)
    {
        int left = 0, right = 0;
        for (int i = 0; i < last; i++)
        {
            int s = _first[i] + _at[i], extent = family.Extents[i];
            left = (left + s) * family.Extents[i + 1];
            right = (right + (s + _offsets[i] + extent) % extent) * family.Extents[i + 1];
        }

        return (left, right);
    }
}
