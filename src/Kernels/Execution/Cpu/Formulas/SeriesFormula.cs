using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Formulas;

/// <summary>The correlation in which a Hermite expansion is a polynomial.</summary>
internal static class SeriesFormula
{
    private const double Ulps = 8, DoubleUlp = 2.220446049250313e-16, SingleUlp = 1.1920928955078125e-7;

    /// <summary>
    /// ρ = k·(1/√p)·(1/√q), at most 1 in magnitude; within 8 ulp of ±1 exactly ±1, so that equal inputs give the exact limit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Correlation<TLane>(TLane k, TLane leftInverseRoot, TLane rightInverseRoot) where TLane : struct, ILane<TLane>
    {
        TLane one = TLane.Of(1), rho = k * (leftInverseRoot * rightInverseRoot);
        TLane magnitude = TLane.Min(TLane.Abs(rho), one);
        TLane near = TLane.Less(one - magnitude, TLane.Of(Ulps * (TLane.IsSingle ? SingleUlp : DoubleUlp)));
        return TLane.CopySign(TLane.Select(near, one, magnitude), rho);
    }
}
