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
    private readonly Tridiagonalization _tridiagonalization;
    private readonly Workers _workers;

    public ManagedLinearAlgebra(int threads, CancellationToken cancellation = default)
    {
        _workers = new Workers(threads, cancellation);
        _product = new Product(_workers);
        _solve = new TriangularSolve(_product, _workers);
        _cholesky = new Cholesky(_product, _solve);
        _inverse = new TriangularInverse(_product, _solve, _workers);
        _tridiagonalization = new Tridiagonalization(_product, _workers);
        Name = $"managed, {threads} {(threads == 1 ? "thread" : "threads")}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Threads => _workers.Threads;

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
        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
    }

    /// <inheritdoc/>
    public nint Cholesky(MatrixView<double> a)
    {
        Operands.DemandSquare(a, "Cannot factor a matrix");
        nint pivot = _cholesky.Factor(new Block(a));
        a.KeepAlive();
        return pivot;
    }

    /// <inheritdoc/>
    public void SolveTriangular(MatrixView<double> lower, bool transposed, MatrixView<double> b)
    {
        Operands.DemandSquare(lower, b.Rows, "Cannot solve with a triangle");
        if (transposed) _solve.LeftTransposed(new Block(lower), new Block(b));
        else _solve.Left(new Block(lower), new Block(b));
        lower.KeepAlive();
        b.KeepAlive();
    }

    /// <inheritdoc/>
    public void InvertFromCholesky(MatrixView<double> factor)
    {
        Operands.DemandSquare(factor, "Cannot invert a factored matrix");
        _inverse.InvertFactored(new Block(factor));
        Mirror.LowerToUpper(factor);
    }

    /// <inheritdoc/>
    public void EigenvaluesAndCoefficients(MatrixView<double> a, Span<double> eigenvalues, MatrixView<double> y)
    {
        const string Asked = "Cannot compute coefficients in an eigenbasis";
        Operands.DemandSquare(a, eigenvalues.Length, Asked);
        Operands.DemandSquare(a, y.Rows, Asked);
        double scale = PowerOfTwo.Below(Operands.LargestFinite(a, Asked));
        for (nint i = 0; i < a.Rows; i++) Rows.Divide(scale, a.Origin + i * a.Stride, i + 1);
        double[] below = new double[eigenvalues.Length];
        fixed (double* d = eigenvalues, e = below) _tridiagonalization.Reduce(new Block(a), d, e, new Block(y));
        a.KeepAlive();
        TridiagonalEigenvalues.Solve(eigenvalues, below, y, _workers);
        y.KeepAlive();
        for (int i = 0; i < eigenvalues.Length; i++) eigenvalues[i] *= scale;
    }

    /// <inheritdoc/>
    public void Eigenvectors(MatrixView<double> a, Span<double> eigenvalues)
    {
        const string Asked = "Cannot compute eigenvectors";
        Operands.DemandSquare(a, eigenvalues.Length, Asked);

        // The coefficients of the unit vectors are the transposed eigenvectors.
        using var vectors = KernelMatrix<double>.Temporary(a.Rows, a.Columns);
        new Block(vectors.View).Clear();
        for (nint i = 0; i < a.Rows; i++) vectors[i, i] = 1;
        EigenvaluesAndCoefficients(a, eigenvalues, vectors.View);
        for (nint i = 0; i < a.Rows; i++) vectors.View.Row(i).CopyTo(a.Row(i));
        Mirror.Transpose(a);
    }
}
