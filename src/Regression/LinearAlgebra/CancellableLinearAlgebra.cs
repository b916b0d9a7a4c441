using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Regression.LinearAlgebra;

/// <summary>Asks before each operation whether it is still wanted: long predictions and measurements end within one operation.</summary>
/// <param name="algebra">Who computes.</param>
/// <param name="cancellation">What is asked.</param>
internal sealed class CancellableLinearAlgebra(ILinearAlgebra algebra, CancellationToken cancellation) : ILinearAlgebra
{
    private ILinearAlgebra Wanted
    {
        get
        {
            cancellation.ThrowIfCancellationRequested();
            return algebra;
        }
    }

    /// <inheritdoc/>
    public string Name => algebra.Name;

    /// <inheritdoc/>
    public int Threads => algebra.Threads;

    /// <inheritdoc/>
    public void Multiply(
        double alpha, MatrixView<double> a, bool transposeA, MatrixView<double> b, bool transposeB, double beta, MatrixView<double> c) =>
        Wanted.Multiply(alpha, a, transposeA, b, transposeB, beta, c);

    /// <inheritdoc/>
    public nint Cholesky(MatrixView<double> a) => Wanted.Cholesky(a);

    /// <inheritdoc/>
    public void SolveTriangular(MatrixView<double> lower, bool transposed, MatrixView<double> b) => Wanted.SolveTriangular(lower, transposed, b);

    /// <inheritdoc/>
    public void InvertFromCholesky(MatrixView<double> factor) => Wanted.InvertFromCholesky(factor);

    /// <inheritdoc/>
    public void EigenvaluesAndCoefficients(MatrixView<double> a, Span<double> eigenvalues, MatrixView<double> y) =>
        Wanted.EigenvaluesAndCoefficients(a, eigenvalues, y);

    /// <inheritdoc/>
    public void Eigenvectors(MatrixView<double> a, Span<double> eigenvalues) => Wanted.Eigenvectors(a, eigenvalues);
}
