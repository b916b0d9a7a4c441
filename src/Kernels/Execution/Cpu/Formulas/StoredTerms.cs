using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Formulas;

/// <summary>A formula's terms of one side in memory, each term a stride after the one before it; those that the formula does not use are not touched.</summary>
internal static unsafe class StoredTerms<TLane, T, TFormula>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFormula : struct, IEntryFormula
{
    /// <summary>The terms of one sample, in every place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Terms<TLane> Broadcast(T* terms, nint stride) => new(
        TFormula.TermCount > 0 ? TLane.Broadcast(terms[0]) : default,
        TFormula.TermCount > 1 ? TLane.Broadcast(terms[stride]) : default,
        TFormula.TermCount > 2 ? TLane.Broadcast(terms[2 * stride]) : default,
        TFormula.TermCount > 3 ? TLane.Broadcast(terms[3 * stride]) : default);

    /// <summary>The terms of as many samples as a lane has places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Terms<TLane> Load(T* terms, nint stride) => new(
        TFormula.TermCount > 0 ? TLane.Load(in terms[0]) : default,
        TFormula.TermCount > 1 ? TLane.Load(in terms[stride]) : default,
        TFormula.TermCount > 2 ? TLane.Load(in terms[2 * stride]) : default,
        TFormula.TermCount > 3 ? TLane.Load(in terms[3 * stride]) : default);

    /// <summary>Writes what <see cref="Load"/> reads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in Terms<TLane> side, T* terms, nint stride)
    {
        if (TFormula.TermCount > 0) TLane.Store(side.A, ref terms[0]);
        if (TFormula.TermCount > 1) TLane.Store(side.B, ref terms[stride]);
        if (TFormula.TermCount > 2) TLane.Store(side.C, ref terms[2 * stride]);
        if (TFormula.TermCount > 3) TLane.Store(side.D, ref terms[3 * stride]);
    }
}
