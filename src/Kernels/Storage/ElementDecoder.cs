using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace InfiniteNtk.Kernels.Storage;

/// <summary>Turns the bytes of a NumPy file into numbers.</summary>
internal static class ElementDecoder
{
    /// <summary>The type that NumPy calls by a kind letter and a size, for example "f8"; null where it cannot be read.</summary>
    public static NpyElementType? Parse(ReadOnlySpan<char> kindAndSize) => kindAndSize switch
    {
        "b1" => NpyElementType.Boolean,
        "i1" => NpyElementType.Int8,
        "u1" => NpyElementType.UInt8,
        "i2" => NpyElementType.Int16,
        "u2" => NpyElementType.UInt16,
        "i4" => NpyElementType.Int32,
        "u4" => NpyElementType.UInt32,
        "i8" => NpyElementType.Int64,
        "u8" => NpyElementType.UInt64,
        "f2" => NpyElementType.Float16,
        "f4" => NpyElementType.Float32,
        "f8" => NpyElementType.Float64,
        _ => null,
    };

    /// <summary>Bytes per element.</summary>
    public static int Size(NpyElementType type) => type switch
    {
        NpyElementType.Boolean or NpyElementType.Int8 or NpyElementType.UInt8 => 1,
        NpyElementType.Int16 or NpyElementType.UInt16 or NpyElementType.Float16 => 2,
        NpyElementType.Int32 or NpyElementType.UInt32 or NpyElementType.Float32 => 4,
        _ => 8,
    };

    /// <summary>Converts as many elements as <paramref name="destination"/> holds; the source is overwritten where it is swapped.</summary>
    public static void Decode<T>(NpyElementType type, bool swapped, Span<byte> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (swapped) Swap(Size(type), source);
        switch (type)
        {
            case NpyElementType.Boolean:
                for (int i = 0; i < destination.Length; i++) destination[i] = source[i] == 0 ? T.Zero : T.One;
                break;
            case NpyElementType.Int8: Convert<sbyte, T>(source, destination); break;
            case NpyElementType.UInt8: Convert<byte, T>(source, destination); break;
            case NpyElementType.Int16: Convert<short, T>(source, destination); break;
            case NpyElementType.UInt16: Convert<ushort, T>(source, destination); break;
            case NpyElementType.Int32: Convert<int, T>(source, destination); break;
            case NpyElementType.UInt32: Convert<uint, T>(source, destination); break;
            case NpyElementType.Int64: Convert<long, T>(source, destination); break;
            case NpyElementType.UInt64: Convert<ulong, T>(source, destination); break;
            case NpyElementType.Float16: Convert<Half, T>(source, destination); break;
            case NpyElementType.Float32: Convert<float, T>(source, destination); break;
            default: Convert<double, T>(source, destination); break;
        }
    }

    private static void Convert<TSource, T>(ReadOnlySpan<byte> source, Span<T> destination)
        where TSource : unmanaged, INumberBase<TSource>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<TSource> numbers = MemoryMarshal.Cast<byte, TSource>(source);
        for (int i = 0; i < destination.Length; i++) destination[i] = T.CreateTruncating(numbers[i]);
    }

    private static void Swap(int size, Span<byte> bytes)
    {
        Span<ushort> two = MemoryMarshal.Cast<byte, ushort>(bytes);
        Span<uint> four = MemoryMarshal.Cast<byte, uint>(bytes);
        Span<ulong> eight = MemoryMarshal.Cast<byte, ulong>(bytes);
        if (size == 2) BinaryPrimitives.ReverseEndianness(two, two);
        if (size == 4) BinaryPrimitives.ReverseEndianness(four, four);
        if (size == 8) BinaryPrimitives.ReverseEndianness(eight, eight);
    }
}
