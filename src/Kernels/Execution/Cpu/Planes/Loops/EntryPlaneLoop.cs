using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution.Cpu.Formulas;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>The one loop of every step that maps each entry of one register by a formula.</summary>
/// <remarks>Entries are taken <typeparamref name="TMany"/> at a time, several vectors in turn, and what is left of a plane one by one.</remarks>
internal sealed unsafe class EntryPlaneLoop<TLane, TMany, T, TFormula>(TFormula formula) : PlaneLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where TMany : struct, IStoredLane<TMany, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFormula : struct, IEntryFormula
{
    public override int TermCount => TFormula.TermCount;

    public override PlaneLoop<T>? After(PlaneLoop<T> before, bool isShared) => TFormula.IsShort ? before.Then(formula, isShared) : null;

    public override void Pairs(in PlaneFrame<T> frame)
    {
        int many = TMany.Count / TLane.Count, filled = frame.View.Positions / many * many;
        Map<OneLeft, TMany>(in frame, 0, filled);
        if (filled < frame.View.Positions) Map<OneLeft, TLane>(in frame, filled, frame.View.Positions);
    }

    public override void Selves(in PlaneFrame<T> frame) => Map<EachLeft, TLane>(in frame, 0, frame.View.Positions);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override DualAccuracy WriteTerms(in PlaneFrame<T> frame)
    {
        TFormula step = formula;
        nint stride = frame.Positions * TLane.Count;
        T* variances = frame.Sources[0].K, terms = frame.Right;
        for (nint j = 0; j < stride; j += TLane.Count)
        {
            Terms<TLane> side = step.Side(TLane.Load(in variances[j]));
            StoredTerms<TLane, T, TFormula>.Store(in side, terms + j, stride);
        }

        return default;
    }

    private void Map<TLeft, TAny>(in PlaneFrame<T> frame, int first, int end) where TLeft : struct, ILeftSide where TAny : struct, IStoredLane<TAny, T>
    {
        if (frame.WithTheta) WithTheta<TLeft, TAny>(in frame, first, end);
        else OfK<TLeft, TAny>(in frame, first, end);
    }

    // Two methods, neither of which may become part of its caller: the compiler's inlining budget covers a formula in one loop, not in two.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void WithTheta<TLeft, TAny>(in PlaneFrame<T> frame, int first, int end) where TLeft : struct, ILeftSide where TAny : struct, IStoredLane<TAny, T>
    {
        TFormula step = formula;
        nint leftStride = frame.Positions * TLeft.Width(TLane.Count), rightStride = frame.Positions * TLane.Count;
        T* k = frame.Sources[0].K, theta = frame.Sources[0].Theta, kOut = frame.Target.K, thetaOut = frame.Target.Theta;
        T* left = frame.Left, right = frame.Right;
        int* lefts = frame.View.Left + first, rights = frame.View.Right + first;
        for (nint j = (nint)first * TLane.Count; j < (nint)end * TLane.Count; j += TAny.Count)
        {
            Terms<TAny> one = LeftTerms<TLeft, TAny>(left, leftStride, lefts), other = RightTerms<TAny>(right, rightStride, rights);
            EntryValue<TAny> value = step.Entry(in one, in other, TAny.Load(in k[j]), TAny.Load(in theta[j]));
            TAny.Store(value.K, ref kOut[j]);
            TAny.Store(value.Theta, ref thetaOut[j]);
            lefts += TAny.Count / TLane.Count;
            rights += TAny.Count / TLane.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void OfK<TLeft, TAny>(in PlaneFrame<T> frame, int first, int end) where TLeft : struct, ILeftSide where TAny : struct, IStoredLane<TAny, T>
    {
        TFormula step = formula;
        nint leftStride = frame.Positions * TLeft.Width(TLane.Count), rightStride = frame.Positions * TLane.Count;
        T* k = frame.Sources[0].K, kOut = frame.Target.K, left = frame.Left, right = frame.Right;
        int* lefts = frame.View.Left + first, rights = frame.View.Right + first;
        for (nint j = (nint)first * TLane.Count; j < (nint)end * TLane.Count; j += TAny.Count)
        {
            Terms<TAny> one = LeftTerms<TLeft, TAny>(left, leftStride, lefts), other = RightTerms<TAny>(right, rightStride, rights);
            TAny.Store(step.Entry(in one, in other, TAny.Load(in k[j]), default).K, ref kOut[j]);
            lefts += TAny.Count / TLane.Count;
            rights += TAny.Count / TLane.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Terms<TAny> LeftTerms<TLeft, TAny>(T* terms, nint stride, int* positions)
        where TLeft : struct, ILeftSide where TAny : struct, IStoredLane<TAny, T> => new(
        TFormula.TermCount > 0 ? TLeft.LoadAt<TAny, T>(terms, positions) : default,
        TFormula.TermCount > 1 ? TLeft.LoadAt<TAny, T>(terms + stride, positions) : default,
        TFormula.TermCount > 2 ? TLeft.LoadAt<TAny, T>(terms + 2 * stride, positions) : default,
        TFormula.TermCount > 3 ? TLeft.LoadAt<TAny, T>(terms + 3 * stride, positions) : default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Terms<TAny> RightTerms<TAny>(T* terms, nint stride, int* positions) where TAny : struct, IStoredLane<TAny, T> => new(
        TFormula.TermCount > 0 ? TAny.LoadAt(terms, positions) : default,
        TFormula.TermCount > 1 ? TAny.LoadAt(terms + stride, positions) : default,
        TFormula.TermCount > 2 ? TAny.LoadAt(terms + 2 * stride, positions) : default,
        TFormula.TermCount > 3 ? TAny.LoadAt(terms + 3 * stride, positions) : default);
}
