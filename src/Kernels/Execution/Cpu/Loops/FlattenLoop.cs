using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Loops;

/// <summary>
/// K' = (1/S) Σ_s K[s, s], Θ' likewise, one position a call. The sum is compensated (its rounding errors are carried along in
/// <paramref name="carry"/> and subtracted), so it is as accurate in single precision as one rounding of the exact sum.
/// </summary>
internal sealed unsafe class FlattenLoop<TLane, T>(int source, int target, int carry) : StepLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Pairs(in Strip<T> strip)
    {
        Add(strip.Registers.K(source), strip.Registers.K(target), strip.Registers.K(carry), in strip);
        if (strip.WithTheta) Add(strip.Registers.Theta(source), strip.Registers.Theta(target), strip.Registers.Theta(carry), in strip);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(T* from, T* sums, T* carries, in Strip<T> strip)
    {
        bool first = strip.Position == 0;
        TLane zero = TLane.Of(0), scale = TLane.Of(strip.Position == strip.Positions - 1 ? 1.0 / strip.Positions : 1);
        for (nint row = 0; row < strip.Rows; row++)
        {
            nint start = row * strip.Registers.Stride;
            for (nint j = start + strip.FirstColumn; j < start + strip.Columns; j += TLane.Count)
            {
                TLane sum = first ? zero : TLane.Load(in sums[j]);
                TLane value = TLane.Load(in from[j]) - (first ? zero : TLane.Load(in carries[j]));
                TLane total = sum + value;
                TLane.Store(total - sum - value, ref carries[j]);
                TLane.Store(total * scale, ref sums[j]);
            }
        }
    }
}
