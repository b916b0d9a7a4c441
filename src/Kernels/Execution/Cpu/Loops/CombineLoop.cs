using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Loops;

/// <summary>K' = Σ wᵢKᵢ, Θ' = Σ wᵢΘᵢ.</summary>
internal sealed unsafe class CombineLoop<TLane, T>(int[] sources, double[] weights, int target) : StepLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Pairs(in Strip<T> strip)
    {
        nint stride = strip.Registers.Stride;
        T** k = stackalloc T*[sources.Length], theta = stackalloc T*[sources.Length];
        for (nint row = 0; row < strip.Rows; row++)
        {
            for (int i = 0; i < sources.Length; i++)
            {
                k[i] = strip.Registers.K(sources[i]) + row * stride;
                theta[i] = strip.Registers.Theta(sources[i]) + row * stride;
            }

            T* kOut = strip.Registers.K(target) + row * stride, thetaOut = strip.Registers.Theta(target) + row * stride;
            for (nint j = strip.FirstColumn; j < strip.Columns; j += TLane.Count)
            {
                TLane.Store(Sum(k, j), ref kOut[j]);
                if (strip.WithTheta) TLane.Store(Sum(theta, j), ref thetaOut[j]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane Sum(T** from, nint column)
    {
        TLane sum = TLane.Of(weights[0]) * TLane.Load(in from[0][column]);
        for (int i = 1; i < weights.Length; i++) sum = TLane.MultiplyAdd(TLane.Of(weights[i]), TLane.Load(in from[i][column]), sum);
        return sum;
    }
}
