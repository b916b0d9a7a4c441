namespace InfiniteNtk.FiniteWidth.Products;

/// <summary>The one heavy operation of a finite network; row-major and contiguous throughout.</summary>
internal interface IMatrixProduct
{
    /// <summary>C ← alpha·op(A)·op(B) + beta·C, where op(A) is m × k, op(B) k × n and op transposes where asked.</summary>
    void Multiply(
        int m, int n, int k, double alpha, ReadOnlySpan<double> a, bool transposeA, ReadOnlySpan<double> b, bool transposeB,
        double beta, Span<double> c);
}
