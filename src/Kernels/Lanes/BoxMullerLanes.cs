using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>
/// What Box–Muller does with the bits of random words, 16 pairs at once: words to the arguments of its formulas, and pairs to their
/// order in a stream. Every step is exact or correctly rounded.
/// </summary>
internal static class BoxMullerLanes
{
    /// <summary>
    /// u = (w + ½)·2⁻³² as (1 − gap)·2^exponent, gap in (0, ½]; for u above ½ the gap is 1 − u to the relative precision of a float.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Single512Lane Gap, Single512Lane Exponent) Length(ref readonly uint words)
    {
        Vector512<int> word = Vector512.LoadUnsafe(in words).AsInt32();
        Vector512<int> above = word >> 31;
        Vector512<float> nearer = Vector512.FusedMultiplyAdd(
            Vector512.ConvertToSingle(word ^ above), Vector512.Create(1f / 4294967296), Vector512.Create(0.5f / 4294967296));
        Vector512<int> bits = nearer.AsInt32();
        Vector512<float> mantissa = ((bits & Vector512.Create(0x007FFFFF)) | Vector512.Create(0x3F000000)).AsSingle();
        Vector512<float> gap = Vector512.ConditionalSelect(above.AsSingle(), nearer, Vector512<float>.One - mantissa);
        Vector512<int> exponent = Vector512.AndNot((bits >>> 23) - Vector512.Create(126), above);
        return (new(gap), new(Vector512.ConvertToSingle(exponent)));
    }

    /// <summary>θ = (j + ½)·2⁻³⁰·π/2 for the lower thirty bits of a word as a signed number j: an angle within a quarter turn around 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane Angle(ref readonly uint words)
    {
        const float Step = 1.57079637f / 4294967296;
        Vector512<float> quadruple = Vector512.ConvertToSingle((Vector512.LoadUnsafe(in words) << 2).AsInt32());
        return new(Vector512.FusedMultiplyAdd(quadruple, Vector512.Create(Step), Vector512.Create(2 * Step)));
    }

    /// <summary>The magnitude with the highest bit of each word as its sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane Signed(Single512Lane magnitude, ref readonly uint words) =>
        Single512Lane.CopySign(magnitude, new(Vector512.LoadUnsafe(in words).AsSingle()));

    /// <summary>
    /// Both numbers of each pair, exchanged where the second highest bit of the word is set, to 32 consecutive numbers: pairs come in the
    /// order of <see cref="PhiloxLanes.Words"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Single512Lane cosine, Single512Lane sine, ref readonly uint words, ref float target)
    {
        Vector512<float> exchanged = ((Vector512.LoadUnsafe(in words) << 1).AsInt32() >> 31).AsSingle();
        Vector512<float> first = Vector512.ConditionalSelect(exchanged, sine.Value, cosine.Value);
        Vector512<float> second = Vector512.ConditionalSelect(exchanged, cosine.Value, sine.Value);
        Interleaved(first, second, upper: false).StoreUnsafe(ref target);
        Interleaved(first, second, upper: true).StoreUnsafe(ref Unsafe.Add(ref target, 16));
    }

    /// <summary>Of each four of both the lower or the upper two, alternating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Interleaved(Vector512<float> a, Vector512<float> b, bool upper)
    {
        if (Avx512F.IsSupported) return upper ? Avx512F.UnpackHigh(a, b) : Avx512F.UnpackLow(a, b);
        return Vector512.Create(Interleaved(a.GetLower(), b.GetLower(), upper), Interleaved(a.GetUpper(), b.GetUpper(), upper));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Interleaved(Vector256<float> a, Vector256<float> b, bool upper)
    {
        if (Avx.IsSupported) return upper ? Avx.UnpackHigh(a, b) : Avx.UnpackLow(a, b);
        int i = upper ? 2 : 0;
        return Vector256.Create(a[i], b[i], a[i + 1], b[i + 1], a[i + 4], b[i + 4], a[i + 5], b[i + 5]);
    }
}
