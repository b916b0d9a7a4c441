using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>K' = Σ wᵢKᵢ, Θ' = Σ wᵢΘᵢ.</summary>
internal sealed unsafe class CombinePlaneLoop<TLane, T>(double[] weights) : PlaneLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Pairs(in PlaneFrame<T> frame)
    {
        nint length = (nint)frame.View.Positions * TLane.Count;
        for (nint j = 0; j < length; j += TLane.Count)
        {
            TLane k = TLane.Of(weights[0]) * TLane.Load(in frame.Sources[0].K[j]);
            for (int i = 1; i < weights.Length; i++) k = TLane.MultiplyAdd(TLane.Of(weights[i]), TLane.Load(in frame.Sources[i].K[j]), k);
            TLane theta = default;
            if (frame.WithTheta)
            {
                theta = TLane.Of(weights[0]) * TLane.Load(in frame.Sources[0].Theta[j]);
                for (int i = 1; i < weights.Length; i++) theta = TLane.MultiplyAdd(TLane.Of(weights[i]), TLane.Load(in frame.Sources[i].Theta[j]), theta);
            }

            TLane.Store(k, ref frame.Target.K[j]);
            if (frame.WithTheta) TLane.Store(theta, ref frame.Target.Theta[j]);
        }
    }
}
