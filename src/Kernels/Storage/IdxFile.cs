using System.Buffers.Binary;
using System.IO.Compression;

namespace InfiniteNtk.Kernels.Storage;

/// <summary>
/// The IDX format of the MNIST files, plain or gzipped: two zero bytes, element type, number of axes, extents, elements; big endian.
/// </summary>
internal static class IdxFile
{
    /// <summary>Describes the array; its numbers are read when they are asked for.</summary>
    /// <exception cref="InvalidFileException">It is missing, not of this format, truncated, or followed by something else.</exception>
    public static NpyArray Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string source = $"'{path}'";
        return FileErrors.Reading(source, () =>
        {
            using Stream stream = OpenStream(path);
            NpyHeader header = ReadHeader(stream, source);
            long bytes = new FileInfo(path).Length;
            if (stream is FileStream) NpyFile.RequireLength(source, header, bytes);
            else NpyFile.RequirePossible(source, header.Length + header.DataBytes, bytes);
            return new NpyArray(Path.GetFileNameWithoutExtension(path), source, header, () => NpyArray.Reopen(OpenStream(path), s => ReadHeader(s, source), header));
        });
    }

    private static NpyHeader ReadHeader(Stream stream, string source)
    {
        Span<byte> prefix = stackalloc byte[4];
        int got = stream.ReadAtLeast(prefix, 4, throwOnEndOfStream: false);
        NpyElementType? type = prefix[2] switch
        {
            0x08 => NpyElementType.UInt8,
            0x09 => NpyElementType.Int8,
            0x0B => NpyElementType.Int16,
            0x0C => NpyElementType.Int32,
            0x0D => NpyElementType.Float32,
            0x0E => NpyElementType.Float64,
            _ => null,
        };
        if (got < 4 || prefix[0] != 0 || prefix[1] != 0 || type is null || prefix[3] is 0 or > 8)
        {
            throw FileErrors.Unreadable(
                source, "it does not begin as an IDX file does", "a file in the format of MNIST (plain or .gz) is required",
                "Give .npy, .npz and .csv files their own endings");
        }

        var shape = new long[prefix[3]];
        Span<byte> extent = stackalloc byte[4];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            stream.ReadExactly(extent);
            shape[axis] = BinaryPrimitives.ReadUInt32BigEndian(extent);
        }

        NpyHeader.RequireSize(source, shape, ElementDecoder.Size(type.Value));
        return new NpyHeader(type.Value, BitConverter.IsLittleEndian, FortranOrder: false, [.. shape], 4 + 4 * shape.Length);
    }

    private static Stream OpenStream(string path)
    {
        FileStream file = InputFile.Open(path);
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return file;
        return new BufferedStream(new GZipStream(file, CompressionMode.Decompress), 1 << 16);
    }
}
