using System.Numerics;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>A worker's numbers that live for one call of a loop: a row of zeros, a row of sums, and the rows that one row reads.</summary>
internal sealed unsafe class PlaneScratch<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer _zeros, _sums;
    private readonly nint _rowBytes;

    public PlaneScratch(int longestRow, int lanes, int mostRows)
    {
        _rowBytes = RowBytes(longestRow, lanes);
        _zeros = new NativeBuffer(_rowBytes);
        _sums = new NativeBuffer(2 * _rowBytes);
        new Span<byte>(_zeros.Pointer, checked((int)_rowBytes)).Clear();
        Rows = new nint[mostRows];
        Weights = new double[mostRows];
    }

    /// <summary>As many zeros as the longest row has numbers.</summary>
    public T* Zeros => (T*)_zeros.Pointer;

    /// <summary>Room for a row of sums of K.</summary>
    public T* Sums => (T*)_sums.Pointer;

    /// <summary>Room for a row of sums of Θ.</summary>
    public T* ThetaSums => (T*)((byte*)_sums.Pointer + _rowBytes);

    /// <summary>Where source rows start.</summary>
    public nint[] Rows { get; }

    /// <summary>Their weights.</summary>
    public double[] Weights { get; }

    public static nint BytesFor(int longestRow, int lanes, int mostRows) => 3 * RowBytes(longestRow, lanes) + 16 * (nint)mostRows;

    public void Dispose()
    {
        _zeros.Dispose();
        _sums.Dispose();
    }

    private static nint RowBytes(int longestRow, int lanes) => checked((nint)longestRow * lanes * sizeof(T));
}
