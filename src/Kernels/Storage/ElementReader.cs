using System.Numerics;

namespace InfiniteNtk.Kernels.Storage;

/// <summary>Streams the elements of a NumPy array into memory, in pieces that fit the cache.</summary>
internal static unsafe class ElementReader
{
    private const int ChunkBytes = 1 << 18;

    /// <summary>Fills <paramref name="destination"/> with all elements in C order.</summary>
    public static void Read<T>(Stream stream, NpyHeader header, T* destination) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (header.FortranOrder && header.Shape.Count > 1)
        {
            ReadFirstAxisFastest(stream, header, destination);
            return;
        }

        byte[] bytes = NewChunk(header);
        for (long start = 0; start < header.Count;)
        {
            var piece = new Span<T>(destination + start, Length(header, start));
            ReadPiece(stream, header, bytes, piece);
            start += piece.Length;
        }
    }

    private static void ReadFirstAxisFastest<T>(Stream stream, NpyHeader header, T* destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<long> shape = header.Shape.AsSpan();
        long rows = shape[0];
        long columns = rows == 0 ? 0 : header.Count / rows;
        byte[] bytes = NewChunk(header);
        var numbers = new T[bytes.Length / ElementDecoder.Size(header.Type)];
        Span<long> index = stackalloc long[shape.Length];
        index.Clear();
        long column = 0;
        for (long start = 0; start < header.Count;)
        {
            Span<T> piece = numbers.AsSpan(0, Length(header, start));
            ReadPiece(stream, header, bytes, piece);
            foreach (T number in piece)
            {
                destination[index[0] * columns + column] = number;
                if (++index[0] < rows) continue;
                index[0] = 0;
                column = NextColumn(shape, index);
            }

            start += piece.Length;
        }
    }

    /// <summary>Advances the axes after the first, the second one fastest; returns their place in C order.</summary>
    private static long NextColumn(ReadOnlySpan<long> shape, Span<long> index)
    {
        for (int axis = 1; axis < shape.Length && ++index[axis] == shape[axis]; axis++) index[axis] = 0;
        long column = 0;
        for (int axis = 1; axis < shape.Length; axis++) column = column * shape[axis] + index[axis];
        return column;
    }

    private static byte[] NewChunk(NpyHeader header) => new byte[Math.Min(ChunkBytes, header.DataBytes)];

    private static int Length(NpyHeader header, long start) =>
        (int)Math.Min(header.Count - start, ChunkBytes / ElementDecoder.Size(header.Type));

    private static void ReadPiece<T>(Stream stream, NpyHeader header, byte[] bytes, Span<T> piece)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<byte> read = bytes.AsSpan(0, piece.Length * ElementDecoder.Size(header.Type));
        stream.ReadExactly(read);
        ElementDecoder.Decode(header.Type, header.Swapped, read, piece);
    }
}
