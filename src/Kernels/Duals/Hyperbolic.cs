using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>e^{−m}·sinh r and e^{−m}·cosh r for m ≥ |r|, without overflow, both relatively accurate.</summary>
internal static class Hyperbolic
{
    /// <summary>With E = e^{|r|−m} and u = 1 − e^{−2|r|}: ½Eu with the sign of r, and ½E(2 − u).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Damped<TLane>(TLane m, TLane r, out TLane sinh, out TLane cosh) where TLane : struct, ILane<TLane>
    {
        TLane magnitude = TLane.Abs(r);
        TLane half = LaneMath.Exp(magnitude - m) * TLane.Of(0.5);
        TLane u = -LaneMath.ExpMinusOne(magnitude * TLane.Of(-2));
        sinh = TLane.CopySign(half * u, r);
        cosh = half * (TLane.Of(2) - u);
    }
}
