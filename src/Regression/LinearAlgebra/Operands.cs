namespace InfiniteNtk.Regression.LinearAlgebra;

/// <summary>What every implementation of <see cref="ILinearAlgebra"/> demands of its operands before it touches memory.</summary>
internal static class Operands
{
    /// <summary>C = op(A)·op(B) fits.</summary>
    public static void DemandProduct(MatrixView<double> a, bool transposeA, MatrixView<double> b, bool transposeB, MatrixView<double> c)
    {
        (nint rows, nint inner) = transposeA ? (a.Columns, a.Rows) : (a.Rows, a.Columns);
        (nint innerB, nint columns) = transposeB ? (b.Columns, b.Rows) : (b.Rows, b.Columns);
        if (inner == innerB && rows == c.Rows && columns == c.Columns) return;
        throw new ShapeMismatchException(
            "Cannot multiply matrices", $"op(A) is {rows} x {inner}, op(B) is {innerB} x {columns}, C is {c.Rows} x {c.Columns}",
            "the inner sizes must agree and C must hold the product", "Check which operand is transposed");
    }

    /// <summary>A is square.</summary>
    public static void DemandSquare(MatrixView<double> a, string asked)
    {
        if (a.Rows == a.Columns) return;
        throw new ShapeMismatchException(asked, $"the matrix is {a.Rows} x {a.Columns}", "it must be square", "Pass a symmetric matrix");
    }

    /// <summary>A is square and as large as <paramref name="length"/>.</summary>
    public static void DemandSquare(MatrixView<double> a, nint length, string asked)
    {
        DemandSquare(a, asked);
        if (a.Rows == length) return;
        throw new ShapeMismatchException(
            asked, $"the matrix is {a.Rows} x {a.Columns}, the other operand has {length} rows", "both must have the same number of rows",
            "Pass operands of one problem");
    }

    /// <summary>
    /// The largest absolute value; no NaN and no infinity, on which eigenvalue iterations would not end.
    /// </summary>
    public static double LargestFinite(MatrixView<double> a, string asked)
    {
        double largest = 0;
        for (nint i = 0; i < a.Rows; i++)
        {
            Span<double> row = a.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                double size = Math.Abs(row[j]);
                if (size > largest) largest = size;
                if (double.IsFinite(size)) continue;
                throw new NonFiniteInputException(
                    asked, $"entry ({i}, {j}) is {a[i, j]}", "every entry must be finite", "Find where the matrix was computed and check its input");
            }
        }

        return largest;
    }

    /// <summary>
    /// A is symmetric, up to a millionth of <paramref name="largest"/>: kernels of single precision computed elsewhere pass, a
    /// test × train kernel does not.
    /// </summary>
    public static void DemandSymmetric(MatrixView<double> a, double largest, string asked)
    {
        for (nint i = 0; i < a.Rows; i++)
        {
            for (nint j = 0; j < i; j++)
            {
                if (Math.Abs(a[i, j] - a[j, i]) <= 1e-6 * largest) continue;
                throw new InvalidArgumentException(
                    asked, FormattableString.Invariant($"entry ({i}, {j}) is {a[i, j]:G6} and entry ({j}, {i}) is {a[j, i]:G6}"),
                    "a kernel among the same points must be symmetric", "Check that rows and columns are the same points in the same order");
            }
        }
    }

    /// <summary>
    /// The first pivot of a Cholesky factor that is not a positive number, or −1: libraries differ in what they report for NaN.
    /// </summary>
    public static nint FirstBadPivot(MatrixView<double> factor)
    {
        for (nint i = 0; i < factor.Rows; i++)
        {
            if (!(factor[i, i] > 0) || !double.IsFinite(factor[i, i])) return i;
        }

        return -1;
    }
}
