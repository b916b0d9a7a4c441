using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>
/// A tap sum of three by three taps with stride 1 that keeps the positions (padding "same"): what convolutional networks mostly consist of.
/// </summary>
/// <remarks>
/// Three source rows are added in registers, two entries side by side share the sum of their common columns, and each entry is written
/// once: 9 to 10 operations for K and Θ of an entry. One method for the whole plane, since a row is too short to begin anew for each.
/// </remarks>
internal sealed unsafe class SquarePlaneLoop<TLane, T> : PlaneLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TapEnd _end;
    private readonly bool _keeps;

    /// <param name="step">The step.</param>
    /// <param name="factor">All of it times this.</param>
    /// <param name="kept">The weight of the second source, which is added: the other branch of a residual block; null: there is none.</param>
    public SquarePlaneLoop(TapSum step, double factor = 1, double? kept = null) =>
        (_end, _keeps) = (new TapEnd(step, factor, kept ?? 0), kept is not null);

    public override bool InPlace => false;

    /// <summary>Whether a step is of this kind.</summary>
    public static bool IsFor(TapSum step) =>
        step is { Local: false, Axes.Count: 2 }
        && step.Axes.All(axis => axis is { Filter: 3, Stride: 1, Low: 1, Circular: false, Transposed: false } && axis.Extent == axis.OutputExtent);

    public override void Pairs(in PlaneFrame<T> frame)
    {
        if (_keeps) Sum<Yes>(in frame);
        else Sum<No>(in frame);
    }

    private void Sum<TKeep>(in PlaneFrame<T> frame) where TKeep : struct, IChoice
    {
        if (!frame.WithTheta) Sum<No, TKeep, No>(in frame);
        else if (_end.NtkIsNngp) Sum<Yes, TKeep, Yes>(in frame);
        else Sum<Yes, TKeep, No>(in frame);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Sum<TTheta, TKeep, TSame>(in PlaneFrame<T> frame) where TTheta : struct, IChoice where TKeep : struct, IChoice where TSame : struct, IChoice
    {
        TapEnd.Constants<TLane, T> end = _end.In<TLane, T>();
        int rows = frame.View.Lengths[0];
        nint width = (nint)frame.View.Lengths[1] * TLane.Count, paired = width - 2 * TLane.Count;
        T* zeros = frame.Scratch.Zeros, k0 = zeros, k1 = frame.Sources[0].K, theta0 = zeros, theta1 = frame.Sources[0].Theta;
        T* kOut = frame.Target.K, thetaOut = frame.Target.Theta;
        nint kept = TKeep.Is ? (nint)(frame.Sources[1].K - kOut) : 0, keptTheta = TKeep.Is ? (nint)(frame.Sources[1].Theta - thetaOut) : 0;
        for (; rows > 0; rows--)
        {
            T* k2 = rows > 1 ? k1 + width : zeros, theta2 = rows > 1 ? theta1 + width : zeros;
            TLane a = TLane.Of(0), b = Column(k0, k1, k2), thetaA = a, thetaB = TTheta.Is ? Column(theta0, theta1, theta2) : a;
            nint at = TLane.Count;
            for (; at <= paired; at += 2 * TLane.Count)
            {
                TLane c = Column(k0 + at, k1 + at, k2 + at), d = Column(k0 + at + TLane.Count, k1 + at + TLane.Count, k2 + at + TLane.Count);
                TLane middle = b + c, thetaC = default, thetaD = default, thetaMiddle = default;
                if (TTheta.Is)
                {
                    thetaC = Column(theta0 + at, theta1 + at, theta2 + at);
                    thetaD = Column(theta0 + at + TLane.Count, theta1 + at + TLane.Count, theta2 + at + TLane.Count);
                    thetaMiddle = thetaB + thetaC;
                }

                end.Write<TTheta, TKeep, TSame>(a + middle, thetaA + thetaMiddle, kOut + kept, thetaOut + keptTheta, kOut, thetaOut);
                kOut += TLane.Count;
                thetaOut += TLane.Count;
                end.Write<TTheta, TKeep, TSame>(middle + d, thetaMiddle + thetaD, kOut + kept, thetaOut + keptTheta, kOut, thetaOut);
                kOut += TLane.Count;
                thetaOut += TLane.Count;
                (a, b, thetaA, thetaB) = (c, d, thetaC, thetaD);
            }

            // One or two entries are left; beyond them all is 0.
            if (at < width)
            {
                TLane last = Column(k0 + at, k1 + at, k2 + at), thetaLast = TTheta.Is ? Column(theta0 + at, theta1 + at, theta2 + at) : default;
                TLane middle = b + last, thetaMiddle = thetaB + thetaLast;
                end.Write<TTheta, TKeep, TSame>(a + middle, thetaA + thetaMiddle, kOut + kept, thetaOut + keptTheta, kOut, thetaOut);
                kOut += TLane.Count;
                thetaOut += TLane.Count;
                end.Write<TTheta, TKeep, TSame>(middle, thetaMiddle, kOut + kept, thetaOut + keptTheta, kOut, thetaOut);
            }
            else
            {
                end.Write<TTheta, TKeep, TSame>(a + b, thetaA + thetaB, kOut + kept, thetaOut + keptTheta, kOut, thetaOut);
            }

            kOut += TLane.Count;
            thetaOut += TLane.Count;
            k0 = k1;
            k1 = k2;
            theta0 = theta1;
            theta1 = theta2;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Column(T* row0, T* row1, T* row2) => TLane.Load(in *row0) + TLane.Load(in *row1) + TLane.Load(in *row2);
}
