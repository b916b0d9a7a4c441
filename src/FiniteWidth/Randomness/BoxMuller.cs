using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.FiniteWidth.Randomness;

/// <summary>
/// Two independent standard Gaussians from two uniform numbers, √(−2 ln u)·(cos θ, sin θ), in single precision, by correctly rounded
/// arithmetic alone (products, fused multiply-adds, square roots), so that every processor and device gets the same bits.
/// </summary>
/// <remarks>
/// G. Box, M. Muller, "A note on the generation of random normal deviates", Ann. Math. Stat. 29 (1958). Coefficients by
/// <c>tests/Kernels.Tests/Lanes/derive_polynomials.py</c>. To change one is to change every weight of every seed.
/// </remarks>
internal static class BoxMuller
{
    private const double Ln2 = 0.69314718055994531;

    /// <summary>√(−2 ln u) for u = (1 − gap)·2^exponent: both terms of the logarithm have the same sign, so nothing cancels.</summary>
    /// <param name="gap">In (0, ½].</param>
    /// <param name="exponent">A whole number up to 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Radius<TLane>(TLane gap, TLane exponent) where TLane : struct, ILane<TLane>
    {
        // −2 ln(1 − gap)/gap; what the polynomial leaves out is below 4e-8.
        TLane series = LaneMath.Horner(gap, TLane.Of(2.8159134057271005), -3.260423380796713, 2.4100277928945886, -0.3631432955246867);
        series = LaneMath.Horner(gap, series, 0.5290951676774908, 0.4868748801972408, 0.6673239835130792, 0.9999874935459608);
        series = LaneMath.Horner(gap, series, 2);
        return TLane.Sqrt(TLane.MultiplyAdd(exponent, TLane.Of(-2 * Ln2), gap * series));
    }

    /// <summary>(cos θ, sin θ) for |θ| ≤ π/4; what the polynomials leave out is below 2e-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TLane Cosine, TLane Sine) Arc<TLane>(TLane theta) where TLane : struct, ILane<TLane>
    {
        TLane z = theta * theta;
        TLane cosine = LaneMath.Horner(z, TLane.Of(2.4547942085071572e-05), -0.0013888303035894866, 0.04166666465950221, -0.5, 1);
        TLane sine = LaneMath.Horner(z, TLane.Of(-0.00019587890880412386), 0.008332748270629749, -0.1666666466231438);
        return (cosine, TLane.MultiplyAdd(theta * z, sine, theta));
    }
}
