using System.Numerics;
using InfiniteNtk.Kernels.Errors;

namespace InfiniteNtk.Kernels.Matrices;

/// <summary>
/// A row-major matrix in aligned native memory, indexed with <see cref="nint"/>, so that .NET's limit of 2³¹ array elements
/// (a 46,340² matrix) does not apply. Algorithms take its <see cref="View"/>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe class KernelMatrix<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer _buffer;

    /// <summary>A matrix of unspecified content.</summary>
    /// <exception cref="InvalidArgumentException">A size is negative or the product overflows.</exception>
    public KernelMatrix(nint rows, nint columns, MatrixStructure structure = MatrixStructure.General)
    {
        if (rows < 0 || columns < 0)
        {
            throw new InvalidArgumentException(
                "Cannot make a matrix", $"{rows} rows and {columns} columns were asked for", "both sizes must be at least 0", "Pass sizes of 0 or more");
        }

        Rows = rows;
        Columns = columns;
        Structure = structure;
        _buffer = new NativeBuffer(checked(rows * columns * sizeof(T)));
    }

    /// <summary>Number of rows.</summary>
    public nint Rows { get; }

    /// <summary>Number of columns.</summary>
    public nint Columns { get; }

    /// <summary>What is known by construction.</summary>
    public MatrixStructure Structure { get; }

    /// <summary>All of it; valid while the matrix is not disposed.</summary>
    public MatrixView<T> View => new((T*)_buffer.Pointer, Rows, Columns, Columns);

    /// <summary>One entry, bounds checked.</summary>
    public T this[nint row, nint column]
    {
        get => View[row, column];
        set
        {
            MatrixView<T> view = View;
            view[row, column] = value;
        }
    }

    /// <summary>Copies a two-dimensional array.</summary>
    public static KernelMatrix<T> From(T[,] values, MatrixStructure structure = MatrixStructure.General)
    {
        ArgumentNullException.ThrowIfNull(values);
        var matrix = new KernelMatrix<T>(values.GetLength(0), values.GetLength(1), structure);
        for (int i = 0; i < values.GetLength(0); i++)
        {
            for (int j = 0; j < values.GetLength(1); j++) matrix[i, j] = values[i, j];
        }

        return matrix;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
