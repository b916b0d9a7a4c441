using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk;

/// <summary>A writable window of a row-major matrix: what algorithms work on.</summary>
/// <remarks>
/// It keeps the matrix's memory alive, and so do its rows and the references to its entries: they can be read after the
/// <see cref="KernelMatrix{T}"/> itself was collected. After the matrix was disposed, every access through a view throws;
/// a row or reference that was taken before still shows the numbers that were there.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly unsafe ref struct MatrixView<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ref T _origin;
    private readonly MatrixMemory? _memory;

    /// <summary>A window of memory that someone else keeps alive.</summary>
    internal MatrixView(T* origin, nint rows, nint columns, nint stride) : this(ref *origin, null, rows, columns, stride)
    {
    }

    /// <summary>A whole matrix.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    internal MatrixView(MatrixMemory memory, nint rows, nint columns)
        : this(ref Unsafe.As<byte, T>(ref memory.First), memory, rows, columns, columns)
    {
    }

    private MatrixView(ref T origin, MatrixMemory? memory, nint rows, nint columns, nint stride)
    {
        _origin = ref origin;
        _memory = memory;
        Rows = rows;
        Columns = columns;
        Stride = stride;
    }

    /// <summary>Number of rows.</summary>
    public nint Rows { get; }

    /// <summary>Number of columns.</summary>
    public nint Columns { get; }

    /// <summary>Elements from one row to the next.</summary>
    public nint Stride { get; }

    /// <summary>The first element; for native libraries and inner loops, which end with <see cref="KeepAlive"/>.</summary>
    /// <exception cref="ObjectDisposedException">The matrix was disposed.</exception>
    internal T* Origin
    {
        get
        {
            RequireAlive();
            return (T*)Unsafe.AsPointer(ref _origin);
        }
    }

    /// <summary>One entry, bounds checked.</summary>
    /// <exception cref="ObjectDisposedException">The matrix was disposed.</exception>
    public ref T this[nint row, nint column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((nuint)row >= (nuint)Rows || (nuint)column >= (nuint)Columns) ThrowOutside(row, column);
            RequireAlive();
            return ref Unsafe.Add(ref _origin, row * Stride + column);
        }
    }

    /// <summary>One row; its length must fit an <see cref="int"/>. It keeps the memory alive.</summary>
    /// <exception cref="ObjectDisposedException">The matrix was disposed.</exception>
    public Span<T> Row(nint row)
    {
        if ((nuint)row >= (nuint)Rows) ThrowOutside(row, 0);
        RequireAlive();
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _origin, row * Stride), checked((int)Columns));
    }

    /// <summary>A rectangle of this view.</summary>
    public MatrixView<T> Slice(nint row, nint column, nint rows, nint columns)
    {
        if (row < 0 || column < 0 || rows < 0 || columns < 0 || row > Rows - rows || column > Columns - columns)
        {
            ThrowOutside(row + rows, column + columns);
        }

        RequireAlive();
        return new MatrixView<T>(ref Unsafe.Add(ref _origin, row * Stride + column), _memory, rows, columns, Stride);
    }

    /// <summary>Copies all entries to a view of the same size that does not overlap it.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public void CopyTo(MatrixView<T> destination)
    {
        if (destination.Rows != Rows || destination.Columns != Columns)
        {
            throw new ArgumentException(
                $"A view of {Rows} rows and {Columns} columns does not fit one of {destination.Rows} rows and {destination.Columns} columns.", nameof(destination));
        }

        T* source = Origin, target = destination.Origin;
        for (nint i = 0; i < Rows; i++)
        {
            Buffer.MemoryCopy(source + i * Stride, target + i * destination.Stride, Columns * sizeof(T), Columns * sizeof(T));
        }

        KeepAlive();
        destination.KeepAlive();
    }

    /// <summary>Copies all entries, row after row, to a span of exactly as many.</summary>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public void CopyTo(Span<T> destination)
    {
        if (Rows * Columns != destination.Length)
        {
            throw new ArgumentException($"{Rows * Columns} entries do not fit a span of {destination.Length}.", nameof(destination));
        }

        for (nint i = 0; i < Rows && Columns > 0; i++) Row(i).CopyTo(destination[(int)(i * Columns)..]);
    }

    /// <summary>All entries row after row.</summary>
    public T[] ToArray()
    {
        var values = new T[Rows * Columns];
        CopyTo(values);
        return values;
    }

    /// <summary>Roots the memory up to here: to be called where a loop over <see cref="Origin"/> ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void KeepAlive() => GC.KeepAlive(_memory);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RequireAlive()
    {
        if (_memory is { IsDisposed: true }) throw MatrixMemory.Disposed();
    }

    private void ThrowOutside(nint row, nint column) => throw new ArgumentOutOfRangeException(
        nameof(row), $"Entry ({row}, {column}) lies outside a matrix of {Rows} rows and {Columns} columns.");
}
