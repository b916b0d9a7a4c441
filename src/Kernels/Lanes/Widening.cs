using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>From single precision to either, through double precision.</summary>
internal static class Widening
{
    private const int LaneCount = 16;

    /// <summary>target ← factor·source in double precision, rounded once where <typeparamref name="T"/> is <see cref="float"/>.</summary>
    public static void Scale<T>(ReadOnlySpan<float> source, double factor, Span<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float) && factor == 1)
        {
            source.CopyTo(MemoryMarshal.Cast<T, float>(target));
            return;
        }

        Vector512<double> scale = Vector512.Create(factor);
        int i = 0;
        for (; i <= target.Length - LaneCount; i += LaneCount)
        {
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(Vector512.Create(source.Slice(i, LaneCount)));
            Store(lower * scale, upper * scale, ref target.Slice(i, LaneCount)[0]);
        }

        for (; i < target.Length; i++) target[i] = T.CreateTruncating(source[i] * factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector512<double> lower, Vector512<double> upper, ref T target)
    {
        if (typeof(T) == typeof(float))
        {
            Vector512.Narrow(lower, upper).StoreUnsafe(ref Unsafe.As<T, float>(ref target));
            return;
        }

        lower.StoreUnsafe(ref Unsafe.As<T, double>(ref target));
        upper.StoreUnsafe(ref Unsafe.Add(ref Unsafe.As<T, double>(ref target), LaneCount / 2));
    }
}
