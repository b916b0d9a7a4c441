using InfiniteNtk.Regression.LinearAlgebra.Managed;

namespace InfiniteNtk.Regression.LinearAlgebra;

/// <summary>
/// Asks whether an operation is still wanted, and tells how far it is: long operations are done in parts of at most some
/// <see cref="LongestPart"/> multiply-adds, about a second on a slow machine.
/// </summary>
/// <remarks>
/// What is split depends on sizes alone, never on whether somebody asks or listens, so neither does a bit of any result. A managed
/// eigendecomposition asks between its columns. A library's cannot: beyond <see cref="LargestWhole"/> eigenvalues are taken by the managed
/// code, which memory limits as it does a library; of a library's eigenvectors only the start is asked.
/// </remarks>
/// <param name="algebra">Who computes.</param>
/// <param name="cancellation">What is asked.</param>
/// <param name="progress">Who is told; null: nobody.</param>
/// <param name="part">Multiply-adds of a part.</param>
internal sealed class WatchedLinearAlgebra(
    ILinearAlgebra algebra, CancellationToken cancellation, IProgress<SolverProgress>? progress = null, double part = WatchedLinearAlgebra.LongestPart) : ILinearAlgebra
{
    /// <summary>Multiply-adds between two questions.</summary>
    public const double LongestPart = 1L << 33;

    /// <summary>Order up to which a library reduces a matrix to its eigenvalues in one call, in less than a second.</summary>
    private const int LargestWhole = 2048;

    /// <summary>What is asked.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <inheritdoc/>
    public string Name => algebra.Name;

    /// <inheritdoc/>
    public int Threads => algebra.Threads;

    /// <summary>The order of panels: eight of their cubes are a part.</summary>
    private nint Panel => (nint)Math.Max(1, Math.Cbrt(part) / 2);

    /// <inheritdoc/>
    public void Multiply(
        double alpha, MatrixView<double> a, bool transposeA, MatrixView<double> b, bool transposeB, double beta, MatrixView<double> c)
    {
        Operands.DemandProduct(a, transposeA, b, transposeB, c);
        nint inner = transposeA ? a.Rows : a.Columns;
        double row = (double)inner * c.Columns;
        OperationMeter meter = Meter($"multiplying {c.Rows} × {inner} by {inner} × {c.Columns}", c.Rows, row * c.Rows);
        nint height = InPart(row, c.Rows);
        for (nint first = 0; first < c.Rows; first += height)
        {
            nint rows = Math.Min(height, c.Rows - first);
            MatrixView<double> factor = transposeA ? a.Slice(0, first, inner, rows) : a.Slice(first, 0, rows, inner);
            cancellation.ThrowIfCancellationRequested();
            algebra.Multiply(alpha, factor, transposeA, b, transposeB, beta, c.Slice(first, 0, rows, c.Columns));
            meter.Report(first + rows);
        }
    }

    /// <inheritdoc/>
    public nint Cholesky(MatrixView<double> a)
    {
        double work = Cube(a) / 6;
        OperationMeter meter = Meter($"factoring {a.Rows} × {a.Columns}", work, work);
        if (work > part) return new PanelCholesky(Quiet, Panel, meter).Factor(a);
        cancellation.ThrowIfCancellationRequested();
        nint failed = algebra.Cholesky(a);
        meter.Report(work);
        return failed;
    }

    /// <inheritdoc/>
    public void SolveTriangular(MatrixView<double> lower, bool transposed, MatrixView<double> b)
    {
        Operands.DemandSquare(lower, b.Rows, "Cannot solve with a triangle");
        double column = (double)b.Rows * b.Rows / 2;
        OperationMeter meter = Meter($"solving {b.Columns} systems of {b.Rows}", b.Columns, column * b.Columns);
        nint width = InPart(column, b.Columns);
        for (nint first = 0; first < b.Columns; first += width)
        {
            nint columns = Math.Min(width, b.Columns - first);
            cancellation.ThrowIfCancellationRequested();
            algebra.SolveTriangular(lower, transposed, b.Slice(0, first, b.Rows, columns));
            meter.Report(first + columns);
        }
    }

    /// <inheritdoc/>
    public void InvertFromCholesky(MatrixView<double> factor)
    {
        double work = Cube(factor) / 3;
        OperationMeter meter = Meter($"inverting {factor.Rows} × {factor.Columns}", work, work);
        if (work > part)
        {
            new PanelInverse(Quiet, Panel, meter).Invert(factor);
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        algebra.InvertFromCholesky(factor);
        meter.Report(work);
    }

    /// <inheritdoc/>
    public void EigenvaluesAndCoefficients(MatrixView<double> a, Span<double> eigenvalues, MatrixView<double> y)
    {
        double work = Cube(a) * 2 / 3;
        OperationMeter meter = Meter($"eigenvalues of {a.Rows} × {a.Columns}", work, work);
        cancellation.ThrowIfCancellationRequested();
        Interruptible(byManaged: a.Rows > LargestWhole).EigenvaluesAndCoefficients(a, eigenvalues, y);
        cancellation.ThrowIfCancellationRequested();
        meter.Report(work);
    }

    /// <inheritdoc/>
    public void Eigenvectors(MatrixView<double> a, Span<double> eigenvalues)
    {
        double work = Cube(a) * 3;
        OperationMeter meter = Meter($"eigenvectors of {a.Rows} × {a.Columns}", work, work);
        cancellation.ThrowIfCancellationRequested();
        Interruptible(byManaged: false).Eigenvectors(a, eigenvalues);
        cancellation.ThrowIfCancellationRequested();
        meter.Report(work);
    }

    /// <summary>The same, silent: what an operation is composed of.</summary>
    private WatchedLinearAlgebra Quiet => new(algebra, cancellation, null, part);

    /// <summary>The managed code, asking between its pieces, where that is who computes or has to; else who computes.</summary>
    private ILinearAlgebra Interruptible(bool byManaged) =>
        byManaged || algebra is ManagedLinearAlgebra ? new ManagedLinearAlgebra(algebra.Threads, cancellation) : algebra;

    /// <summary>Short operations are not worth a word.</summary>
    private OperationMeter Meter(string operation, double total, double work) => new(work > part / 16 ? progress : null, operation, total);

    private nint InPart(double work, nint count) => (nint)Math.Clamp(part / Math.Max(work, 1), 1, Math.Max(count, 1));

    private static double Cube(MatrixView<double> a) => (double)a.Rows * a.Rows * a.Rows;
}
