using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>
/// Transposes square blocks of one cache line a row (8 × 8 doubles, 16 × 16 floats): in registers where the processor has them,
/// number by number elsewhere. Nothing is computed, so the way does not matter to a result.
/// </summary>
internal static unsafe partial class Transposition
{
    /// <summary>Rows and columns of a block.</summary>
    public static int Size<T>() where T : unmanaged => Cache.LineBytes / sizeof(T);

    /// <summary>
    /// target[j, i] ← source[i, j] for one block. With <paramref name="stream"/> the target's rows are whole cache lines, which
    /// are written past the cache, by 512-bit vectors only.
    /// </summary>
    public static void Block<T>(T* source, nint sourceStride, T* target, nint targetStride, bool stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!Avx.IsSupported) NumberByNumber(source, sourceStride, target, targetStride);
        else if (!Avx512F.IsSupported) Narrow(source, sourceStride, target, targetStride);
        else if (typeof(T) == typeof(double)) Doubles((double*)source, sourceStride, (byte*)target, targetStride * sizeof(T), stream);
        else Singles((float*)source, sourceStride, (byte*)target, targetStride * sizeof(T), stream);
    }

    internal static void NumberByNumber<T>(T* source, nint sourceStride, T* target, nint targetStride) where T : unmanaged
    {
        for (int j = 0; j < Size<T>(); j++)
        {
            for (int i = 0; i < Size<T>(); i++) target[j * targetStride + i] = source[i * sourceStride + j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Doubles(double* s, nint stride, byte* target, nint row, bool stream) => Eight(
        Vector512.Load(s), Vector512.Load(s + stride), Vector512.Load(s + 2 * stride), Vector512.Load(s + 3 * stride),
        Vector512.Load(s + 4 * stride), Vector512.Load(s + 5 * stride), Vector512.Load(s + 6 * stride), Vector512.Load(s + 7 * stride),
        target, row, 2 * row, stream);

    /// <summary>
    /// Two rows interleaved are pairs that move together, as doubles do: of each four columns the first two in the low halves, the
    /// others in the high ones.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Singles(float* s, nint stride, byte* target, nint row, bool stream)
    {
        Eight(
            Low(s, stride, 0), Low(s, stride, 2), Low(s, stride, 4), Low(s, stride, 6),
            Low(s, stride, 8), Low(s, stride, 10), Low(s, stride, 12), Low(s, stride, 14), target, row, 4 * row, stream);
        Eight(
            High(s, stride, 0), High(s, stride, 2), High(s, stride, 4), High(s, stride, 6),
            High(s, stride, 8), High(s, stride, 10), High(s, stride, 12), High(s, stride, 14), target + 2 * row, row, 4 * row, stream);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Low(float* s, nint stride, int row) =>
        Avx512F.UnpackLow(Vector512.Load(s + row * stride), Vector512.Load(s + (row + 1) * stride)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> High(float* s, nint stride, int row) =>
        Avx512F.UnpackHigh(Vector512.Load(s + row * stride), Vector512.Load(s + (row + 1) * stride)).AsDouble();

    /// <summary>
    /// Columns 0, 1, 2, … of eight rows go to target, target + odd, target + pair, target + pair + odd, …: rows are interleaved two
    /// by two, which gives a quarter of a vector to each column, then quarters are gathered in two steps.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(
        Vector512<double> r0, Vector512<double> r1, Vector512<double> r2, Vector512<double> r3,
        Vector512<double> r4, Vector512<double> r5, Vector512<double> r6, Vector512<double> r7,
        byte* target, nint odd, nint pair, bool stream)
    {
        Quarters(
            Avx512F.UnpackLow(r0, r1), Avx512F.UnpackLow(r2, r3), Avx512F.UnpackLow(r4, r5), Avx512F.UnpackLow(r6, r7),
            target, pair, stream);
        Quarters(
            Avx512F.UnpackHigh(r0, r1), Avx512F.UnpackHigh(r2, r3), Avx512F.UnpackHigh(r4, r5), Avx512F.UnpackHigh(r6, r7),
            target + odd, pair, stream);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(
        Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d, byte* target, nint pair, bool stream)
    {
        const byte even = 0x88, odd = 0xDD;
        Vector512<double> ab02 = Avx512F.Shuffle4x128(a, b, even), cd02 = Avx512F.Shuffle4x128(c, d, even);
        Vector512<double> ab13 = Avx512F.Shuffle4x128(a, b, odd), cd13 = Avx512F.Shuffle4x128(c, d, odd);
        Store(Avx512F.Shuffle4x128(ab02, cd02, even), target, stream);
        Store(Avx512F.Shuffle4x128(ab13, cd13, even), target + pair, stream);
        Store(Avx512F.Shuffle4x128(ab02, cd02, odd), target + 2 * pair, stream);
        Store(Avx512F.Shuffle4x128(ab13, cd13, odd), target + 3 * pair, stream);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<double> value, byte* target, bool stream)
    {
        if (stream) value.StoreAlignedNonTemporal((double*)target);
        else value.Store((double*)target);
    }
}
