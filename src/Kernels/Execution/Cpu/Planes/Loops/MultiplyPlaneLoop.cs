using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>K' = Π Kᵢ, Θ' = Σᵢ Θᵢ Π_{j≠i} Kⱼ, by the product rule one factor after another.</summary>
internal sealed unsafe class MultiplyPlaneLoop<TLane, T>(int count) : PlaneLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Pairs(in PlaneFrame<T> frame)
    {
        nint length = (nint)frame.View.Positions * TLane.Count;
        for (nint j = 0; j < length; j += TLane.Count)
        {
            TLane k = TLane.Load(in frame.Sources[0].K[j]);
            TLane theta = frame.WithTheta ? TLane.Load(in frame.Sources[0].Theta[j]) : default;
            for (int i = 1; i < count; i++)
            {
                TLane factor = TLane.Load(in frame.Sources[i].K[j]);
                if (frame.WithTheta) theta = TLane.MultiplyAdd(theta, factor, k * TLane.Load(in frame.Sources[i].Theta[j]));
                k *= factor;
            }

            TLane.Store(k, ref frame.Target.K[j]);
            if (frame.WithTheta) TLane.Store(theta, ref frame.Target.Theta[j]);
        }
    }
}
