using InfiniteNtk.Regression.LinearAlgebra.Managed;

namespace InfiniteNtk.Regression.LinearAlgebra.Native;

/// <summary>
/// Dense linear algebra by a native BLAS and LAPACK. They are column-major: a row-major matrix is the transpose to them, so its
/// lower triangle is their upper one and products swap their factors.
/// </summary>
/// <param name="symbols">The library's functions.</param>
/// <param name="library">Its name, version and core type.</param>
/// <param name="threads">Its threads, and those of what is our own code.</param>
/// <param name="setThreads">Sets the library's threads, for the whole process; null where it has no such function.</param>
internal sealed unsafe class NativeLinearAlgebra(LapackSymbols symbols, string library, int threads, Action<int>? setThreads) : ILinearAlgebra
{
    /// <summary>The largest order whose dsyevd workspace 1 + 6n + 2n² is counted by a 32-bit integer.</summary>
    internal const int LargestEigenvectorOrder = 32_766;

    private const byte Right = (byte)'R', Upper = (byte)'U', Plain = (byte)'N', Transposed = (byte)'T', Vectors = (byte)'V';

    /// <inheritdoc/>
    public string Name => $"{library}, {(threads == 1 ? "1 thread" : $"{threads} threads")}";

    /// <inheritdoc/>
    public int Threads => threads;

    /// <summary>The same library on another number of threads.</summary>
    public NativeLinearAlgebra OnThreads(int count)
    {
        setThreads?.Invoke(count);
        return new NativeLinearAlgebra(symbols, library, count, setThreads);
    }

    /// <inheritdoc/>
    public void Multiply(
        double alpha, MatrixView<double> a, bool transposeA, MatrixView<double> b, bool transposeB, double beta, MatrixView<double> c)
    {
        Operands.DemandProduct(a, transposeA, b, transposeB, c);
        if (c.Rows == 0 || c.Columns == 0) return;
        byte first = transposeB ? Transposed : Plain, second = transposeA ? Transposed : Plain;
        int m = Size(c.Columns), n = Size(c.Rows), k = Size(transposeA ? a.Rows : a.Columns);
        int ldb = Leading(b), lda = Leading(a), ldc = Leading(c);
        symbols.Dgemm(&first, &second, &m, &n, &k, &alpha, b.Origin, &ldb, a.Origin, &lda, &beta, c.Origin, &ldc, 1, 1);
        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
    }

    /// <inheritdoc/>
    public nint Cholesky(MatrixView<double> a)
    {
        Operands.DemandSquare(a, "Cannot factor a matrix");
        if (a.Rows == 0) return -1;
        byte uplo = Upper;
        int n = Size(a.Rows), lda = Leading(a), info = 0;
        symbols.Dpotrf(&uplo, &n, a.Origin, &lda, &info, 1);
        a.KeepAlive();
        return info > 0 ? info - 1 : Operands.FirstBadPivot(a);
    }

    /// <inheritdoc/>
    public void SolveTriangular(MatrixView<double> lower, bool transposed, MatrixView<double> b)
    {
        Operands.DemandSquare(lower, b.Rows, "Cannot solve with a triangle");
        if (b.Rows == 0 || b.Columns == 0) return;
        byte side = Right, uplo = Upper, trans = transposed ? Transposed : Plain, diagonal = Plain;
        int m = Size(b.Columns), n = Size(b.Rows), lda = Leading(lower), ldb = Leading(b);
        double one = 1;
        symbols.Dtrsm(&side, &uplo, &trans, &diagonal, &m, &n, &one, lower.Origin, &lda, b.Origin, &ldb, 1, 1, 1, 1);
        lower.KeepAlive();
        b.KeepAlive();
    }

    /// <inheritdoc/>
    public void InvertFromCholesky(MatrixView<double> factor)
    {
        Operands.DemandSquare(factor, "Cannot invert a factored matrix");
        if (factor.Rows == 0) return;
        byte uplo = Upper;
        int n = Size(factor.Rows), lda = Leading(factor), info = 0;
        symbols.Dpotri(&uplo, &n, factor.Origin, &lda, &info, 1);
        factor.KeepAlive();
        Demand(info, "dpotri");
        Mirror.LowerToUpper(factor);
    }

    /// <inheritdoc/>
    public void EigenvaluesAndCoefficients(MatrixView<double> a, Span<double> eigenvalues, MatrixView<double> y)
    {
        const string Asked = "Cannot compute coefficients in an eigenbasis";
        Operands.DemandSquare(a, eigenvalues.Length, Asked);
        Operands.DemandSquare(a, y.Rows, Asked);
        _ = Operands.LargestFinite(a, Asked);
        int n = Size(a.Rows), lda = Leading(a), info = 0;
        if (n == 0) return;
        double[] off = new double[n], tau = new double[n];
        byte uplo = Upper, side = Right, trans = Plain;
        fixed (double* d = eigenvalues, e = off, t = tau)
        {
            double best = 0;
            int query = -1;
            symbols.Dsytrd(&uplo, &n, a.Origin, &lda, d, e, t, &best, &query, &info, 1);
            int length = (int)best;
            double[] work = new double[length];
            fixed (double* w = work) symbols.Dsytrd(&uplo, &n, a.Origin, &lda, d, e, t, w, &length, &info, 1);
            Demand(info, "dsytrd");

            if (y.Columns > 0)
            {
                int m = Size(y.Columns), ldc = Leading(y);
                symbols.Dormtr(&side, &uplo, &trans, &m, &n, a.Origin, &lda, t, y.Origin, &ldc, &best, &query, &info, 1, 1, 1);
                length = (int)best;
                work = new double[length];
                fixed (double* w = work) symbols.Dormtr(&side, &uplo, &trans, &m, &n, a.Origin, &lda, t, y.Origin, &ldc, w, &length, &info, 1, 1, 1);
                Demand(info, "dormtr");
            }
        }

        a.KeepAlive();
        TridiagonalEigenvalues.Solve(eigenvalues, off, y, new Workers(threads));
        y.KeepAlive();
    }

    /// <inheritdoc/>
    public void Eigenvectors(MatrixView<double> a, Span<double> eigenvalues)
    {
        const string Asked = "Cannot compute eigenvectors";
        Operands.DemandSquare(a, eigenvalues.Length, Asked);
        _ = Operands.LargestFinite(a, Asked);
        if (a.Rows == 0) return;
        if (a.Rows > LargestEigenvectorOrder)
        {
            new ManagedLinearAlgebra(threads).Eigenvectors(a, eigenvalues);
            return;
        }

        byte job = Vectors, uplo = Upper;
        int n = Size(a.Rows), lda = Leading(a), info = 0, query = -1, integers = 0;
        double best = 0;
        fixed (double* values = eigenvalues)
        {
            symbols.Dsyevd(&job, &uplo, &n, a.Origin, &lda, values, &best, &query, &integers, &query, &info, 1, 1);
            int length = (int)best;
            using var work = KernelMatrix<double>.Temporary(1, length);
            int[] integerWork = new int[integers];
            fixed (int* iw = integerWork)
            {
                symbols.Dsyevd(&job, &uplo, &n, a.Origin, &lda, values, work.View.Origin, &length, iw, &integers, &info, 1, 1);
            }
        }

        a.KeepAlive();
        Demand(info, "dsyevd");
        Mirror.Transpose(a);
    }

    private static int Size(nint size)
    {
        if (size <= int.MaxValue) return (int)size;
        throw new InvalidArgumentException(
            "Cannot use a native BLAS", $"a matrix has {size} rows or columns", "its integers have 32 bits", "Choose the backend managed");
    }

    private static int Leading(MatrixView<double> view) => Size(Math.Max(1, Math.Max(view.Stride, view.Columns)));

    private void Demand(int info, string routine)
    {
        if (info == 0) return;
        throw new NumericalFailureException(
            "Cannot finish a factorisation", $"{routine} of {library} returned {info}",
            info < 0 ? "its arguments must be valid" : "its iteration must converge", "Try another backend, for example INTK_BLAS=managed");
    }
}
