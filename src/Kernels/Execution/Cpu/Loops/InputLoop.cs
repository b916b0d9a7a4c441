using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Products;

namespace InfiniteNtk.Kernels.Execution.Cpu.Loops;

/// <summary>K = ⟨x[s], x'[s]⟩/C, Θ = 0: the tile's product, scaled into a register.</summary>
internal sealed unsafe class InputLoop<TLane, T>(int target, bool flattened) : StepLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Pairs(in Strip<T> strip)
    {
        T* products = strip.Products.Rows(flattened, in strip, out nint stride);
        Scale(products, stride, strip.Products.LengthOf(flattened), in strip);
    }

    public override DualAccuracy Self(in Strip<T> strip)
    {
        PackedPanels<T> vectors = strip.Products.Left.Panels(flattened, strip.Position);
        T* k = strip.Registers.K(target);
        SelfProduct.Write<TLane, T>(vectors, strip.Products.Tile.Row, strip.Columns, k);
        Scale(k, strip.Registers.Stride, strip.Products.LengthOf(flattened), in strip);
        return default;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scale(T* products, nint stride, nint length, in Strip<T> strip)
    {
        TLane scale = TLane.Of(1.0 / length), zero = TLane.Of(0);
        for (nint row = 0; row < strip.Rows; row++)
        {
            T* k = strip.Registers.K(target) + row * strip.Registers.Stride, theta = strip.Registers.Theta(target) + row * strip.Registers.Stride;
            for (nint j = strip.FirstColumn; j < strip.Columns; j += TLane.Count)
            {
                TLane.Store(TLane.Load(in products[row * stride + j]) * scale, ref k[j]);
                if (strip.WithTheta) TLane.Store(zero, ref theta[j]);
            }
        }
    }
}
