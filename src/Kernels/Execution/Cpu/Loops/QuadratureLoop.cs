using System.Numerics;
using InfiniteNtk.Kernels.Duals;

namespace InfiniteNtk.Kernels.Execution.Cpu.Loops;

/// <summary>
/// The loop of activations that are integrated pair by pair, in double precision, one number at a time. A sample's term is its
/// variance. The larger variance goes first, so that exchanging the samples changes no bit.
/// </summary>
internal sealed unsafe class QuadratureLoop<T>(int source, int target, QuadratureDual quadrature) : StepLoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int TermCount => 1;

    public override void Pairs(in Strip<T> strip)
    {
        nint end = Math.Min(strip.Columns, strip.Products.Tile.Columns);
        for (nint row = 0; row < strip.Rows; row++)
        {
            for (nint j = strip.FirstColumn; j < end; j++) Entry(in strip, row * strip.Registers.Stride + j, strip.Left[row], strip.Right[j]);
        }
    }

    public override DualAccuracy Self(in Strip<T> strip)
    {
        T* variances = strip.Registers.K(source);
        nint end = Math.Min(strip.Columns, strip.Products.Tile.Columns);
        for (nint j = strip.FirstColumn; j < end; j++)
        {
            T variance = strip.Right[j] = T.Max(T.Zero, variances[j]);
            if (T.IsFinite(variance)) Entry(in strip, j, variance, variance);
        }

        return new DualAccuracy(QuadratureDual.Accuracy, 0);
    }

    private void Entry(in Strip<T> strip, nint at, T left, T right)
    {
        DualValue<T> value = quadrature.Ordered(left, right, strip.Registers.K(source)[at]);
        strip.Registers.K(target)[at] = value.Kappa;
        if (!strip.WithTheta) return;
        strip.Registers.Theta(target)[at] = strip.Registers.Theta(source)[at] * value.KappaDot;
    }
}
