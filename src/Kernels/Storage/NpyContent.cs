using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace InfiniteNtk.Kernels.Storage;

/// <summary>An array to be written: a matrix, a vector, or a text. It refers to its numbers; they are read when it is written.</summary>
internal sealed class NpyContent
{
    private const int ChunkElements = 1 << 17;
    private readonly byte[] _header;
    private readonly Action<Stream> _writeElements;

    private NpyContent(string kind, int size, ReadOnlySpan<long> shape, Action<Stream> writeElements)
    {
        _header = NpyHeader.Write((BitConverter.IsLittleEndian ? "<" : ">") + kind, shape);
        _writeElements = writeElements;
        Bytes = size;
        foreach (long extent in shape) Bytes *= extent;
        Bytes += _header.Length;
    }

    /// <summary>Bytes that it takes in a file.</summary>
    public long Bytes { get; }

    /// <summary>A matrix as a two-dimensional array of <c>f4</c> or <c>f8</c>; with an entry that is not finite it is refused when it is written.</summary>
    public static NpyContent From<T>(KernelMatrix<T> matrix) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(matrix);
        int size = Marshal.SizeOf<T>();
        return new NpyContent($"f{size}", size, [matrix.Rows, matrix.Columns], stream => WriteElements(stream, matrix));
    }

    /// <summary>A vector of <c>f8</c>; with a number that is not finite it is refused when it is written.</summary>
    public static NpyContent From(ReadOnlyMemory<double> values) => new("f8", sizeof(double), [values.Length], stream =>
    {
        RequireFinite(values.Span, at => string.Create(CultureInfo.InvariantCulture, $"number {at}"));
        stream.Write(MemoryMarshal.AsBytes(values.Span));
    });

    /// <summary>A vector of <c>i4</c>.</summary>
    public static NpyContent From(ReadOnlyMemory<int> values) =>
        new("i4", sizeof(int), [values.Length], stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));

    /// <summary>A single text (<c>U</c>, no axes): a network or a setting recorded beside the numbers.</summary>
    public static NpyContent Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] codePoints = new UTF32Encoding(bigEndian: !BitConverter.IsLittleEndian, byteOrderMark: false).GetBytes(text);
        return new NpyContent($"U{codePoints.Length / 4}", codePoints.Length, [], stream => stream.Write(codePoints));
    }

    /// <summary>Writes header and elements.</summary>
    internal void WriteTo(Stream stream)
    {
        stream.Write(_header);
        _writeElements(stream);
    }

    private static unsafe void WriteElements<T>(Stream stream, KernelMatrix<T> matrix) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* origin = matrix.View.Origin;
        long count = (long)matrix.Rows * matrix.Columns;
        for (long start = 0; start < count; start += ChunkElements)
        {
            int length = (int)Math.Min(ChunkElements, count - start);
            var numbers = new ReadOnlySpan<T>(origin + start, length);
            RequireFinite(numbers, at => string.Create(CultureInfo.InvariantCulture, $"entry ({(start + at) / matrix.Columns}, {(start + at) % matrix.Columns})"));
            stream.Write(MemoryMarshal.AsBytes(numbers));
        }

        GC.KeepAlive(matrix);
    }

    /// <summary>A file outlives what is known of how it came about: none holds what is not a number.</summary>
    private static void RequireFinite<T>(ReadOnlySpan<T> numbers, Func<int, string> name) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (T.IsFinite(numbers[i])) continue;
            throw new NumericalFailureException(
                "Cannot write these numbers", string.Create(CultureInfo.InvariantCulture, $"{name(i)} (counted from 0) is {numbers[i]}"),
                "every number of a file is finite", "Look for what went wrong before they were computed");
        }
    }
}
