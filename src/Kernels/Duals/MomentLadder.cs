using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The recurrence F_{n+1} = (2n+1)·k·F_n + n²·(pq−k²)·F_{n−1} that the duals of xⁿ and of 1[x≥0]xⁿ both obey.
/// Source: Bonnet's recurrence of the Legendre polynomials; for the rectified powers Cho and Saul (2009) in the form without
/// derivatives.
/// </summary>
internal static class MomentLadder
{
    /// <summary>From F_0 and F_1 to F_degree and F_{degree−1}, degree ≥ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Climb<TLane>(int degree, TLane k, TLane determinant, ref TLane below, ref TLane top)
        where TLane : struct, ILane<TLane>
    {
        for (int n = 1; n < degree; n++)
        {
            TLane next = TLane.MultiplyAdd(
                k * TLane.Of((2 * n) + 1), top, determinant * TLane.Of((double)n * n) * below);
            below = top;
            top = next;
        }
    }
}
