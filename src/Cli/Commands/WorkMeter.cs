namespace InfiniteNtk.Cli.Commands;

/// <summary>Linear algebra that counts its multiply-adds: how far a prediction or a measurement is, seen from outside.</summary>
/// <param name="algebra">Who computes.</param>
/// <param name="done">Told the multiply-adds of each finished operation.</param>
internal sealed class WorkMeter(ILinearAlgebra algebra, Action<double> done) : ILinearAlgebra
{
    /// <summary>A reduction to eigenvalues takes 4/3 n³, half of them as slow as memory is.</summary>
    private const double Eigenvalues = 3.4;

    /// <inheritdoc/>
    public string Name => algebra.Name;

    /// <inheritdoc/>
    public int Threads => algebra.Threads;

    /// <inheritdoc/>
    public void Multiply(
        double alpha, MatrixView<double> a, bool transposeA, MatrixView<double> b, bool transposeB, double beta, MatrixView<double> c)
    {
        algebra.Multiply(alpha, a, transposeA, b, transposeB, beta, c);
        done((double)a.Rows * a.Columns * c.Columns);
    }

    /// <inheritdoc/>
    public nint Cholesky(MatrixView<double> a)
    {
        nint failed = algebra.Cholesky(a);
        done(Cube(a.Rows) / 3);
        return failed;
    }

    /// <inheritdoc/>
    public void SolveTriangular(MatrixView<double> lower, bool transposed, MatrixView<double> b)
    {
        algebra.SolveTriangular(lower, transposed, b);
        done(0.5 * lower.Rows * lower.Rows * b.Columns);
    }

    /// <inheritdoc/>
    public void InvertFromCholesky(MatrixView<double> factor)
    {
        algebra.InvertFromCholesky(factor);
        done(2 * Cube(factor.Rows) / 3);
    }

    /// <inheritdoc/>
    public void EigenvaluesAndCoefficients(MatrixView<double> a, Span<double> eigenvalues, MatrixView<double> y)
    {
        algebra.EigenvaluesAndCoefficients(a, eigenvalues, y);
        done(Eigenvalues * Cube(a.Rows));
    }

    /// <inheritdoc/>
    public void Eigenvectors(MatrixView<double> a, Span<double> eigenvalues)
    {
        algebra.Eigenvectors(a, eigenvalues);
        done(2 * Eigenvalues * Cube(a.Rows));
    }

    private static double Cube(double order) => order * order * order;
}
