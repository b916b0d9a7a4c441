using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Formulas;

/// <summary>K' = κ(K), Θ' = Θ·κ̇(K).</summary>
internal readonly struct DualFormula<TDual>(TDual dual) : IEntryFormula where TDual : struct, IDual
{
    public static int TermCount => TDual.TermCount;

    public static bool IsShort => TDual.IsShort;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> => dual.Side(q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EntryValue<TLane> Entry<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k, TLane theta)
        where TLane : struct, ILane<TLane>
    {
        DualValue<TLane> value = dual.Pair(in left, in right, k);
        return new(value.Kappa, theta * value.KappaDot);
    }
}
