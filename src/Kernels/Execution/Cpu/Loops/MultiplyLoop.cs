using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Loops;

/// <summary>K' = Π Kᵢ, Θ' = Σᵢ Θᵢ Π_{j≠i} Kⱼ, by the product rule one factor after another.</summary>
internal sealed unsafe class MultiplyLoop<TLane, T>(int[] sources, int target) : StepLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Pairs(in Strip<T> strip)
    {
        nint stride = strip.Registers.Stride;
        for (nint row = 0; row < strip.Rows; row++)
        {
            for (nint j = strip.FirstColumn; j < strip.Columns; j += TLane.Count)
            {
                nint at = row * stride + j;
                TLane k = TLane.Load(in strip.Registers.K(sources[0])[at]);
                TLane theta = strip.WithTheta ? TLane.Load(in strip.Registers.Theta(sources[0])[at]) : default;
                for (int i = 1; i < sources.Length; i++)
                {
                    TLane factor = TLane.Load(in strip.Registers.K(sources[i])[at]);
                    if (strip.WithTheta)
                    {
                        theta = TLane.MultiplyAdd(theta, factor, k * TLane.Load(in strip.Registers.Theta(sources[i])[at]));
                    }

                    k *= factor;
                }

                TLane.Store(k, ref strip.Registers.K(target)[at]);
                if (strip.WithTheta) TLane.Store(theta, ref strip.Registers.Theta(target)[at]);
            }
        }
    }
}
