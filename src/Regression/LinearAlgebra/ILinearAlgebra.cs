namespace InfiniteNtk;

/// <summary>
/// The dense operations that everything here is built on, row-major, double precision, in place where a matrix is both read and
/// written. Native libraries and the managed fallback implement it alike; of a symmetric matrix all read the lower triangle.
/// Operands that do not fit each other are refused with a <see cref="ShapeMismatchException"/>.
/// </summary>
public interface ILinearAlgebra
{
    /// <summary>Library, version and core type, for reports.</summary>
    string Name { get; }

    /// <summary>Threads that an operation may use, at least 1. What is looped over beside the operations keeps to it, too.</summary>
    int Threads { get; }

    /// <summary>C ← alpha·op(A)·op(B) + beta·C.</summary>
    void Multiply(
        double alpha, MatrixView<double> a, bool transposeA, MatrixView<double> b, bool transposeB, double beta, MatrixView<double> c);

    /// <summary>
    /// A = L·Lᵀ in place: L in the lower triangle, the upper one left as it was. Returns −1, or the index of the first leading
    /// minor that is not positive; NaN counts as not positive.
    /// </summary>
    nint Cholesky(MatrixView<double> a);

    /// <summary>B ← L⁻¹·B, or L⁻ᵀ·B where <paramref name="transposed"/>; L is the lower triangle of <paramref name="lower"/>.</summary>
    void SolveTriangular(MatrixView<double> lower, bool transposed, MatrixView<double> b);

    /// <summary>Replaces a Cholesky factor by the inverse of the factored matrix, both triangles written, symmetric bit for bit.</summary>
    void InvertFromCholesky(MatrixView<double> factor);

    /// <summary>
    /// Eigenvalues in ascending order and Qᵀy without forming eigenvectors: destroys <paramref name="a"/>, replaces
    /// <paramref name="y"/> (M × O) by its coefficients in the eigenbasis, row i belonging to eigenvalue i.
    /// </summary>
    /// <exception cref="NonFiniteInputException">An entry of A is NaN or infinite.</exception>
    void EigenvaluesAndCoefficients(MatrixView<double> a, Span<double> eigenvalues, MatrixView<double> y);

    /// <summary>Eigenvalues in ascending order; <paramref name="a"/> is replaced by the eigenvectors, one a column.</summary>
    /// <exception cref="NonFiniteInputException">An entry of A is NaN or infinite.</exception>
    void Eigenvectors(MatrixView<double> a, Span<double> eigenvalues);
}
