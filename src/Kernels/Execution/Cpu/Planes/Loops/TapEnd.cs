using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>What a tap sum does with the sums of its taps: K' = w·ΣK + b, Θ' = w·ΣΘ + s·ΣK + t, the filter's size divided into w and s.</summary>
/// <param name="step">The tap sum.</param>
/// <param name="factor">All of it times this.</param>
/// <param name="kept">The weight of a kept entry that is added; 0: none is.</param>
internal readonly struct TapEnd(TapSum step, double factor = 1, double kept = 0)
{
    private readonly double _weight = factor * step.WeightVariance / Taps(step), _bias = factor * step.BiasVariance;
    private readonly double _scale = factor * step.NtkScale / Taps(step), _shift = factor * step.NtkShift;

    /// <summary>Whether s = w and t = b: then w·ΣK + b is what the layer's own parameters add to Θ'.</summary>
    public bool NtkIsNngp => _scale == _weight && _shift == _bias;

    /// <summary>The constants in lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Constants<TLane, T> In<TLane, T>()
        where TLane : struct, IStoredLane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(TLane.Of(_weight), TLane.Of(_bias), TLane.Of(_scale), TLane.Of(_shift), TLane.Of(kept));

    private static double Taps(TapSum step) => step.Axes.Aggregate(1.0, (taps, axis) => taps * axis.Filter);

    /// <summary>K' and Θ' from the sums.</summary>
    internal readonly unsafe struct Constants<TLane, T>(TLane weight, TLane bias, TLane scale, TLane shift, TLane kept)
        where TLane : struct, IStoredLane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly TLane _weight = weight, _bias = bias, _scale = scale, _shift = shift, _kept = kept;

        /// <summary>K', and with <typeparamref name="TTheta"/> Θ'.</summary>
        /// <typeparam name="TTheta">Whether Θ' is computed.</typeparam>
        /// <typeparam name="TKeep">Whether kept entries are added.</typeparam>
        /// <typeparam name="TSame">Whether what the layer's own parameters add to Θ' is w·ΣK + b, as it is in the NTK parameterization.</typeparam>
        /// <typeparam name="TZero">Whether ΣΘ is 0.</typeparam>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Value<TTheta, TKeep, TSame, TZero>(TLane k, TLane theta, T* kept, T* keptTheta, out TLane kOut, out TLane thetaOut)
            where TTheta : struct, IChoice where TKeep : struct, IChoice where TSame : struct, IChoice where TZero : struct, IChoice
        {
            TLane own = TLane.MultiplyAdd(_weight, k, _bias);
            kOut = TKeep.Is ? TLane.MultiplyAdd(_kept, TLane.Load(in *kept), own) : own;
            thetaOut = default;
            if (!TTheta.Is) return;
            TLane added = TSame.Is ? own : TLane.MultiplyAdd(_scale, k, _shift);
            if (TKeep.Is) added = TLane.MultiplyAdd(_kept, TLane.Load(in *keptTheta), added);
            thetaOut = TZero.Is ? added : TLane.MultiplyAdd(_weight, theta, added);
        }

        /// <summary>Writes K', and with <typeparamref name="TTheta"/> Θ'.</summary>
        /// <typeparam name="TTheta">Whether Θ' is written.</typeparam>
        /// <typeparam name="TKeep">Whether kept entries are added.</typeparam>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write<TTheta, TKeep>(TLane k, TLane theta, T* kept, T* keptTheta, T* kOut, T* thetaOut)
            where TTheta : struct, IChoice where TKeep : struct, IChoice
        {
            Value<TTheta, TKeep, No, No>(k, theta, kept, keptTheta, out TLane nngp, out TLane ntk);
            TLane.Store(nngp, ref *kOut);
            if (TTheta.Is) TLane.Store(ntk, ref *thetaOut);
        }
    }
}
