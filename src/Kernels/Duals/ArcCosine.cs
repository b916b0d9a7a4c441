using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The duals of activations that bend at 0 (Cho and Saul 2009, orders 0 and 1), from how far the angle θ = arccos ρ is from a right one:
/// Turn = ¼ − θ/2π.
/// </summary>
/// <remarks>
/// With the gap v = 1 − |ρ|, one fused multiply-add, and u = 2 − v: |Turn| = ¼ + √v·P(√u), P(w) = −arccos(w² − 1)/2π√(2 − w²) on [1, √2]. Its
/// singularity, w = −√2, is so far away that each degree brings a digit and a half; 5 (f32) and 10 (f64) leave 4e-9 and 2e-16 of the angle.
/// P(w) = E(u) + (w − 1)·O(u), which do not wait for the root. √v·√u is sin θ, and κ is homogeneous in the deviations:
/// κ = k·κ̇ + A·sin θ. Exact at ρ = 0 and ±1; near ρ = −1 κ is accurate to an ulp of √(pq), larger than itself, and may come out negative.
/// </remarks>
internal static class ArcCosine
{
    /// <summary>The dual of the rectifier: κ̇ = ¼ + Turn.</summary>
    /// <param name="k">The covariance; ρ = k·inverse.</param>
    /// <param name="inverse">The inverse of the deviations' product.</param>
    /// <param name="limit">The product of two <see cref="Limit"/>: more k cannot be. (At ρ = −1 the slope is 0, so that no lower end is needed.)</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualValue<TLane> Rectifier<TLane>(TLane k, TLane inverse, TLane limit) where TLane : struct, ILane<TLane>
    {
        TLane slope = Turn(k, inverse, out TLane sine) + TLane.Of(0.25);
        return new(TLane.MultiplyAdd(TLane.Min(limit, k), slope, limit * TLane.Of(Amplitude<TLane>(1)) * sine), slope);
    }

    /// <summary>The dual of an activation with slope a below 0 and b above: κ̇ = even + odd·Turn.</summary>
    /// <param name="k">The covariance; ρ = k·inverse.</param>
    /// <param name="inverse">The inverse of the deviations' product.</param>
    /// <param name="limit">The product of two <see cref="Limit"/>: more than that |k| cannot be.</param>
    /// <param name="even">(a + b)²/4.</param>
    /// <param name="odd">(b − a)².</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualValue<TLane> Bend<TLane>(TLane k, TLane inverse, TLane limit, double even, double odd) where TLane : struct, ILane<TLane>
    {
        TLane slope = TLane.MultiplyAdd(Turn(k, inverse, out TLane sine), TLane.Of(odd), TLane.Of(even));
        return new(TLane.MultiplyAdd(Correlation.Between(k, limit), slope, limit * TLane.Of(Amplitude<TLane>(odd)) * sine), slope);
    }

    /// <summary>√q and the 4 units in the last place by which rounding may leave the square root of a covariance above it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Limit<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        Correlation.Deviation(q) * TLane.Of(1 + 4 * Correlation.Ulp<TLane>());

    // A = odd·√(pq)/2π, over the product of two limits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Amplitude<TLane>(double odd) where TLane : struct, ILane<TLane> =>
        odd * (0.15915494309189535 * (1 - 8 * Correlation.Ulp<TLane>()));

    // Turn, and sin θ ≥ 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Turn<TLane>(TLane k, TLane inverse, out TLane sine) where TLane : struct, ILane<TLane>
    {
        TLane gap = TLane.MultiplyAdd(TLane.CopySign(k, TLane.Of(-1)), inverse, TLane.Of(1));
        TLane root = TLane.SqrtAbove(gap, TLane.Of(8 * Correlation.Ulp<TLane>())), u = TLane.Of(2) - gap;
        TLane w = TLane.Sqrt(u);
        sine = root * w;
        TLane turn = TLane.MultiplyAdd(root, TLane.MultiplyAdd(w - TLane.Of(1), O(u), E(u)), TLane.Of(0.25));
        return TLane.CopySign(turn, k);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane E<TLane>(TLane u) where TLane : struct, ILane<TLane> => TLane.IsSingle
        ? LaneMath.Horner(u, TLane.Of(-0.0055907065980136395), -0.04396189749240875, -0.20044739544391632)
        : LaneMath.Horner(
            u, LaneMath.Horner(u, TLane.Of(-4.198808621156337e-06), -0.00037010227888637306, -0.00396681008331405),
            -0.014091594122277624, -0.036990005666055634, -0.19457728904084515);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane O<TLane>(TLane u) where TLane : struct, ILane<TLane> => TLane.IsSingle
        ? LaneMath.Horner(u, TLane.Of(0.0007059114286676049), 0.02607516385614872, 0.15181533992290497)
        : LaneMath.Horner(u, TLane.Of(6.224113368897999e-05), 0.001884069982597563, 0.014070415349607965, 0.05048717538035902, 0.15895603897592564);
}
