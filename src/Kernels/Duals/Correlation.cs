using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>What the duals that depend on ρ = k/√(pq) share: ρ without overflow, and the gap 1 − |ρ| with its snap.</summary>
internal static class Correlation
{
    /// <summary>1/√q, or 0 for a zero variance (below the smallest normal number), so that ρ = 0 and θ = π/2 there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane InverseDeviation<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        TLane.Select(
            TLane.Less(q, TLane.Of(LaneMath.Smallest<TLane>())), TLane.Of(0), TLane.Of(1) / TLane.Sqrt(q));

    /// <summary>√q; 0 also where rounding has left a variance slightly negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Deviation<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        TLane.Sqrt(TLane.Max(TLane.Of(0), q));

    /// <summary>
    /// 1 − |ρ|, and exactly 0 below 8 units in the last place: there rounding is all that is left, and equal inputs must give
    /// the exact limit. The rounding of k, √p and √q moves |ρ| by at most 3 units.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Gap<TLane>(TLane magnitude) where TLane : struct, ILane<TLane>
    {
        TLane gap = TLane.Of(1) - magnitude;
        return TLane.Select(TLane.Less(gap, TLane.Of(8 * Ulp<TLane>())), TLane.Of(0), gap);
    }

    /// <summary>
    /// k, but not beyond what a covariance can be: its magnitude is at most √(pq) and the 8 units that the snap allows for. Without it the
    /// rounding of one layer leaves |ρ| above 1, and in a chaotic network every layer enlarges the excess.
    /// </summary>
    /// <param name="k">The covariance; NaN stays NaN.</param>
    /// <param name="most">√p·√q.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Bounded<TLane>(TLane k, TLane most) where TLane : struct, ILane<TLane> => Between(k, most * TLane.Of(1 + 8 * Ulp<TLane>()));

    /// <summary>k with a magnitude of at most <paramref name="limit"/>; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Between<TLane>(TLane k, TLane limit) where TLane : struct, ILane<TLane> => TLane.Max(-limit, TLane.Min(limit, k));

    /// <summary>
    /// pq − k², and exactly 0 where it is below 16 units in the last place of pq (the same snap, since it is pq·gap·(2 − gap)), also where
    /// rounding has left k above √(pq).
    /// </summary>
    /// <param name="most">√p·√q.</param>
    /// <param name="k">The covariance.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Determinant<TLane>(TLane most, TLane k) where TLane : struct, ILane<TLane>
    {
        TLane product = most * most;
        TLane determinant = product - k * k;
        TLane noise = product * TLane.Of(16 * Ulp<TLane>());
        return TLane.Select(TLane.Less(determinant, noise), TLane.Of(0), determinant);
    }

    /// <summary>The distance from 1 to the next larger number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Ulp<TLane>() where TLane : struct, ILane<TLane> =>
        TLane.IsSingle ? 1.1920928955078125e-7 : 2.220446049250313e-16;
}
