using System.Runtime.CompilerServices;

namespace InfiniteNtk.Kernels.Lanes;

internal static partial class LaneMath
{
    /// <summary>eˣ; 0 and ∞ beyond the range of the type, NaN for NaN.</summary>
    /// <remarks>
    /// x = n·ln 2 + r with ln 2 in two parts, eʳ = 1 + r·E(r), E of degree 10 (f64; 5 for f32) on |r| ≤ ½ ln 2; 2ⁿ in two
    /// factors, so that the ends of the range overflow and underflow gradually.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Exp<TLane>(TLane x) where TLane : struct, ILane<TLane>
    {
        Reduce(x, out TLane n, out TLane r);
        return Scale(TLane.MultiplyAdd(r, ExpMinusOneOver(r), TLane.Of(1)), n);
    }

    /// <summary>eˣ − 1, relatively accurate near x = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane ExpMinusOne<TLane>(TLane x) where TLane : struct, ILane<TLane>
    {
        Reduce(x, out TLane n, out TLane r);
        TLane rest = r * ExpMinusOneOver(r);
        return Scale(rest, n) + (Scale(TLane.Of(1), n) - TLane.Of(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce<TLane>(TLane x, out TLane n, out TLane r) where TLane : struct, ILane<TLane>
    {
        TLane clamped = TLane.Min(TLane.Of(TLane.IsSingle ? 90 : 712), TLane.Max(TLane.Of(TLane.IsSingle ? -105 : -747), x));
        n = TLane.Round(clamped * TLane.Of(1.4426950408889634));
        r = TLane.MultiplyAdd(n, TLane.Of(TLane.IsSingle ? -0.693145751953125 : -0.6931471803691238), clamped);
        r = TLane.MultiplyAdd(n, TLane.Of(TLane.IsSingle ? -1.42860682030941723212e-6 : -1.9082149292705877e-10), r);
    }

    // a·2ⁿ by two halves of n, each within the normal range.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Scale<TLane>(TLane a, TLane n) where TLane : struct, ILane<TLane>
    {
        TLane half = TLane.Round(n * TLane.Of(0.5));
        return TLane.ScaleByPowerOfTwo(TLane.ScaleByPowerOfTwo(a, half), n - half);
    }

    // (eʳ − 1)/r on |r| ≤ ½ ln 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane ExpMinusOneOver<TLane>(TLane r) where TLane : struct, ILane<TLane>
    {
        if (TLane.IsSingle)
        {
            TLane p = TLane.Of(0.0013933641031986701);
            p = Horner(r, p, 0.008369148490856347, 0.04166646500604005, 0.16666505260408124, 0.5000000013457727);
            p = Horner(r, p, 1.00000001077157);
            return p;
        }
        else
        {
            TLane p = TLane.Of(2.510520637395701e-08);
            p = Horner(r, p, 2.7626357241447223e-07, 2.7557255425746435e-06, 2.4801504346997686e-05, 0.00019841269874800493);
            p = Horner(r, p, 0.0013888888932488599, 0.008333333333326141, 0.04166666666657314, 0.1666666666666667);
            p = Horner(r, p, 0.5000000000000006, 1.0);
            return p;
        }
    }
}
