using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution.Cpu.Formulas;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>The one loop of every step that maps each entry of one register by a formula.</summary>
internal sealed unsafe class EntryPlaneLoop<TLane, T, TFormula>(TFormula formula) : PlaneLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFormula : struct, IEntryFormula
{
    public override int TermCount => TFormula.TermCount;

    public override void Pairs(in PlaneFrame<T> frame)
    {
        if (frame.WithTheta) WithTheta<OneLeft>(in frame);
        else OfK<OneLeft>(in frame);
    }

    public override void Selves(in PlaneFrame<T> frame)
    {
        if (frame.WithTheta) WithTheta<EachLeft>(in frame);
        else OfK<EachLeft>(in frame);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double WriteTerms(in PlaneFrame<T> frame)
    {
        TFormula step = formula;
        nint stride = frame.Positions * TLane.Count;
        T* variances = frame.Sources[0].K, terms = frame.Right;
        for (nint j = 0; j < stride; j += TLane.Count)
        {
            Terms<TLane> side = step.Side(TLane.Load(in variances[j]));
            if (TFormula.TermCount > 0) TLane.Store(side.A, ref terms[j]);
            if (TFormula.TermCount > 1) TLane.Store(side.B, ref terms[stride + j]);
            if (TFormula.TermCount > 2) TLane.Store(side.C, ref terms[2 * stride + j]);
            if (TFormula.TermCount > 3) TLane.Store(side.D, ref terms[3 * stride + j]);
        }

        return 0;
    }

    // Two methods: the compiler's inlining budget covers a formula in one loop, not in two.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WithTheta<TLeft>(in PlaneFrame<T> frame) where TLeft : struct, ILeftSide
    {
        TFormula step = formula;
        int width = TLeft.Width(TLane.Count);
        nint leftStride = frame.Positions * width, rightStride = frame.Positions * TLane.Count;
        foreach (PlaneRun run in frame.View.Runs)
        {
            nint start = (nint)run.Index * TLane.Count;
            T* k = frame.Sources[0].K + start, theta = frame.Sources[0].Theta + start;
            T* kOut = frame.Target.K + start, thetaOut = frame.Target.Theta + start;
            T* left = frame.Left + (nint)run.Left * width, right = frame.Right + (nint)run.Right * TLane.Count;
            nint length = (nint)run.Length * TLane.Count;
            for (nint j = 0; j < length; j += TLane.Count)
            {
                Terms<TLane> one = LeftTerms<TLeft>(left, leftStride), other = RightTerms(right + j, rightStride);
                EntryValue<TLane> value = step.Entry(in one, in other, TLane.Load(in k[j]), TLane.Load(in theta[j]));
                TLane.Store(value.K, ref kOut[j]);
                TLane.Store(value.Theta, ref thetaOut[j]);
                left += width;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OfK<TLeft>(in PlaneFrame<T> frame) where TLeft : struct, ILeftSide
    {
        TFormula step = formula;
        int width = TLeft.Width(TLane.Count);
        nint leftStride = frame.Positions * width, rightStride = frame.Positions * TLane.Count;
        foreach (PlaneRun run in frame.View.Runs)
        {
            nint start = (nint)run.Index * TLane.Count;
            T* k = frame.Sources[0].K + start, kOut = frame.Target.K + start;
            T* left = frame.Left + (nint)run.Left * width, right = frame.Right + (nint)run.Right * TLane.Count;
            nint length = (nint)run.Length * TLane.Count;
            for (nint j = 0; j < length; j += TLane.Count)
            {
                Terms<TLane> one = LeftTerms<TLeft>(left, leftStride), other = RightTerms(right + j, rightStride);
                TLane.Store(step.Entry(in one, in other, TLane.Load(in k[j]), default).K, ref kOut[j]);
                left += width;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Terms<TLane> LeftTerms<TLeft>(T* terms, nint stride) where TLeft : struct, ILeftSide => new(
        TFormula.TermCount > 0 ? TLeft.Load<TLane, T>(terms) : default,
        TFormula.TermCount > 1 ? TLeft.Load<TLane, T>(terms + stride) : default,
        TFormula.TermCount > 2 ? TLeft.Load<TLane, T>(terms + 2 * stride) : default,
        TFormula.TermCount > 3 ? TLeft.Load<TLane, T>(terms + 3 * stride) : default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Terms<TLane> RightTerms(T* terms, nint stride) => new(
        TFormula.TermCount > 0 ? TLane.Load(in terms[0]) : default,
        TFormula.TermCount > 1 ? TLane.Load(in terms[stride]) : default,
        TFormula.TermCount > 2 ? TLane.Load(in terms[2 * stride]) : default,
        TFormula.TermCount > 3 ? TLane.Load(in terms[3 * stride]) : default);
}
