using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The algebra behind duals with Δ = (1 + cp)(1 + cq) − c²k² (erf, GELU, Gaussian). With s = 1/√(1 + cp) per side,
/// x = c·k·s·s′ is a sine and √Δ·s·s′ the cosine of the same angle; both stay accurate where x is nearly ±1. C·C′ is the most that |x| can be.
/// </summary>
internal static class Squash
{
    /// <summary>A = s = 1/√(1 + cq), B = s², C = √|cq|·s, D = 1/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Terms<TLane> Side<TLane>(TLane q, double c) where TLane : struct, ILane<TLane>
    {
        TLane scaled = q * TLane.Of(c);
        TLane one = TLane.Of(1);
        TLane root = TLane.Sqrt(scaled + one);
        TLane inverse = one / root;
        TLane share = inverse * inverse;
        return new(inverse, share, TLane.Sqrt(TLane.Abs(scaled * share)), root);
    }

    /// <summary>The squared cosine 1 − (C·C′)² + ((C·C′)² − x²), written without cancellation; equal inputs lose the last term exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane SquaredCosine<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane most, TLane sine)
        where TLane : struct, ILane<TLane> =>
        TLane.MultiplyAdd(-left.B, right.B, left.B + right.B) + Correlation.Determinant(most, sine);
}
