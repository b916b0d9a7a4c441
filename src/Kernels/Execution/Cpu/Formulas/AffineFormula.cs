using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu.Formulas;

/// <summary>K' = w·K + b, Θ' = w·Θ + s·K + t.</summary>
internal readonly struct AffineFormula(Affine step) : IEntryFormula
{
    private readonly double _w = step.WeightVariance, _b = step.BiasVariance, _s = step.NtkScale, _t = step.NtkShift;

    public static int TermCount => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EntryValue<TLane> Entry<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k, TLane theta)
        where TLane : struct, ILane<TLane> => new(
            TLane.MultiplyAdd(TLane.Of(_w), k, TLane.Of(_b)),
            TLane.MultiplyAdd(TLane.Of(_w), theta, TLane.MultiplyAdd(TLane.Of(_s), k, TLane.Of(_t))));
}
