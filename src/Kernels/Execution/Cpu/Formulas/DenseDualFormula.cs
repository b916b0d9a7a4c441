using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Formulas;

/// <summary>An activation and the dense layer that alone reads it, without the way to memory and back; the bits are those of the two steps.</summary>
internal readonly struct DenseDualFormula<TDual>(DualFormula<TDual> dual, AffineFormula dense) : IEntryFormula where TDual : struct, IDual
{
    public static int TermCount => TDual.TermCount;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> => dual.Side(q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EntryValue<TLane> Entry<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k, TLane theta)
        where TLane : struct, ILane<TLane>
    {
        EntryValue<TLane> value = dual.Entry(in left, in right, k, theta);
        return dense.Entry(in left, in right, value.K, value.Theta);
    }
}
