using System.Numerics;

namespace InfiniteNtk.FiniteWidth.Products;

/// <summary>The one heavy operation of a finite network; row-major and contiguous throughout.</summary>
internal interface IMatrixProduct<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>C ← alpha·op(A)·op(B) + beta·C, where op(A) is m × k, op(B) k × n and op transposes where asked.</summary>
    void Multiply(
        int m, int n, int k, double alpha, ReadOnlySpan<T> a, bool transposeA, ReadOnlySpan<T> b, bool transposeB, double beta, Span<T> c);

    /// <summary>C ← A·Aᵀ, A being n × k: half the work of the product.</summary>
    void Square(int n, int k, ReadOnlySpan<T> a, Span<T> c);
}
