using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>
/// Dense linear algebra that needs nothing installed: everything is cut in halves until what is left are products.
/// Results do not depend on the number of threads, bit for bit.
/// </summary>
internal sealed unsafe class ManagedLinearAlgebra : ILinearAlgebra
{
    private readonly Product _product;
    private readonly TriangularSolve _solve;
    private readonly Cholesky _cholesky;
    private readonly TriangularInverse _inverse;

    public ManagedLinearAlgebra(int threads)
    {
        var workers = new Workers(threads);
        _product = new Product(workers);
        _solve = new TriangularSolve(_product, workers);
        _cholesky = new Cholesky(_product, _solve);
        _inverse = new TriangularInverse(_product, _solve);
        Name = $"managed, {threads} {(threads == 1 ? "thread" : "threads")}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void Multiply(
        double alpha, MatrixView<double> a, bool transposeA, MatrixView<double> b, bool transposeB, double beta, MatrixView<double> c)
    {
        Operands.DemandProduct(a, transposeA, b, transposeB, c);
        for (nint i = 0; i < c.Rows && beta != 1; i++)
        {
            // 0·NaN is NaN: what is overwritten must not leak.
            if (beta == 0) c.Row(i).Clear();
            else Rows.Scale(beta, c.Origin + i * c.Stride, c.Columns);
        }

        _product.Accumulate(alpha, new Block(a), transposeA, new Block(b), transposeB, new Block(c));
    }

    /// <inheritdoc/>
    public nint Cholesky(MatrixView<double> a)
    {
        Operands.DemandSquare(a, "Cannot factor a matrix");
        return _cholesky.Factor(new Block(a));
    }

    /// <inheritdoc/>
    public void SolveTriangular(MatrixView<double> lower, bool transposed, MatrixView<double> b)
    {
        Operands.DemandSquare(lower, b.Rows, "Cannot solve with a triangle");
        if (transposed) _solve.LeftTransposed(new Block(lower), new Block(b));
        else _solve.Left(new Block(lower), new Block(b));
    }

    /// <inheritdoc/>
    public void InvertFromCholesky(MatrixView<double> factor)
    {
        Operands.DemandSquare(factor, "Cannot invert a factored matrix");
        _inverse.InvertFactored(new Block(factor));
        Mirror.LowerToUpper(factor);
    }

    /// <inheritdoc/>
    public void EigenvaluesAndCoefficients(MatrixView<double> a, Span<double> eigenvalues, MatrixView<double> y) =>
        new MathNetLinearAlgebra().EigenvaluesAndCoefficients(a, eigenvalues, y);

    /// <inheritdoc/>
    public void Eigenvectors(MatrixView<double> a, Span<double> eigenvalues) =>
        new MathNetLinearAlgebra().Eigenvectors(a, eigenvalues);
}
