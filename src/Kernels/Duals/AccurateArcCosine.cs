using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The dual of the rectifier, its κ accurate near ρ = −1 too: for recurrences, in which large terms cancel. With a = arccos|ρ|,
/// Turn = ¼ − a/2π and Bow = sin a − a·cos a: κ̇ = ¼ + copysign(Turn, ρ), κ = A·Bow + max(k, 0)/2. Source: Cho and Saul 2009.
/// </summary>
/// <remarks>
/// In double precision c = |ρ|, s = √(1 − c²) and a = a₀ + arcsin t with |t| ≤ sin π/8: a₀ = 0, t = s near the ends,
/// a₀ = π/4, t = (s − c)/√2 between, a₀ = π/2, t = −c around 0; arcsin t = t·A(t²), A of degree 10. Bow = s − a·c is positive for every
/// gap that is not snapped, its error within an ulp of s. In single precision with the gap v = 1 − |ρ|: Turn = ¼ − √v·P(v) and Bow = √v·v·R(v),
/// of degree 6 on [0, 1].
/// </remarks>
internal static class AccurateArcCosine
{
    private const double CosineOfEighth = 0.9238795325112867, SineOfEighth = 0.3826834323650898, RootOfHalf = 0.7071067811865476;

    /// <summary>κ and κ̇.</summary>
    /// <param name="k">The covariance; ρ = k·inverse.</param>
    /// <param name="inverse">The inverse of the deviations' product.</param>
    /// <param name="amplitude">A = √(pq)/2π.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualValue<TLane> Pair<TLane>(TLane k, TLane inverse, TLane amplitude) where TLane : struct, ILane<TLane>
    {
        TLane turn, bow;
        if (TLane.IsSingle)
        {
            TLane gap = TLane.MultiplyAdd(TLane.CopySign(k, TLane.Of(-1)), inverse, TLane.Of(1));
            TLane root = TLane.SqrtAbove(gap, TLane.Of(8 * Correlation.Ulp<TLane>()));
            turn = TLane.MultiplyAdd(root, MinusQuarterTurnOver(gap), TLane.Of(0.25));
            bow = root * gap * BowOver(gap);
        }
        else
        {
            Evaluate(k * inverse, out turn, out bow);
        }

        return new(
            TLane.MultiplyAdd(amplitude, bow, TLane.Max(k, TLane.Of(0)) * TLane.Of(0.5)),
            TLane.CopySign(turn, k) + TLane.Of(0.25));
    }

    // Turn and Bow in double precision. Its own method: the compiler's inlining budget counts branches that are never taken.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Evaluate<TLane>(TLane rho, out TLane turn, out TLane bow) where TLane : struct, ILane<TLane>
    {
        // s from 1 − ρ², which one fused multiply-add rounds once; a gap of at most 8 ulp is s² of at most 15.5 ulp.
        TLane square = TLane.MultiplyAdd(-rho, rho, TLane.Of(1));
        TLane sine = TLane.SqrtAbove(square, TLane.Of(15.5 * Correlation.Ulp<TLane>()));
        TLane minus = TLane.CopySign(rho, TLane.Of(-1));
        TLane ends = TLane.Less(minus, TLane.Of(-CosineOfEighth)), middle = TLane.Less(TLane.Of(-SineOfEighth), minus);
        TLane between = TLane.MultiplyAdd(sine, TLane.Of(RootOfHalf), minus * TLane.Of(RootOfHalf));
        TLane t = TLane.Select(ends, sine, TLane.Select(middle, minus, between));
        TLane origin = TLane.Select(ends, TLane.Of(0.25), TLane.Select(middle, TLane.Of(0), TLane.Of(0.125)));
        TLane ratio = LaneMath.ArcSineOverNarrow(t * t);
        turn = TLane.MultiplyAdd(t * ratio, TLane.Of(-0.5 / Math.PI), origin);
        TLane angle = TLane.MultiplyAdd(t, ratio, TLane.MultiplyAdd(origin, TLane.Of(-2 * Math.PI), TLane.Of(Math.PI / 2)));
        bow = TLane.MultiplyAdd(angle, minus, sine);
    }

    // −arccos(1 − v)/(2π√v).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane MinusQuarterTurnOver<TLane>(TLane v) where TLane : struct, ILane<TLane>
    {
        TLane p = TLane.Of(-0.0003513593643387545);
        p = LaneMath.Horner(v, p, 0.00037660290387261073, -0.0008457948140862004, -0.0010976485506540132, -0.0042478466554523335);
        p = LaneMath.Horner(v, p, -0.018754824407106303, -0.22507909713406568);
        return p;
    }

    // (sin a − a·cos a)/v^{3/2} at a = arccos(1 − v).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane BowOver<TLane>(TLane v) where TLane : struct, ILane<TLane>
    {
        TLane p = TLane.Of(0.0002344713665398918);
        p = LaneMath.Horner(v, p, -0.00017620035502475994, 0.0007422619752514664, 0.0016582847055392792, 0.0075927172597073725);
        p = LaneMath.Horner(v, p, 0.047139394703488206, 0.9428090524147318);
        return p;
    }
}
