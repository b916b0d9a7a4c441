using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The two functions of a = arccos|ρ| behind every activation that bends at 0 (Cho and Saul 2009, orders 0 and 1), without
/// cancellation at either end:
/// Turn = ¼ − a/2π, and Bow = sin a − a·cos a.
/// </summary>
/// <remarks>
/// For θ = arccos ρ this gives (π−θ)/2π = ¼ + copysign(Turn, ρ) and sin θ + (π−θ) cos θ = Bow + π·max(ρ, 0).
/// With t = |ρ| up to ½, else t = √(gap/2), w = t², arcsin t = t·A(w) and √(1−w) − A(w) = w·C(w):
/// up to ½, Bow = A + w(C + A) − (π/2)t; above, Bow = 2tw(C + 2A), which is relatively accurate down to gap = 0.
/// Single precision needs so few terms that polynomials in the whole gap v = 1 − |ρ| are shorter:
/// Turn = ¼ − √v·P(v), Bow = √v·v·R(v), degree 6 each on [0, 1].
/// </remarks>
internal static class ArcCosine
{
    /// <summary>Turn and Bow for |ρ| = <paramref name="magnitude"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Evaluate<TLane>(TLane magnitude, out TLane turn, out TLane bow) where TLane : struct, ILane<TLane>
    {
        TLane gap = Correlation.Gap(magnitude);
        if (TLane.IsSingle)
        {
            TLane root = TLane.Sqrt(gap);
            turn = TLane.MultiplyAdd(-root, QuarterTurnOver(gap), TLane.Of(0.25));
            bow = root * gap * BowOver(gap);
            return;
        }

        TLane half = gap * TLane.Of(0.5);
        TLane upper = TLane.Less(half, TLane.Of(0.25));
        TLane w = TLane.Select(upper, half, magnitude * magnitude);
        TLane t = TLane.Select(upper, TLane.Sqrt(half), magnitude);
        TLane a = LaneMath.ArcSineOver(w);
        TLane c = LaneMath.BendOver(w);
        turn = TLane.MultiplyAdd(
            t * a,
            TLane.Select(upper, TLane.Of(-1 / Math.PI), TLane.Of(0.5 / Math.PI)),
            TLane.Select(upper, TLane.Of(0.25), TLane.Of(0)));
        TLane inner = TLane.MultiplyAdd(w, c + a, TLane.MultiplyAdd(t, TLane.Of(-Math.PI / 2), a));
        TLane outer = (t + t) * w * TLane.MultiplyAdd(a, TLane.Of(2), c);
        bow = TLane.Select(upper, outer, inner);
    }

    // arccos(1 − v)/(2π√v).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane QuarterTurnOver<TLane>(TLane v) where TLane : struct, ILane<TLane>
    {
        TLane p = TLane.Of(0.0003513593643387545);
        p = LaneMath.Horner(v, p, -0.00037660290387261073, 0.0008457948140862004, 0.0010976485506540132, 0.0042478466554523335);
        p = LaneMath.Horner(v, p, 0.018754824407106303, 0.22507909713406568);
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
