using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Formulas;

/// <summary>K' = K/√(m·m'), Θ' = Θ/√(m·m') with m = q + epsilon; a side's term is 1/√m.</summary>
internal readonly struct NormalizeFormula(double epsilon) : IEntryFormula
{
    public static int TermCount => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        new(TLane.Of(1) / TLane.Sqrt(q + TLane.Of(epsilon)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EntryValue<TLane> Entry<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k, TLane theta)
        where TLane : struct, ILane<TLane>
    {
        TLane scale = left.A * right.A;
        return new(k * scale, theta * scale);
    }
}
