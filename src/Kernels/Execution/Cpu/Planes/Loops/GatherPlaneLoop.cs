using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>A tap sum of any geometry in which each plane reads the plane of its own key: by tables of the entries that each entry reads.</summary>
internal sealed unsafe class GatherPlaneLoop<TLane, T>(TapSum step, AxisTransfer[] axes) : PlaneLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TapEnd _end = new(step);

    public override bool InPlace => false;

    public override void Pairs(in PlaneFrame<T> frame)
    {
        if (step.Local && !frame.IsDiagonal)
        {
            Fill(in frame, TLane.Of(0), TLane.Of(0));
            return;
        }

        var blocks = new AxisBlock[axes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            AxisBlock? block = frame.SourceView is null ? null : axes[i][frame.View.AxisPlanes[i], frame.SourceView.AxisPlanes[i]];
            if (block is null)
            {
                Fill(in frame, TLane.Of(step.BiasVariance), TLane.Of(step.NtkShift));
                return;
            }

            blocks[i] = block;
        }

        TransferRows<TLane, T>.Run(
            blocks, frame.SourceView!.Lengths, frame.Sources[0], frame.WithTheta, frame.Scratch, new End(_end.In<TLane, T>(), frame.Target, frame.WithTheta));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill(in PlaneFrame<T> frame, TLane k, TLane theta)
    {
        for (nint j = 0; j < (nint)frame.View.Positions * TLane.Count; j += TLane.Count)
        {
            TLane.Store(k, ref frame.Target.K[j]);
            if (frame.WithTheta) TLane.Store(theta, ref frame.Target.Theta[j]);
        }
    }

    private readonly struct End(TapEnd.Constants<TLane, T> constants, PlaneBlock<T> target, bool withTheta) : ITransferEnd<TLane, T>
    {
        public bool SkipsEmpty => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Put(nint at, TLane k, TLane theta)
        {
            if (withTheta) constants.Write<Yes, No>(k, theta, null, null, target.K + at, target.Theta + at);
            else constants.Write<No, No>(k, default, null, null, target.K + at, null);
        }
    }
}
