using System.Numerics;
using InfiniteNtk.FiniteWidth.Layers;
using InfiniteNtk.FiniteWidth.Products;

namespace InfiniteNtk.FiniteWidth.EmpiricalKernels;

/// <summary>All inner products of the rows of two signals.</summary>
internal static class Gram
{
    /// <summary>⟨left(p), right(p′)⟩, row-major; of a signal with itself only half of them are computed.</summary>
    public static Memory<T> Of<T>(Signal<T> left, Signal<T> right, IMatrixProduct<T> product, SignalMemory<T> memory)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Memory<T> gram = memory.Lend(checked(left.Rows * right.Rows));
        if (left == right) product.Square(left.Rows, left.Shape.Channels, left.Values, gram.Span);
        else product.Multiply(left.Rows, right.Rows, left.Shape.Channels, 1, left.Values, false, right.Values, true, 0, gram.Span);
        return gram;
    }
}
