using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The two functions of a = arccos|ρ| behind every activation that bends at 0 (Cho and Saul 2009, orders 0 and 1):
/// Turn = ¼ − a/2π, and Bow = sin a − a·cos a.
/// </summary>
/// <remarks>
/// For θ = arccos ρ this gives (π−θ)/2π = ¼ + copysign(Turn, ρ) and sin θ + (π−θ) cos θ = Bow + π·max(ρ, 0).
/// In double precision c = |ρ|, s = √(1 − c²) and a = a₀ + arcsin t with |t| ≤ sin π/8: a₀ = 0, t = s near the ends,
/// a₀ = π/4, t = (s − c)/√2 between, a₀ = π/2, t = −c around 0; arcsin t = t·A(t²), A of degree 10. Turn = ¼ − a₀/2π − t·A/2π is
/// exact at ρ = 0 and ±1. Bow = s − a·c is positive for every gap that is not snapped, its error within an ulp of s.
/// Single precision needs so few terms that one polynomial in the whole gap v = 1 − |ρ| is shorter: Turn = ¼ − √v·P(v), of degree 6 on
/// [0, 1]. Since κ is homogeneous in the deviations, κ = k·κ̇ + A·sin a, sin a = √v·√(2 − v). There every operation is counted: v is one
/// fused multiply-add, which also rounds once, its snap is one on the root, and the sign of P is in its coefficients. κ is accurate to an
/// ulp of √(pq), also near ρ = −1, where it is smaller and may come out negative. Where that will not do, Bow = √v·v·R(v), of degree 6.
/// </remarks>
internal static class ArcCosine
{
    private const double CosineOfEighth = 0.9238795325112867, SineOfEighth = 0.3826834323650898, RootOfHalf = 0.7071067811865476;

    /// <summary>
    /// The dual of an activation with slope a below 0 and b above: κ̇ = even + copysign(odd·Turn, k), κ = A·Bow + odd·|k|/4 + even·k.
    /// </summary>
    /// <param name="k">The covariance; ρ = k·inverse.</param>
    /// <param name="inverse">The inverse of the deviations' product.</param>
    /// <param name="amplitude">A = odd·√(pq)/2π.</param>
    /// <param name="even">(a + b)²/4.</param>
    /// <param name="odd">(b − a)².</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualValue<TLane> Pair<TLane>(TLane k, TLane inverse, TLane amplitude, double even, double odd) where TLane : struct, ILane<TLane>
    {
        if (TLane.IsSingle)
        {
            TLane gap = TLane.MultiplyAdd(TLane.CopySign(k, TLane.Of(-1)), inverse, TLane.Of(1));
            TLane root = TLane.SqrtAbove(gap, TLane.Of(8 * Correlation.Ulp<TLane>()));
            TLane sine = root * TLane.Sqrt(TLane.Of(2) - gap);
            TLane part = TLane.MultiplyAdd(root, MinusQuarterTurnOver(gap), TLane.Of(0.25));
            TLane slope = TLane.MultiplyAdd(TLane.CopySign(part, k), TLane.Of(odd), TLane.Of(even));
            return new(TLane.MultiplyAdd(k, slope, amplitude * sine), slope);
        }

        Evaluate(k * inverse, out TLane turn, out TLane bow);
        TLane straight = TLane.MultiplyAdd(TLane.Abs(k), TLane.Of(0.25 * odd), k * TLane.Of(even));
        return new(TLane.MultiplyAdd(amplitude, bow, straight), TLane.MultiplyAdd(TLane.CopySign(turn, k), TLane.Of(odd), TLane.Of(even)));
    }

    /// <summary>
    /// The dual of the rectifier, κ relatively accurate near ρ = −1 in single precision too: for recurrences, in which large terms cancel.
    /// </summary>
    /// <param name="k">The covariance; ρ = k·inverse.</param>
    /// <param name="inverse">The inverse of the deviations' product.</param>
    /// <param name="amplitude">A = √(pq)/2π.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualValue<TLane> AccuratePair<TLane>(TLane k, TLane inverse, TLane amplitude) where TLane : struct, ILane<TLane>
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
