using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Formulas;

/// <summary>K' = K, Θ' = Θ.</summary>
internal readonly struct Unchanged : IEntryFormula
{
    public static int TermCount => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EntryValue<TLane> Entry<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k, TLane theta) where TLane : struct, ILane<TLane> =>
        new(k, theta);
}
