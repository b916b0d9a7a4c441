using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution.Cpu.Formulas;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>
/// A tap sum of three by three taps with stride 1 that keeps the positions (padding "same"), and the formula that is next applied to its
/// entries: what convolutional networks mostly consist of, in registers from one to the other.
/// </summary>
/// <remarks>
/// Three source rows are added in registers, the last two columns stay there, and each entry is written once. One method for the whole
/// plane, since a row is too short to begin anew for each.
/// </remarks>
/// <typeparam name="TLane">A vector of right samples.</typeparam>
/// <typeparam name="T">The number type.</typeparam>
/// <typeparam name="TFormula">What follows the tap sum; <see cref="Unchanged"/>: nothing.</typeparam>
internal sealed unsafe class SquarePlaneLoop<TLane, T, TFormula> : PlaneLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFormula : struct, IEntryFormula
{
    private readonly TapEnd _end;
    private readonly TFormula _formula;
    private readonly bool _keeps, _isShared;

    /// <param name="end">What is done with the sums.</param>
    /// <param name="keeps">Whether the second source is added: the other branch of a residual block.</param>
    /// <param name="formula">What follows.</param>
    /// <param name="isShared">Whether the entries in between are written as well.</param>
    public SquarePlaneLoop(TapEnd end, bool keeps, TFormula formula, bool isShared = false) =>
        (_end, _keeps, _formula, _isShared) = (end, keeps, formula, isShared);

    public override bool InPlace => false;

    public override int TermCount => TFormula.TermCount;

    public override bool KnowsZeroTheta => _end.NtkIsNngp;

    /// <summary>Whether a step is of this kind.</summary>
    public static bool IsFor(TapSum step) =>
        step is { Local: false, Axes.Count: 2 }
        && step.Axes.All(axis => axis is { Filter: 3, Stride: 1, Low: 1, Circular: false, Transposed: false } && axis.Extent == axis.OutputExtent);

    public override PlaneLoop<T>? Then<TNext>(TNext formula, bool isShared) =>
        typeof(TFormula) == typeof(Unchanged) ? new SquarePlaneLoop<TLane, T, TNext>(_end, _keeps, formula, isShared) : null;

    public override void Pairs(in PlaneFrame<T> frame)
    {
        if (_keeps) Run<Yes>(in frame);
        else Run<No>(in frame);
    }

    private void Run<TKeep>(in PlaneFrame<T> frame) where TKeep : struct, IChoice
    {
        if (_isShared) Run<TKeep, Yes>(in frame);
        else Run<TKeep, No>(in frame);
    }

    private void Run<TKeep, TShared>(in PlaneFrame<T> frame) where TKeep : struct, IChoice where TShared : struct, IChoice
    {
        if (!frame.WithTheta) Run<TKeep, TShared, No, No, No>(in frame);
        else if (!_end.NtkIsNngp) Run<TKeep, TShared, Yes, No, No>(in frame);
        else if (!frame.SourceThetaIsZero) Run<TKeep, TShared, Yes, Yes, No>(in frame);
        else Run<TKeep, TShared, Yes, Yes, Yes>(in frame);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Run<TKeep, TShared, TTheta, TSame, TZero>(in PlaneFrame<T> frame)
        where TKeep : struct, IChoice where TShared : struct, IChoice where TTheta : struct, IChoice where TSame : struct, IChoice where TZero : struct, IChoice
    {
        TFormula step = _formula;
        TapEnd.Constants<TLane, T> end = _end.In<TLane, T>();
        int rows = frame.View.Lengths[0], length = frame.View.Lengths[1];
        int* lefts = frame.View.Left, rights = frame.View.Right;
        nint width = (nint)length * TLane.Count, leftStride = frame.Positions, rightStride = frame.Positions * TLane.Count;
        T* zeros = frame.Scratch.Zeros, k0 = zeros, k1 = frame.Sources[0].K, theta0 = zeros, theta1 = frame.Sources[0].Theta;
        T* kOut = frame.Target.K, thetaOut = frame.Target.Theta;
        nint kept = TKeep.Is ? (nint)(frame.Sources[1].K - kOut) : 0, keptTheta = TKeep.Is ? (nint)(frame.Sources[1].Theta - thetaOut) : 0;
        nint between = TShared.Is ? (nint)(frame.Between.K - kOut) : 0, betweenTheta = TShared.Is ? (nint)(frame.Between.Theta - thetaOut) : 0;
        for (; rows > 0; rows--)
        {
            T* k2 = rows > 1 ? k1 + width : zeros, theta2 = rows > 1 ? theta1 + width : zeros;
            T* left = frame.Left + lefts[0], right = frame.Right + (nint)rights[0] * TLane.Count;
            TLane a = TLane.Of(0), b = Column(k0, k1, k2), thetaA = a, thetaB = TTheta.Is && !TZero.Is ? Column(theta0, theta1, theta2) : a;
            for (nint at = TLane.Count; at <= width; at += TLane.Count)
            {
                // Beyond the last column all is 0.
                TLane c = TLane.Of(0), thetaC = c;
                if (at < width)
                {
                    c = Column(k0 + at, k1 + at, k2 + at);
                    if (TTheta.Is && !TZero.Is) thetaC = Column(theta0 + at, theta1 + at, theta2 + at);
                }

                end.Value<TTheta, TKeep, TSame, TZero>(
                    a + (b + c), thetaA + (thetaB + thetaC), kOut + kept, thetaOut + keptTheta, out TLane k, out TLane theta);
                if (TShared.Is) TLane.Store(k, ref kOut[between]);
                if (TShared.Is && TTheta.Is) TLane.Store(theta, ref thetaOut[betweenTheta]);
                Terms<TLane> one = StoredTerms<TLane, T, TFormula>.Broadcast(left, leftStride);
                Terms<TLane> other = StoredTerms<TLane, T, TFormula>.Load(right, rightStride);
                EntryValue<TLane> value = step.Entry(in one, in other, k, theta);
                TLane.Store(value.K, ref *kOut);
                if (TTheta.Is) TLane.Store(value.Theta, ref *thetaOut);
                (a, b, thetaA, thetaB) = (b, c, thetaB, thetaC);
                left++;
                right += TLane.Count;
                kOut += TLane.Count;
                thetaOut += TLane.Count;
            }

            lefts += length;
            rights += length;
            k0 = k1;
            k1 = k2;
            theta0 = theta1;
            theta1 = theta2;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Column(T* row0, T* row1, T* row2) => TLane.Load(in *row0) + TLane.Load(in *row1) + TLane.Load(in *row2);
}
