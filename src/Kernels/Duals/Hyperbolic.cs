using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// e^{−m}·sinh r and e^{−m}·cosh r, without overflow, both relatively accurate; |r| is taken for at most m and, but for a few units, <c>most</c>,
/// whatever rounding has made of it.
/// </summary>
internal static class Hyperbolic
{
    /// <summary>With E = e^{|r|−m} and u = 1 − e^{−2|r|}: ½Eu with the sign of r, and ½E(2 − u).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Damped<TLane>(TLane m, TLane r, TLane most, out TLane sinh, out TLane cosh) where TLane : struct, ILane<TLane>
    {
        TLane magnitude = TLane.Min(most * TLane.Of(1 + 8 * Correlation.Ulp<TLane>()), TLane.Abs(r));
        TLane half = LaneMath.Exp(TLane.Min(TLane.Of(0), magnitude - m)) * TLane.Of(0.5);
        TLane u = -LaneMath.ExpMinusOne(magnitude * TLane.Of(-2));
        sinh = TLane.CopySign(half * u, r);
        cosh = half * (TLane.Of(2) - u);
    }
}
