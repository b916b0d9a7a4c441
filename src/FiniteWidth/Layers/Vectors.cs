using System.Numerics;
using System.Runtime.InteropServices;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>Plain arithmetic of numbers side by side, as wide as the processor's vectors: the same bits as number by number.</summary>
internal static class Vectors
{
    /// <summary>target ← a ∘ b.</summary>
    public static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        for (; k <= target.Length - Vector<T>.Count; k += Vector<T>.Count) (new Vector<T>(a[k..]) * new Vector<T>(b[k..])).CopyTo(target[k..]);
        for (; k < target.Length; k++) target[k] = a[k] * b[k];
    }

    /// <summary>target ← target + factor·source.</summary>
    public static void Add<T>(Span<T> target, double factor, ReadOnlySpan<T> source) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var scale = T.CreateTruncating(factor);
        int k = 0;
        for (; k <= target.Length - Vector<T>.Count; k += Vector<T>.Count)
        {
            (new Vector<T>(target[k..]) + scale * new Vector<T>(source[k..])).CopyTo(target[k..]);
        }

        for (; k < target.Length; k++) target[k] += scale * source[k];
    }

    /// <summary>target ← factor·target.</summary>
    public static void Scale<T>(Span<T> target, double factor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (factor == 1) return;
        var scale = T.CreateTruncating(factor);
        int k = 0;
        for (; k <= target.Length - Vector<T>.Count; k += Vector<T>.Count) (scale * new Vector<T>(target[k..])).CopyTo(target[k..]);
        for (; k < target.Length; k++) target[k] *= scale;
    }

    /// <summary>target ← source, rounded where <typeparamref name="T"/> is <see cref="float"/>.</summary>
    public static void Round<T>(ReadOnlySpan<double> source, Span<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        if (typeof(T) == typeof(float))
        {
            Span<float> singles = MemoryMarshal.Cast<T, float>(target);
            for (; k <= singles.Length - Vector<float>.Count; k += Vector<float>.Count)
            {
                Vector.Narrow(new Vector<double>(source[k..]), new Vector<double>(source[(k + Vector<double>.Count)..])).CopyTo(singles[k..]);
            }
        }

        for (; k < target.Length; k++) target[k] = T.CreateTruncating(source[k]);
    }
}
