using System.Numerics;
using System.Runtime.CompilerServices;

namespace InfiniteNtk.Kernels.Matrices;

/// <summary>A writable window of a row-major matrix: what algorithms work on. It does not own its memory.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly unsafe ref struct MatrixView<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal MatrixView(T* origin, nint rows, nint columns, nint stride)
    {
        Origin = origin;
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

    /// <summary>The first element; for native libraries and inner loops.</summary>
    internal T* Origin { get; }

    /// <summary>One entry, bounds checked.</summary>
    public ref T this[nint row, nint column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((nuint)row >= (nuint)Rows || (nuint)column >= (nuint)Columns) ThrowOutside(row, column);
            return ref Origin[row * Stride + column];
        }
    }

    /// <summary>One row; its length must fit an <see cref="int"/>.</summary>
    public Span<T> Row(nint row)
    {
        if ((nuint)row >= (nuint)Rows) ThrowOutside(row, 0);
        return new Span<T>(Origin + row * Stride, checked((int)Columns));
    }

    /// <summary>A rectangle of this view.</summary>
    public MatrixView<T> Slice(nint row, nint column, nint rows, nint columns)
    {
        if (row < 0 || column < 0 || rows < 0 || columns < 0 || row > Rows - rows || column > Columns - columns)
        {
            ThrowOutside(row + rows, column + columns);
        }

        return new MatrixView<T>(Origin + row * Stride + column, rows, columns, Stride);
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

        for (nint i = 0; i < Rows; i++)
        {
            Buffer.MemoryCopy(Origin + i * Stride, destination.Origin + i * destination.Stride, Columns * sizeof(T), Columns * sizeof(T));
        }
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

    private void ThrowOutside(nint row, nint column) => throw new ArgumentOutOfRangeException(
        nameof(row), $"Entry ({row}, {column}) lies outside a matrix of {Rows} rows and {Columns} columns.");
}
