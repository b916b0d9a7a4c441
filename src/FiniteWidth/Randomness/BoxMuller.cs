using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.FiniteWidth.Randomness;

/// <summary>
/// Two independent standard Gaussians from two uniform numbers: √(−2 ln u)·(cos 2πv, sin 2πv), by correctly rounded arithmetic
/// alone (sums, products, quotients, fused multiply-adds, square roots), so that every processor and device gets the same bits.
/// </summary>
/// <remarks>G. Box, M. Muller, "A note on the generation of random normal deviates", Ann. Math. Stat. 29 (1958).</remarks>
internal static class BoxMuller
{
    private const double Ln2 = 0.69314718055994531;
    private const double HalfPi = 1.5707963267948966;

    /// <summary>
    /// The pair for u = mantissa·2^exponent and v.
    /// </summary>
    /// <param name="mantissa">Of u, in [√½, √2).</param>
    /// <param name="exponent">Of u, a whole number.</param>
    /// <param name="v">In [0, 1].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TLane Cosine, TLane Sine) Pair<TLane>(TLane mantissa, TLane exponent, TLane v) where TLane : struct, ILane<TLane>
    {
        TLane radius = TLane.Sqrt(TLane.Of(-2) * TLane.MultiplyAdd(exponent, TLane.Of(Ln2), LogMantissa(mantissa)));
        (TLane cosine, TLane sine) = Circle(v);
        return (radius * cosine, radius * sine);
    }

    /// <summary>
    /// ln m = 2 artanh s, s = (m − 1)/(m + 1), by the series Σ s^{2k+1}/(2k+1); |s| ≤ 0.1716, so eleven terms leave less than 1e-17.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane LogMantissa<TLane>(TLane m) where TLane : struct, ILane<TLane>
    {
        TLane one = TLane.Of(1);
        TLane s = (m - one) / (m + one);
        TLane z = s * s;
        TLane sum = TLane.MultiplyAdd(z, TLane.Of(1.0 / 21), TLane.Of(1.0 / 19));
        sum = TLane.MultiplyAdd(z, sum, TLane.Of(1.0 / 17));
        sum = TLane.MultiplyAdd(z, sum, TLane.Of(1.0 / 15));
        sum = TLane.MultiplyAdd(z, sum, TLane.Of(1.0 / 13));
        sum = TLane.MultiplyAdd(z, sum, TLane.Of(1.0 / 11));
        sum = TLane.MultiplyAdd(z, sum, TLane.Of(1.0 / 9));
        sum = TLane.MultiplyAdd(z, sum, TLane.Of(1.0 / 7));
        sum = TLane.MultiplyAdd(z, sum, TLane.Of(1.0 / 5));
        sum = TLane.MultiplyAdd(z, sum, TLane.Of(1.0 / 3));
        sum = TLane.MultiplyAdd(z, sum, one);
        return (s + s) * sum;
    }

    /// <summary>(cos 2πv, sin 2πv): v is taken to the nearest quarter turn k exactly, the rest |θ| ≤ π/4 by Taylor series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLane Cosine, TLane Sine) Circle<TLane>(TLane v) where TLane : struct, ILane<TLane>
    {
        TLane turns = v * TLane.Of(4);
        TLane k = TLane.Round(turns);
        TLane theta = (turns - k) * TLane.Of(HalfPi);
        TLane z = theta * theta;
        TLane sine = theta * Series(z, 2);
        TLane cosine = Series(z, 1);

        TLane half = TLane.Of(0.5);
        TLane swapped = TLane.Less(TLane.Abs(TLane.Abs(k - TLane.Of(2)) - TLane.Of(1)), half);
        TLane x = TLane.Select(swapped, sine, cosine);
        TLane y = TLane.Select(swapped, cosine, sine);
        TLane left = TLane.Less(TLane.Abs(k - TLane.Of(1.5)), TLane.Of(1));
        TLane below = TLane.Less(TLane.Abs(k - TLane.Of(2.5)), TLane.Of(1));
        return (TLane.Select(left, -x, x), TLane.Select(below, -y, y));
    }

    /// <summary>
    /// 1 − z/(f(f+1)) + z²/(f(f+1)(f+2)(f+3)) − …: cos θ for f = 1, sin θ/θ for f = 2, z = θ² ≤ (π/4)²; what is left out is below 1e-18.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Series<TLane>(TLane z, double f) where TLane : struct, ILane<TLane>
    {
        TLane one = TLane.Of(1);
        TLane sum = TLane.MultiplyAdd(z, TLane.Of(-1 / ((f + 16) * (f + 17))), one);
        sum = TLane.MultiplyAdd(z * TLane.Of(-1 / ((f + 14) * (f + 15))), sum, one);
        sum = TLane.MultiplyAdd(z * TLane.Of(-1 / ((f + 12) * (f + 13))), sum, one);
        sum = TLane.MultiplyAdd(z * TLane.Of(-1 / ((f + 10) * (f + 11))), sum, one);
        sum = TLane.MultiplyAdd(z * TLane.Of(-1 / ((f + 8) * (f + 9))), sum, one);
        sum = TLane.MultiplyAdd(z * TLane.Of(-1 / ((f + 6) * (f + 7))), sum, one);
        sum = TLane.MultiplyAdd(z * TLane.Of(-1 / ((f + 4) * (f + 5))), sum, one);
        sum = TLane.MultiplyAdd(z * TLane.Of(-1 / ((f + 2) * (f + 3))), sum, one);
        return TLane.MultiplyAdd(z * TLane.Of(-1 / (f * (f + 1))), sum, one);
    }
}
