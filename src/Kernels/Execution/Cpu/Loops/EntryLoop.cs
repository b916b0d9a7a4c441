using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution.Cpu.Formulas;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Loops;

/// <summary>The one loop of every step that maps each entry of one register by a formula.</summary>
internal sealed unsafe class EntryLoop<TLane, T, TFormula>(int source, int target, TFormula formula) : StepLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFormula : struct, IEntryFormula
{
    public override int TermCount => TFormula.TermCount;

    public override void Pairs(in Strip<T> strip)
    {
        if (strip.WithTheta) PairsWithTheta(in strip);
        else PairsOfK(in strip);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override DualAccuracy Self(in Strip<T> strip)
    {
        TFormula step = formula;
        T* k = strip.Registers.K(source), kOut = strip.Registers.K(target);
        T* theta = strip.Registers.Theta(source), thetaOut = strip.Registers.Theta(target);
        for (nint j = strip.FirstColumn; j < strip.Columns; j += TLane.Count)
        {
            TLane q = TLane.Load(in k[j]);
            Terms<TLane> side = step.Side(q);
            StoredTerms<TLane, T, TFormula>.Store(in side, strip.Right + j, strip.TermStride);
            EntryValue<TLane> value = step.Entry(in side, in side, q, strip.WithTheta ? TLane.Load(in theta[j]) : default);
            TLane.Store(value.K, ref kOut[j]);
            if (strip.WithTheta) TLane.Store(value.Theta, ref thetaOut[j]);
        }

        return default;
    }

    // Two methods: the compiler's inlining budget covers a formula in one loop, not in two.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PairsWithTheta(in Strip<T> strip)
    {
        TFormula step = formula;
        nint first = strip.FirstColumn, end = strip.Columns, stride = strip.Registers.Stride, termStride = strip.TermStride;
        T* rights = strip.Right;
        for (nint row = 0; row < strip.Rows; row++)
        {
            Terms<TLane> left = StoredTerms<TLane, T, TFormula>.Broadcast(strip.Left + row, termStride);
            T* k = strip.Registers.K(source) + row * stride, kOut = strip.Registers.K(target) + row * stride;
            T* theta = strip.Registers.Theta(source) + row * stride, thetaOut = strip.Registers.Theta(target) + row * stride;
            for (nint j = first; j < end; j += TLane.Count)
            {
                Terms<TLane> right = StoredTerms<TLane, T, TFormula>.Load(rights + j, termStride);
                EntryValue<TLane> value = step.Entry(in left, in right, TLane.Load(in k[j]), TLane.Load(in theta[j]));
                TLane.Store(value.K, ref kOut[j]);
                TLane.Store(value.Theta, ref thetaOut[j]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PairsOfK(in Strip<T> strip)
    {
        TFormula step = formula;
        nint first = strip.FirstColumn, end = strip.Columns, stride = strip.Registers.Stride, termStride = strip.TermStride;
        T* rights = strip.Right;
        for (nint row = 0; row < strip.Rows; row++)
        {
            Terms<TLane> left = StoredTerms<TLane, T, TFormula>.Broadcast(strip.Left + row, termStride);
            T* k = strip.Registers.K(source) + row * stride, kOut = strip.Registers.K(target) + row * stride;
            for (nint j = first; j < end; j += TLane.Count)
            {
                Terms<TLane> right = StoredTerms<TLane, T, TFormula>.Load(rights + j, termStride);
                TLane.Store(step.Entry(in left, in right, TLane.Load(in k[j]), default).K, ref kOut[j]);
            }
        }
    }
}
