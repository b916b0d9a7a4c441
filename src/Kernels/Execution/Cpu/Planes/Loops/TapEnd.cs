using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>What a tap sum does with the sums of its taps: K' = w·ΣK + b, Θ' = w·ΣΘ + s·ΣK + t, the filter's size divided into w and s.</summary>
internal readonly struct TapEnd(TapSum step)
{
    private readonly double _weight = step.WeightVariance / Taps(step), _bias = step.BiasVariance;
    private readonly double _scale = step.NtkScale / Taps(step), _shift = step.NtkShift;

    /// <summary>The constants in lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Constants<TLane, T> In<TLane, T>()
        where TLane : struct, IStoredLane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(TLane.Of(_weight), TLane.Of(_bias), TLane.Of(_scale), TLane.Of(_shift));

    private static double Taps(TapSum step) => step.Axes.Aggregate(1.0, (taps, axis) => taps * axis.Filter);

    /// <summary>K' and Θ' from the sums, written to memory.</summary>
    internal readonly unsafe struct Constants<TLane, T>(TLane weight, TLane bias, TLane scale, TLane shift)
        where TLane : struct, IStoredLane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly TLane _weight = weight, _bias = bias, _scale = scale, _shift = shift;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write(TLane k, TLane theta, T* kOut, T* thetaOut)
        {
            TLane.Store(TLane.MultiplyAdd(_weight, k, _bias), ref *kOut);
            TLane.Store(TLane.MultiplyAdd(_weight, theta, TLane.MultiplyAdd(_scale, k, _shift)), ref *thetaOut);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write(TLane k, T* kOut) => TLane.Store(TLane.MultiplyAdd(_weight, k, _bias), ref *kOut);
    }
}
