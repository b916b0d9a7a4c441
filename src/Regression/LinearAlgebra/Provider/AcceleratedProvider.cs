using System.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace InfiniteNtk.Regression.LinearAlgebra.Provider;

/// <summary>
/// MathNet's managed provider with products, Cholesky factors and symmetric eigenvectors of doubles by an
/// <see cref="ILinearAlgebra"/>. MathNet is column-major: its arrays are the transposes of row-major ones.
/// </summary>
internal sealed unsafe partial class AcceleratedProvider(ILinearAlgebra algebra) : ILinearAlgebraProvider
{
    private readonly ManagedLinearAlgebraProvider _managed = new();

    /// <inheritdoc/>
    public bool IsAvailable() => true;

    /// <inheritdoc/>
    public void InitializeVerify()
    {
    }

    /// <inheritdoc/>
    public void FreeResources()
    {
    }

    /// <inheritdoc/>
    public void MatrixMultiply(double[] x, int rowsX, int columnsX, double[] y, int rowsY, int columnsY, double[] result) =>
        MatrixMultiplyWithUpdate(Transpose.DontTranspose, Transpose.DontTranspose, 1, x, rowsX, columnsX, y, rowsY, columnsY, 0, result);

    /// <inheritdoc/>
    public void MatrixMultiplyWithUpdate(
        Transpose transposeA, Transpose transposeB, double alpha, double[] a, int rowsA, int columnsA, double[] b, int rowsB, int columnsB,
        double beta, double[] c)
    {
        bool plainA = transposeA == Transpose.DontTranspose, plainB = transposeB == Transpose.DontTranspose;
        int rows = plainA ? rowsA : columnsA, columns = plainB ? columnsB : rowsB;
        if (ReferenceEquals(c, a)) a = [.. a];
        if (ReferenceEquals(c, b)) b = [.. b];
        fixed (double* left = a, right = b, target = c)
        {
            algebra.Multiply(
                alpha, View(right, columnsB, rowsB, b), !plainB, View(left, columnsA, rowsA, a), !plainA, beta, View(target, columns, rows, c));
        }
    }

    /// <inheritdoc/>
    public void CholeskyFactor(double[] a, int order)
    {
        fixed (double* origin = a)
        {
            MatrixView<double> view = View(origin, order, order, a);

            // MathNet reads and returns the lower triangle, which is the upper one of the transpose.
            Mirror.Transpose(view);
            nint minor = algebra.Cholesky(view);
            if (minor >= 0) throw new ArgumentException($"The matrix is not positive definite: leading minor {minor + 1}.", nameof(a));
            Mirror.LowerToUpper(view);
            for (int i = 0; i < order; i++) view.Row(i)[..i].Clear();
        }
    }

    /// <inheritdoc/>
    public void EigenDecomp(bool isSymmetric, int order, double[] matrix, double[] matrixEv, Complex[] vectorEv, double[] matrixD)
    {
        if (!isSymmetric)
        {
            _managed.EigenDecomp(isSymmetric, order, matrix, matrixEv, vectorEv, matrixD);
            return;
        }

        matrix.AsSpan(0, order * order).CopyTo(matrixEv);
        double[] values = new double[order];
        fixed (double* origin = matrixEv)
        {
            MatrixView<double> view = View(origin, order, order, matrixEv);
            algebra.Eigenvectors(view, values);
            Mirror.Transpose(view);
        }

        matrixD.AsSpan(0, order * order).Clear();
        for (int i = 0; i < order; i++)
        {
            vectorEv[i] = values[i];
            matrixD[(i * order) + i] = values[i];
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"MathNet.Numerics with {algebra.Name}";

    private static MatrixView<double> View(double* origin, int rows, int columns, double[] array)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)rows * columns, array.LongLength);
        return new MatrixView<double>(origin, rows, columns, columns);
    }
}
