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
        TLane radius = Radius(mantissa, exponent);
        (TLane cosine, TLane sine) = Circle(v);
        return (radius * cosine, radius * sine);
    }

    /// <summary>√(−2 ln u) for u = mantissa·2^exponent.</summary>
    /// <param name="mantissa">Of u, in [√½, √2).</param>
    /// <param name="exponent">Of u, a whole number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Radius<TLane>(TLane mantissa, TLane exponent) where TLane : struct, ILane<TLane> =>
        TLane.Sqrt(TLane.Of(-2) * TLane.MultiplyAdd(exponent, TLane.Of(Ln2), LogMantissa(mantissa)));

    /// <summary>
    /// ln m = 2 artanh s, s = (m − 1)/(m + 1), by the series Σ s^{2k+1}/(2k+1); |s| ≤ 0.1716, so eleven terms leave less than 1e-17.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane LogMantissa<TLane>(TLane m) where TLane : struct, ILane<TLane>
    {
        TLane one = TLane.Of(1);
        TLane s = (m - one) / (m + one);
        TLane z = s * s;
        TLane sum = LaneMath.Horner(z, TLane.Of(1.0 / 21), 1.0 / 19, 1.0 / 17);
        sum = LaneMath.Horner(z, sum, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9);
        sum = LaneMath.Horner(z, sum, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1);
        return (s + s) * sum;
    }

    /// <summary>(cos 2πv, sin 2πv): v is taken to the nearest quarter turn k exactly, the rest |θ| ≤ π/4 by Taylor series; what they leave out is below 2e-18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TLane Cosine, TLane Sine) Circle<TLane>(TLane v) where TLane : struct, ILane<TLane>
    {
        TLane turns = v * TLane.Of(4);
        TLane k = TLane.Round(turns);
        TLane theta = (turns - k) * TLane.Of(HalfPi);
        TLane z = theta * theta;
        TLane cosine = LaneMath.Horner(z, TLane.Of(1.0 / 20922789888000), -1.0 / 87178291200, 1.0 / 479001600, -1.0 / 3628800, 1.0 / 40320);
        cosine = LaneMath.Horner(z, cosine, -1.0 / 720, 1.0 / 24, -1.0 / 2, 1);
        TLane sine = LaneMath.Horner(z, TLane.Of(1.0 / 355687428096000), -1.0 / 1307674368000, 1.0 / 6227020800, -1.0 / 39916800, 1.0 / 362880);
        sine = theta * LaneMath.Horner(z, sine, -1.0 / 5040, 1.0 / 120, -1.0 / 6, 1);

        // Odd quarters are within ⅛ of where the cosine changes its sign, |v − ½| = ¼.
        TLane fromChange = TLane.Abs(v - TLane.Of(0.5)) - TLane.Of(0.25);
        TLane odd = TLane.Less(TLane.Abs(fromChange), TLane.Of(0.125));
        return (
            TLane.CopySign(TLane.Select(odd, sine, cosine), fromChange),
            TLane.CopySign(TLane.Select(odd, cosine, sine), TLane.Of(0.5) - v));
    }
}
