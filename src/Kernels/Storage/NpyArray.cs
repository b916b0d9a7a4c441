using System.Numerics;
using InfiniteNtk.Kernels.Storage;

namespace InfiniteNtk;

/// <summary>
/// An array in a file, NumPy's or MNIST's: its description, and its numbers when asked for. They are streamed from the file straight into
/// their destination, so no second copy is made and there is no limit of 2³¹ elements.
/// </summary>
public sealed class NpyArray
{
    private readonly NpyHeader _header;
    private readonly Func<Stream> _open;

    internal NpyArray(string name, string source, NpyHeader header, Func<Stream> open)
    {
        Name = name;
        Source = source;
        _header = header;
        _open = open;
    }

    /// <summary>Its name in the archive, or the file's name without its ending.</summary>
    public string Name { get; }

    /// <summary>Where it is, for messages: <c>'x.npy'</c> or <c>array 'x' in 'data.npz'</c>.</summary>
    public string Source { get; }

    /// <summary>Extents, slowest axis first whatever the file's order; empty for a single number.</summary>
    public ValueList<long> Shape => _header.Shape;

    /// <summary>The type of its elements in the file.</summary>
    internal NpyElementType ElementType => _header.Type;

    /// <summary>Whether its elements are whole numbers by type.</summary>
    public bool IsInteger => ElementType < NpyElementType.Float16;

    /// <summary>Which kernel it is: arrays nngp and ntk of an archive are those that <c>intk kernel</c> writes. A file of one array does not say.</summary>
    public KernelKind Kind { get; internal init; }

    /// <summary>Number of elements.</summary>
    public long Count => _header.Count;

    /// <summary>
    /// The numbers as a matrix with a row for each index of the first axis, the other axes flattened in C order. A single number
    /// is 1 × 1, a vector is N × 1.
    /// </summary>
    /// <exception cref="InvalidFileException">The file is truncated, damaged or was changed meanwhile.</exception>
    /// <exception cref="MemoryBudgetException">The matrix does not fit the memory that is free.</exception>
    public KernelMatrix<T> ToMatrix<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long rows = Shape.Count == 0 ? 1 : Shape[0];
        long columns = Shape.Skip(1).Aggregate(1L, (product, extent) => product * extent);
        var matrix = KernelMatrix<T>.Within((nint)rows, (nint)columns, $"Cannot read {Source}", Kind);
        try
        {
            CopyTo(matrix.View);
            return matrix;
        }
        catch
        {
            matrix.Dispose();
            throw;
        }
    }

    /// <summary>The numbers in C order.</summary>
    /// <exception cref="InvalidFileException">As <see cref="ToMatrix{T}"/>, or there are more than an array can hold.</exception>
    /// <exception cref="MemoryBudgetException">They do not fit the memory that is free.</exception>
    public double[] ToArray()
    {
        if (Count > Array.MaxLength)
        {
            throw FileErrors.Unreadable(Source, $"it has {Count} elements", $"an array holds at most {Array.MaxLength}", "Read it as a matrix");
        }

        using KernelMatrix<double> matrix = ToMatrix<double>();
        return matrix.View.ToArray();
    }

    /// <summary>A stream at the first element, if the header is still the one that was described.</summary>
    internal static Stream Reopen(Stream stream, Func<Stream, NpyHeader> readHeader, NpyHeader expected)
    {
        try
        {
            return readHeader(stream) == expected ? stream : throw new InvalidDataException("it was changed while it was read");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private unsafe void CopyTo<T>(MatrixView<T> destination) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* origin = destination.Origin; // A closure cannot capture the view.
        FileErrors.Reading(Source, () =>
        {
            using Stream stream = _open();
            ElementReader.Read(stream, _header, origin);
            if (stream.ReadByte() >= 0) throw new InvalidDataException("something follows its data");
            return 0;
        });
    }
}
