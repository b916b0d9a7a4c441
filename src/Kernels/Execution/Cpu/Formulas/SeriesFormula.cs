using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Formulas;

/// <summary>The correlation in which a Hermite expansion is a polynomial.</summary>
internal static class SeriesFormula
{
    /// <summary>
    /// ρ = k·(1/√p)·(1/√q), at most 1 in magnitude; within 8 units in the last place of ±1 exactly ±1, so that equal inputs give
    /// the exact limit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Correlation<TLane>(TLane k, TLane leftInverse, TLane rightInverse) where TLane : struct, ILane<TLane>
    {
        TLane rho = k * (leftInverse * rightInverse);
        TLane magnitude = TLane.Min(TLane.Abs(rho), TLane.Of(1));
        return TLane.CopySign(TLane.Of(1) - Duals.Correlation.Gap(magnitude), rho);
    }
}
