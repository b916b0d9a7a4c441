namespace InfiniteNtk.Regression.LinearAlgebra;

/// <summary>A = L·Lᵀ, one panel of columns after another, each of them an operation that can be stopped before.</summary>
/// <param name="algebra">Who computes.</param>
/// <param name="width">Columns of a panel.</param>
/// <param name="meter">Told in multiply-adds.</param>
internal sealed class PanelCholesky(ILinearAlgebra algebra, nint width, OperationMeter meter)
{
    /// <summary>L in the lower triangle, the upper one left as it was; −1, or the first leading minor that is not positive.</summary>
    public nint Factor(MatrixView<double> a)
    {
        for (nint first = 0; first < a.Rows; first += width)
        {
            nint columns = Math.Min(width, a.Rows - first), next = first + columns, rest = a.Rows - next;
            MatrixView<double> corner = a.Slice(first, first, columns, columns);
            nint failed = algebra.Cholesky(corner);
            if (failed >= 0) return first + failed;
            MatrixView<double> below = a.Slice(next, first, rest, columns);

            // Below the corner L = A·L₁₁⁻ᵀ, transposed L₁₁⁻¹·Aᵀ.
            using var across = new KernelMatrix<double>(columns, rest);
            Mirror.Transpose(below, across.View);
            algebra.SolveTriangular(corner, false, across.View);
            Mirror.Transpose(across.View, below);
            for (nint row = 0; row < rest; row += width) Subtract(below, across.View, a.Slice(next, next, rest, rest), row, Math.Min(width, rest - row));
            double left = rest;
            meter.Report(((double)a.Rows * a.Rows * a.Rows - left * left * left) / 6);
        }

        return -1;
    }

    /// <summary>Rows of the rest less those of L·Lᵀ, on and below the diagonal.</summary>
    private void Subtract(MatrixView<double> below, MatrixView<double> across, MatrixView<double> rest, nint row, nint rows)
    {
        MatrixView<double> factor = below.Slice(row, 0, rows, below.Columns);
        if (row > 0) algebra.Multiply(-1, factor, false, across.Slice(0, 0, across.Rows, row), false, 1, rest.Slice(row, 0, rows, row));
        using var square = new KernelMatrix<double>(rows, rows);
        algebra.Multiply(1, factor, false, across.Slice(0, row, across.Rows, rows), false, 0, square.View);
        for (nint i = 0; i < rows; i++)
        {
            Span<double> target = rest.Row(row + i).Slice((int)row, (int)i + 1), source = square.View.Row(i);
            for (int j = 0; j < target.Length; j++) target[j] -= source[j];
        }
    }
}
