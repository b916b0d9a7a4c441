using System.Numerics;
using InfiniteNtk.Regression.LinearAlgebra.Managed;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace InfiniteNtk.Regression.LinearAlgebra;

/// <summary>
/// Products, Cholesky factors and eigenvectors by whatever provider MathNet.Numerics uses in this process; triangular solves by
/// our own code, for which MathNet has no operation.
/// </summary>
/// <remarks>
/// An application that references the package MathNet.Numerics.Providers.MKL gets MKL this way: MathNet's own
/// search, <c>Control.TryUseNativeMKL()</c>, runs when the backend is first opened. MathNet takes arrays, so operands are copied and a square matrix ends at n = 46,340.
/// </remarks>
/// <param name="threads">Threads of what is our own code.</param>
internal sealed class MathNetLinearAlgebra(int threads) : ILinearAlgebra
{
    private readonly ManagedLinearAlgebra _rest = new(threads);

    /// <inheritdoc/>
    public string Name => $"MathNet.Numerics {typeof(LinearAlgebraControl).Assembly.GetName().Version?.ToString(3)} ({Provider})";

    /// <inheritdoc/>
    public int Threads => _rest.Threads;

    /// <summary>After MathNet's own search for a native provider, once in a process; MathNet's threads are the process's.</summary>
    public static MathNetLinearAlgebra Probed(int threads)
    {
        MathNetProvider.Probe();
        if (threads != Environment.ProcessorCount) MathNet.Numerics.Control.MaxDegreeOfParallelism = threads;
        return new MathNetLinearAlgebra(threads);
    }

    private static ILinearAlgebraProvider Provider => LinearAlgebraControl.Provider;

    /// <inheritdoc/>
    public void Multiply(
        double alpha, MatrixView<double> a, bool transposeA, MatrixView<double> b, bool transposeB, double beta, MatrixView<double> c)
    {
        Operands.DemandProduct(a, transposeA, b, transposeB, c);
        nint inner = transposeA ? a.Rows : a.Columns;
        if (c.Rows == 0 || c.Columns == 0 || inner == 0)
        {
            _rest.Multiply(alpha, a, transposeA, b, transposeB, beta, c);
            return;
        }

        // Row-major arrays are the transposes to MathNet: C' = op(B)'·op(A)'.
        double[] result = beta == 0 ? new double[Length(c)] : ToArray(c);
        Provider.MatrixMultiplyWithUpdate(
            transposeB ? Transpose.Transpose : Transpose.DontTranspose, transposeA ? Transpose.Transpose : Transpose.DontTranspose,
            alpha, ToArray(b), (int)b.Columns, (int)b.Rows, ToArray(a), (int)a.Columns, (int)a.Rows, beta, result);
        CopyBack(result, c);
    }

    /// <inheritdoc/>
    public nint Cholesky(MatrixView<double> a)
    {
        Operands.DemandSquare(a, "Cannot factor a matrix");
        if (a.Rows == 0) return -1;
        double[] factor = ToArray(a);
        Mirror(factor, (int)a.Rows);
        try
        {
            Provider.CholeskyFactor(factor, (int)a.Rows);
        }
        catch (ArgumentException)
        {
            // MathNet does not say which minor failed.
            return _rest.Cholesky(a);
        }

        for (nint i = 0; i < a.Rows; i++)
        {
            for (nint j = 0; j <= i; j++) a[i, j] = factor[j * a.Rows + i];
        }

        return Operands.FirstBadPivot(a);
    }

    /// <inheritdoc/>
    public void SolveTriangular(MatrixView<double> lower, bool transposed, MatrixView<double> b) =>
        _rest.SolveTriangular(lower, transposed, b);

    /// <inheritdoc/>
    public void InvertFromCholesky(MatrixView<double> factor) => _rest.InvertFromCholesky(factor);

    /// <inheritdoc/>
    public void EigenvaluesAndCoefficients(MatrixView<double> a, Span<double> eigenvalues, MatrixView<double> y)
    {
        Operands.DemandSquare(a, y.Rows, "Cannot compute coefficients in an eigenbasis");
        Eigenvectors(a, eigenvalues);
        using var copy = KernelMatrix<double>.Temporary(y.Rows, y.Columns);
        for (nint i = 0; i < y.Rows; i++) y.Row(i).CopyTo(copy.View.Row(i));
        Multiply(1, a, true, copy.View, false, 0, y);
    }

    /// <inheritdoc/>
    public void Eigenvectors(MatrixView<double> a, Span<double> eigenvalues)
    {
        const string Asked = "Cannot compute eigenvectors";
        Operands.DemandSquare(a, eigenvalues.Length, Asked);
        _ = Operands.LargestFinite(a, Asked);
        int order = (int)a.Rows;
        if (order == 0) return;
        double[] matrix = ToArray(a), vectors = new double[Length(a)], blocks = new double[Length(a)];
        Mirror(matrix, order);
        var values = new Complex[order];
        Provider.EigenDecomp(true, order, matrix, vectors, values, blocks);
        int[] sorted = [.. Enumerable.Range(0, order).OrderBy(i => values[i].Real)];
        for (int i = 0; i < order; i++)
        {
            eigenvalues[i] = values[sorted[i]].Real;
            for (int j = 0; j < order; j++) a[j, i] = vectors[(long)sorted[i] * order + j];
        }
    }

    /// <summary>Makes an array symmetric from the lower triangle of the row-major matrix that it holds.</summary>
    private static void Mirror(double[] matrix, int order)
    {
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < i; j++) matrix[(long)j * order + i] = matrix[(long)i * order + j];
        }
    }

    private static double[] ToArray(MatrixView<double> view)
    {
        var array = new double[Length(view)];
        for (nint i = 0; i < view.Rows; i++) view.Row(i).CopyTo(array.AsSpan((int)(i * view.Columns), (int)view.Columns));
        return array;
    }

    private static void CopyBack(double[] array, MatrixView<double> view)
    {
        for (nint i = 0; i < view.Rows; i++) array.AsSpan((int)(i * view.Columns), (int)view.Columns).CopyTo(view.Row(i));
    }

    private static long Length(MatrixView<double> view)
    {
        long length = (long)view.Rows * view.Columns;
        if (length <= Array.MaxLength) return length;
        throw new InvalidArgumentException(
            "Cannot use the backend mathnet", $"a matrix is {view.Rows} x {view.Columns}",
            $"MathNet.Numerics takes arrays of at most {Array.MaxLength} numbers, 46,340 x 46,340",
            "Choose another backend: openblas, mkl or managed");
    }
}
