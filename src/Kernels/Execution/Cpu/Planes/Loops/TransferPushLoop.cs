using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>Any linear map of positions that mixes planes: pooling, resizing, slices, concatenation, strides.</summary>
internal sealed unsafe class TransferPushLoop<TLane, T> : PushLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (int Plane, AxisBlock[] Blocks)[][] _targets;

    /// <param name="source">The source's planes.</param>
    /// <param name="axes">The map of each axis.</param>
    public TransferPushLoop(PlaneFamily source, AxisTransfer[] axes)
    {
        _targets = new (int Plane, AxisBlock[] Blocks)[source.Count][];
        for (int plane = 0; plane < source.Count; plane++) _targets[plane] = [.. Targets(axes, plane)];
        MostRows = _targets.SelectMany(targets => targets)
            .Select(target => TransferRows<TLane, T>.MostRows(target.Blocks.SkipLast(1))).DefaultIfEmpty(1).Max();
    }

    public override int MostRows { get; }

    public override int[] TargetsOf(int source) => [.. _targets[source].Select(target => target.Plane)];

    public override void Add(in PushFrame<T> frame)
    {
        foreach ((int plane, AxisBlock[] blocks) in _targets[frame.View.Plane])
        {
            if (!frame.Active[plane]) continue;
            int bank = frame.Target.Layout.BankOf(plane, frame.Sign);
            bool first = frame.Target.IsFirst(plane, bank);
            PlaneBlock<T> sums = frame.Target.Sums(plane, bank);
            if (frame.Target.Layout.Compensated)
            {
                var end = new CompensatedEnd(sums, frame.Target.Carries(plane, bank), first, frame.WithTheta);
                TransferRows<TLane, T>.Run(blocks, frame.View.Lengths, frame.Source, frame.WithTheta, frame.Scratch, end);
            }
            else if (first)
            {
                TransferRows<TLane, T>.Run(blocks, frame.View.Lengths, frame.Source, frame.WithTheta, frame.Scratch, new WriteEnd(sums, frame.WithTheta));
            }
            else
            {
                TransferRows<TLane, T>.Run(blocks, frame.View.Lengths, frame.Source, frame.WithTheta, frame.Scratch, new AddEnd(sums, frame.WithTheta));
            }
        }
    }

    public override void Fetch(in PushFrame<T> frame)
    {
        foreach ((int plane, _) in _targets[frame.View.Plane])
        {
            if (frame.Active[plane]) frame.Target.Fetch(plane, frame.Target.Layout.BankOf(plane, frame.Sign), frame.WithTheta);
        }
    }

    /// <summary>Every choice of one receiving plane an axis.</summary>
    private static IEnumerable<(int Plane, AxisBlock[] Blocks)> Targets(AxisTransfer[] axes, int source)
    {
        IEnumerable<(int Plane, AxisBlock[] Blocks)> found = [(0, [])];
        int divisor = axes.Aggregate(1, (product, axis) => product * axis.Source.Count);
        foreach (AxisTransfer axis in axes)
        {
            divisor /= axis.Source.Count;
            int from = source / divisor % axis.Source.Count;
            found = found.SelectMany(
                _ => Enumerable.Range(0, axis.Target.Count).Where(to => axis[to, from] is not null),
                (before, to) => (before.Plane * axis.Target.Count + to, (AxisBlock[])[.. before.Blocks, axis[to, from]!]));
        }

        return found;
    }

    private readonly struct WriteEnd(PlaneBlock<T> sums, bool withTheta) : ITransferEnd<TLane, T>
    {
        public bool SkipsEmpty => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Put(nint at, TLane k, TLane theta)
        {
            TLane.Store(k, ref sums.K[at]);
            if (withTheta) TLane.Store(theta, ref sums.Theta[at]);
        }
    }

    private readonly struct AddEnd(PlaneBlock<T> sums, bool withTheta) : ITransferEnd<TLane, T>
    {
        public bool SkipsEmpty => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Put(nint at, TLane k, TLane theta)
        {
            TLane.Store(TLane.Load(in sums.K[at]) + k, ref sums.K[at]);
            if (withTheta) TLane.Store(TLane.Load(in sums.Theta[at]) + theta, ref sums.Theta[at]);
        }
    }

    private readonly struct CompensatedEnd(PlaneBlock<T> sums, PlaneBlock<T> carries, bool first, bool withTheta) : ITransferEnd<TLane, T>
    {
        public bool SkipsEmpty => !first;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Put(nint at, TLane k, TLane theta)
        {
            Compensation.Add(k, sums.K + at, carries.K + at, first);
            if (withTheta) Compensation.Add(theta, sums.Theta + at, carries.Theta + at, first);
        }
    }
}
