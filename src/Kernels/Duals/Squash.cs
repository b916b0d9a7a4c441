using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The algebra behind duals with Δ = (1 + cp)(1 + cq) − c²k² (erf, GELU, Gaussian). With s = 1/√(1 + cp) per side,
/// x = c·k·s·s′ is a sine and √Δ·s·s′ the cosine of the same angle; both stay accurate where x is nearly ±1. At most |x| is y = |c|·√(pq)·s·s′.
/// </summary>
/// <remarks>Every call counts here: the just-in-time compiler has a budget for inlining, and a formula above it runs several times slower.</remarks>
internal static class Squash
{
    /// <summary>A = s = 1/√(1 + cq), B = s², C = √q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Terms<TLane> Side<TLane>(TLane q, double c) where TLane : struct, ILane<TLane>
    {
        TLane one = TLane.Of(1);
        TLane inverse = one / TLane.Sqrt(q * TLane.Of(c) + one);
        return new(inverse, inverse * inverse, Correlation.Deviation(q));
    }

    /// <summary>The magnitude of k, but √(pq) from 8 units in the last place below that: the bound and the snap in one choice. NaN stays NaN.</summary>
    /// <param name="most">√p·√q.</param>
    /// <param name="magnitude">|k|.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Snapped<TLane>(TLane most, TLane magnitude) where TLane : struct, ILane<TLane> =>
        TLane.Select(TLane.Less(most * TLane.Of(1 - 8 * Correlation.Ulp<TLane>()), magnitude), most, magnitude);

    /// <summary>The squared cosine 1 − y² + (y − x)(y + x), written without cancellation; the last term is exactly 0 where x = ±y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane SquaredCosine<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane most, TLane sine)
        where TLane : struct, ILane<TLane> =>
        TLane.MultiplyAdd(most - sine, most + sine, TLane.MultiplyAdd(-left.B, right.B, left.B + right.B));
}
