using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk;

/// <summary>
/// A row-major matrix in aligned memory, indexed with <see cref="nint"/>, so that .NET's limit of 2³¹ array elements
/// (a 46,340² matrix) does not apply. Algorithms take its <see cref="View"/>.
/// </summary>
/// <remarks>
/// Its memory is the collector's: views, rows and references keep it alive, and a matrix that is forgotten is collected. After
/// <see cref="Dispose"/> every access throws, and the memory is given back before the next large matrix is made.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe partial class KernelMatrix<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Bytes from which it is asked whether they are free: asking costs less than touching them.</summary>
    private const nint AskedFrom = 64 << 20;

    private readonly MatrixMemory _memory;

    /// <summary>A matrix of unspecified content.</summary>
    /// <exception cref="InvalidArgumentException">A size is negative or the product overflows.</exception>
    /// <exception cref="MemoryBudgetException">It takes 64 MiB or more, and more than is free; or the system refuses it.</exception>
    public KernelMatrix(nint rows, nint columns, MatrixStructure structure = MatrixStructure.General)
        : this(rows, columns, structure, MatrixMemory.Kept)
    {
    }

    private KernelMatrix(nint rows, nint columns, MatrixStructure structure, Func<nint, MatrixMemory> allocate)
    {
        nint bytes = ByteCount(rows, columns);
        if (bytes >= AskedFrom) MemoryBudget.Require(bytes, "Cannot make a matrix", "Use fewer points, or a machine with more memory");
        Rows = rows;
        Columns = columns;
        Structure = structure;
        try
        {
            _memory = allocate(bytes);
        }
        catch (Exception error) when (error is OutOfMemoryException or OverflowException)
        {
            throw new MemoryBudgetException(
                "Cannot make a matrix", $"{rows} rows and {columns} columns take {MemoryBudget.Describe(bytes)}", "the system refuses that much",
                "Use fewer points or float32", error);
        }
    }

    /// <summary>Number of rows.</summary>
    public nint Rows { get; }

    /// <summary>Number of columns.</summary>
    public nint Columns { get; }

    /// <summary>What is known by construction.</summary>
    public MatrixStructure Structure { get; }

    /// <summary>Which kernel it holds, where that is known; copies keep it, and predictors refuse one in the place of another.</summary>
    public KernelKind Kind { get; init; }

    /// <summary>All of it; it keeps the memory alive, and throws once the matrix is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The matrix was disposed.</exception>
    public MatrixView<T> View => new(_memory, Rows, Columns);

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

    /// <summary>
    /// A matrix of unspecified content that never leaves the <c>using</c> it is made in: its memory is freed there at once, and no view
    /// or row keeps it.
    /// </summary>
    /// <exception cref="MemoryBudgetException">The system has no such memory.</exception>
    internal static KernelMatrix<T> Temporary(nint rows, nint columns) => new(rows, columns, MatrixStructure.General, MatrixMemory.Temporary);

    /// <summary>A matrix of unspecified content, if it fits the memory that is free now.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="asked">What it is for, as "Cannot …".</param>
    /// <param name="kind">Which kernel it will hold.</param>
    /// <exception cref="MemoryBudgetException">It does not fit.</exception>
    internal static KernelMatrix<T> Within(nint rows, nint columns, string asked, KernelKind kind = KernelKind.Unknown)
    {
        MemoryBudget.Require(ByteCount(rows, columns), asked, "Use fewer points, or a machine with more memory");
        return new KernelMatrix<T>(rows, columns) { Kind = kind };
    }

    /// <summary>Copies a two-dimensional array.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="structure">What is known of them.</param>
    /// <param name="kind">Which kernel they are.</param>
    public static KernelMatrix<T> From(T[,] values, MatrixStructure structure = MatrixStructure.General, KernelKind kind = KernelKind.Unknown)
    {
        ArgumentNullException.ThrowIfNull(values);
        var matrix = new KernelMatrix<T>(values.GetLength(0), values.GetLength(1), structure) { Kind = kind };
        for (int i = 0; i < values.GetLength(0); i++)
        {
            for (int j = 0; j < values.GetLength(1); j++) matrix[i, j] = values[i, j];
        }

        return matrix;
    }

    /// <summary>A copy.</summary>
    public KernelMatrix<T> Copy()
    {
        var copy = new KernelMatrix<T>(Rows, Columns, Structure) { Kind = Kind };
        View.CopyTo(copy.View);
        return copy;
    }

    /// <summary>The same numbers in the other precision, rounded to nearest.</summary>
    public KernelMatrix<TOther> ConvertTo<TOther>() where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther>
    {
        var converted = new KernelMatrix<TOther>(Rows, Columns, Structure) { Kind = Kind };
        T* source = View.Origin;
        TOther* target = converted.View.Origin;
        for (nint k = 0; k < Rows * Columns; k++) target[k] = TOther.CreateTruncating(source[k]);
        GC.KeepAlive(this);
        return converted;
    }

    /// <summary>The transposed matrix, copied block by block.</summary>
    public KernelMatrix<T> Transpose()
    {
        const int Block = 32;
        var transposed = new KernelMatrix<T>(Columns, Rows, Structure) { Kind = Kind };
        T* source = View.Origin;
        T* target = transposed.View.Origin;
        for (nint top = 0; top < Rows; top += Block)
        {
            for (nint left = 0; left < Columns; left += Block)
            {
                for (nint i = top; i < Math.Min(top + Block, Rows); i++)
                {
                    for (nint j = left; j < Math.Min(left + Block, Columns); j++) target[j * Rows + i] = source[i * Columns + j];
                }
            }
        }

        GC.KeepAlive(this);
        return transposed;
    }

    /// <summary>The entries (i, i) of the largest square in the upper left corner.</summary>
    public T[] Diagonal()
    {
        var diagonal = new T[Math.Min(Rows, Columns)];
        for (int i = 0; i < diagonal.Length; i++) diagonal[i] = this[i, i];
        return diagonal;
    }

    /// <summary>A two-dimensional array of the same numbers.</summary>
    /// <exception cref="InvalidArgumentException">There are more than 2³¹ − 57 of them, or more than 2³¹ − 1 rows or columns.</exception>
    public T[,] ToArray()
    {
        if (Rows > int.MaxValue || Columns > int.MaxValue || Rows * Columns > Array.MaxLength)
        {
            throw new InvalidArgumentException(
                "Cannot make an array of a matrix", $"it has {Rows} rows and {Columns} columns", $"at most {Array.MaxLength} entries fit an array",
                "Work on its view, or take a slice");
        }

        var array = new T[Rows, Columns];
        View.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length));
        return array;
    }

    private static nint ByteCount(nint rows, nint columns)
    {
        if (rows < 0 || columns < 0 || (UInt128)rows * (UInt128)columns > (UInt128)(nint.MaxValue / sizeof(T)))
        {
            throw new InvalidArgumentException(
                "Cannot make a matrix", $"{rows} rows and {columns} columns were asked for", "sizes of at least 0 that can be addressed are required",
                "Pass other sizes");
        }

        return rows * columns * sizeof(T);
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
