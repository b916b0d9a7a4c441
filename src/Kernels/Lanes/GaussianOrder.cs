using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>The order of Gaussians in a stream: four from each block of a counter, cosine and sine of its two pairs.</summary>
internal static class GaussianOrder
{
    private const int LaneCount = 8;

    /// <summary>From eight first pairs and eight second pairs to eight blocks of four numbers.</summary>
    public static void Store<T>(ReadOnlySpan<double> cosine, ReadOnlySpan<double> sine, Span<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!Avx512F.IsSupported)
        {
            for (int i = 0; i < target.Length; i++)
            {
                int pair = i / 4 + (i % 4 < 2 ? 0 : LaneCount);
                target[i] = T.CreateTruncating(i % 2 == 0 ? cosine[pair] : sine[pair]);
            }

            return;
        }

        Vector512<long> lower = Vector512.Create(0L, 8, 1, 9, 2, 10, 3, 11), upper = Vector512.Create(4L, 12, 5, 13, 6, 14, 7, 15);
        Vector512<long> lowerPairs = Vector512.Create(0L, 1, 8, 9, 2, 3, 10, 11), upperPairs = Vector512.Create(4L, 5, 12, 13, 6, 7, 14, 15);
        Vector512<double> x = Vector512.Create(cosine), y = Vector512.Create(sine), z = Vector512.Create(cosine[LaneCount..]), w = Vector512.Create(sine[LaneCount..]);
        Vector512<double> first = Avx512F.PermuteVar8x64x2(x, lower, y), second = Avx512F.PermuteVar8x64x2(z, lower, w);
        Vector512<double> third = Avx512F.PermuteVar8x64x2(x, upper, y), fourth = Avx512F.PermuteVar8x64x2(z, upper, w);
        Halves(Avx512F.PermuteVar8x64x2(first, lowerPairs, second), Avx512F.PermuteVar8x64x2(first, upperPairs, second), target);
        Halves(Avx512F.PermuteVar8x64x2(third, lowerPairs, fourth), Avx512F.PermuteVar8x64x2(third, upperPairs, fourth), target[16..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halves<T>(Vector512<double> first, Vector512<double> second, Span<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            Vector512.Narrow(first, second).StoreUnsafe(ref Unsafe.As<T, float>(ref target[0]));
            return;
        }

        first.StoreUnsafe(ref Unsafe.As<T, double>(ref target[0]));
        second.StoreUnsafe(ref Unsafe.As<T, double>(ref target[LaneCount]));
    }
}
