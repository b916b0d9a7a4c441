using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>
/// All entries of a plane to one number: global pooling, and flattening, which takes the plane Δ = 0 only. Short chains are added
/// plainly, chains and planes with compensation.
/// </summary>
/// <param name="weight">The weight of each entry.</param>
/// <param name="diagonal">The one plane that is summed; null: all.</param>
internal sealed unsafe class SumPushLoop<TLane, T>(double weight, int? diagonal) : PushLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chains = 4, ChainLength = 4;

    private static readonly int[] _target = [0];

    public override int[] TargetsOf(int source) => (diagonal ?? source) == source ? _target : [];

    public override void Add(in PushFrame<T> frame)
    {
        if (!frame.Active[0] || (diagonal ?? frame.View.Plane) != frame.View.Plane) return;
        int bank = frame.Target.Layout.BankOf(0, frame.Sign);
        bool first = frame.Target.IsFirst(0, bank);
        PlaneBlock<T> sums = frame.Target.Sums(0, bank), carries = frame.Target.Carries(0, bank);
        Compensation.Add(Sum(frame.Source.K, frame.View.Positions) * TLane.Of(weight), sums.K, carries.K, first);
        if (frame.WithTheta) Compensation.Add(Sum(frame.Source.Theta, frame.View.Positions) * TLane.Of(weight), sums.Theta, carries.Theta, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLane Sum(T* entries, int count)
    {
        TLane sum = TLane.Of(0), carry = sum;
        nint step = TLane.Count, at = 0, stop = count / (Chains * ChainLength) * (Chains * ChainLength) * step;
        while (at < stop)
        {
            TLane a = TLane.Load(in entries[at]), b = TLane.Load(in entries[at + step]);
            TLane c = TLane.Load(in entries[at + 2 * step]), d = TLane.Load(in entries[at + 3 * step]);
            for (int i = 1; i < ChainLength; i++)
            {
                at += Chains * step;
                a += TLane.Load(in entries[at]);
                b += TLane.Load(in entries[at + step]);
                c += TLane.Load(in entries[at + 2 * step]);
                d += TLane.Load(in entries[at + 3 * step]);
            }

            at += Chains * step;
            Compensation.Add(a + b + (c + d), ref sum, ref carry);
        }

        for (; at < count * step; at += step) Compensation.Add(TLane.Load(in entries[at]), ref sum, ref carry);
        return sum;
    }
}
