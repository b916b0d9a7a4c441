using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InfiniteNtk.Kernels.Lanes;

internal static unsafe partial class Transposition
{
    /// <summary>A block in 256-bit vectors: its four quarters, of 4 × 4 doubles or 8 × 8 floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow<T>(T* source, nint sourceStride, T* target, nint targetStride) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int half = Vector256<T>.Count;
        for (int j = 0; j < 2 * half; j += half)
        {
            for (int i = 0; i < 2 * half; i += half)
            {
                T* from = source + i * sourceStride + j, to = target + j * targetStride + i;
                if (typeof(T) == typeof(double)) NarrowDoubles((double*)from, sourceStride, (double*)to, targetStride);
                else NarrowSingles((float*)from, sourceStride, (float*)to, targetStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NarrowDoubles(double* s, nint stride, double* target, nint row) => Four(
        Vector256.Load(s), Vector256.Load(s + stride), Vector256.Load(s + 2 * stride), Vector256.Load(s + 3 * stride), target, row, 2 * row);

    /// <summary>Two rows interleaved are pairs that move together, as in <see cref="Singles"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NarrowSingles(float* s, nint stride, float* target, nint row)
    {
        Vector256<float> r0 = Vector256.Load(s), r1 = Vector256.Load(s + stride), r2 = Vector256.Load(s + 2 * stride), r3 = Vector256.Load(s + 3 * stride);
        Vector256<float> r4 = Vector256.Load(s + 4 * stride), r5 = Vector256.Load(s + 5 * stride);
        Vector256<float> r6 = Vector256.Load(s + 6 * stride), r7 = Vector256.Load(s + 7 * stride);
        Four(Avx.UnpackLow(r0, r1).AsDouble(), Avx.UnpackLow(r2, r3).AsDouble(), Avx.UnpackLow(r4, r5).AsDouble(), Avx.UnpackLow(r6, r7).AsDouble(), target, row, 4 * row);
        Four(Avx.UnpackHigh(r0, r1).AsDouble(), Avx.UnpackHigh(r2, r3).AsDouble(), Avx.UnpackHigh(r4, r5).AsDouble(), Avx.UnpackHigh(r6, r7).AsDouble(), target + 2 * row, row, 4 * row);
    }

    /// <summary>Columns 0 to 3 of four rows go to target, target + odd, target + pair, target + pair + odd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four<T>(
        Vector256<double> r0, Vector256<double> r1, Vector256<double> r2, Vector256<double> r3, T* target, nint odd, nint pair) where T : unmanaged
    {
        const byte lower = 0x20, upper = 0x31;
        Vector256<double> even01 = Avx.UnpackLow(r0, r1), even23 = Avx.UnpackLow(r2, r3), odd01 = Avx.UnpackHigh(r0, r1), odd23 = Avx.UnpackHigh(r2, r3);
        Avx.Permute2x128(even01, even23, lower).Store((double*)target);
        Avx.Permute2x128(odd01, odd23, lower).Store((double*)(target + odd));
        Avx.Permute2x128(even01, even23, upper).Store((double*)(target + pair));
        Avx.Permute2x128(odd01, odd23, upper).Store((double*)(target + pair + odd));
    }
}
