namespace InfiniteNtk.Regression.Tests.LinearAlgebra;

/// <summary>Counts operations and then does them.</summary>
internal sealed class CountingAlgebra(ILinearAlgebra algebra) : ILinearAlgebra
{
    public int Calls { get; private set; }

    /// <summary>Run before each operation.</summary>
    public Action<int>? Before { get; init; }

    public string Name => algebra.Name;

    public int Threads => algebra.Threads;

    private ILinearAlgebra Next
    {
        get
        {
            Calls++;
            Before?.Invoke(Calls);
            return algebra;
        }
    }

    public void Multiply(
        double alpha, MatrixView<double> a, bool transposeA, MatrixView<double> b, bool transposeB, double beta, MatrixView<double> c) =>
        Next.Multiply(alpha, a, transposeA, b, transposeB, beta, c);

    public nint Cholesky(MatrixView<double> a) => Next.Cholesky(a);

    public void SolveTriangular(MatrixView<double> lower, bool transposed, MatrixView<double> b) => Next.SolveTriangular(lower, transposed, b);

    public void InvertFromCholesky(MatrixView<double> factor) => Next.InvertFromCholesky(factor);

    public void EigenvaluesAndCoefficients(MatrixView<double> a, Span<double> eigenvalues, MatrixView<double> y) =>
        Next.EigenvaluesAndCoefficients(a, eigenvalues, y);

    public void Eigenvectors(MatrixView<double> a, Span<double> eigenvalues) => Next.Eigenvectors(a, eigenvalues);
}
