using System.Buffers.Binary;
using System.Text;

namespace InfiniteNtk.Kernels.Storage;

/// <summary>The header of a NumPy array (format versions 1 to 3).</summary>
/// <param name="Type">Element type.</param>
/// <param name="Swapped">Whether the bytes of an element stand in the other order than this machine's.</param>
/// <param name="FortranOrder">Whether the first axis varies fastest.</param>
/// <param name="Shape">Extents; empty for a single number.</param>
/// <param name="Length">Bytes from the start of the array to its first element.</param>
internal sealed record NpyHeader(NpyElementType Type, bool Swapped, bool FortranOrder, ValueList<long> Shape, int Length)
{
    /// <summary>More than NumPy itself accepts (10,000) by a wide margin; a longer one is an attack or structured data.</summary>
    private const int LongestText = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, extent) => product * extent);

    /// <summary>Bytes of all elements.</summary>
    public long DataBytes => Count * ElementDecoder.Size(Type);

    /// <summary>Reads a header and leaves the stream at the first element.</summary>
    public static NpyHeader Read(Stream stream, string source)
    {
        Span<byte> prefix = stackalloc byte[12];
        int got = stream.ReadAtLeast(prefix[..8], 8, throwOnEndOfStream: false);
        if (!prefix[..Math.Min(got, 6)].SequenceEqual(Magic))
        {
            throw FileErrors.Unreadable(
                source, "it does not begin as a NumPy array does", "an array written by numpy.save is required",
                "Write it with numpy.save(path, array), or give a .npz, .csv or IDX file its own ending");
        }

        int version = prefix[6];
        if (version is < 1 or > 3)
        {
            throw FileErrors.Unreadable(
                source, $"its format version is {version}", "versions 1, 2 and 3 are known", "Write it again with numpy.save");
        }

        int sizeBytes = version == 1 ? 2 : 4;
        stream.ReadExactly(prefix.Slice(8, sizeBytes));
        long length = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]);
        if (length > LongestText)
        {
            throw FileErrors.Unreadable(
                source, $"its header claims {length} bytes", $"at most {LongestText} are read",
                "Write plain numbers: numpy.save(path, array.astype('float64'))");
        }

        byte[] text = new byte[length];
        stream.ReadExactly(text);
        Encoding encoding = version == 3 ? Encoding.UTF8 : Encoding.Latin1;
        return new NpyHeaderText(encoding.GetString(text), source).Parse(8 + sizeBytes + (int)length);
    }

    /// <summary>Refuses a shape that cannot be addressed. Empty axes do not excuse the others.</summary>
    public static void RequireSize(string source, ReadOnlySpan<long> shape, int size)
    {
        UInt128 bytes = (UInt128)size;
        foreach (long extent in shape)
        {
            bytes *= (UInt128)Math.Max(extent, 1);
            if (bytes > (UInt128)long.MaxValue)
            {
                throw FileErrors.Unreadable(
                    source, $"its shape is ({string.Join(", ", shape.ToArray())})", "a shape whose size fits 63 bits is required",
                    "The header is damaged: write the file again");
            }
        }
    }

    /// <summary>The bytes before the elements of an array in C order, padded as NumPy does so that the elements are aligned.</summary>
    public static byte[] Write(string descr, ReadOnlySpan<long> shape)
    {
        string extents = shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape.ToArray())})";
        string text = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': {extents}, }}";
        int total = (10 + text.Length + 1 + 63) / 64 * 64;
        byte[] header = new byte[total];
        header.AsSpan(10).Fill((byte)' ');
        Magic.CopyTo(header);
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), checked((ushort)(total - 10)));
        Encoding.ASCII.GetBytes(text, header.AsSpan(10));
        header[^1] = (byte)'\n';
        return header;
    }
}
