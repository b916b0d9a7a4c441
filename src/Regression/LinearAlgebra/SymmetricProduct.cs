namespace InfiniteNtk.Regression.LinearAlgebra;

/// <summary>Products with a symmetric matrix of which only the strict upper triangle and the diagonal are stored.</summary>
internal static class SymmetricProduct
{
    private const nint Tile = 256;

    /// <summary>R ← R − A·X, the blocks above the diagonal used twice.</summary>
    public static void SubtractUpper(
        MatrixView<double> upper, ReadOnlySpan<double> diagonal, MatrixView<double> x, MatrixView<double> r, ILinearAlgebra algebra)
    {
        nint n = upper.Rows, columns = x.Columns;
        using var square = KernelMatrix<double>.Temporary(Math.Min(n, Tile), Math.Min(n, Tile));
        for (nint row = 0; row < n; row += Tile)
        {
            nint height = Math.Min(Tile, n - row);
            MatrixView<double> block = square.View.Slice(0, 0, height, height);
            for (nint i = 0; i < height; i++)
            {
                block[i, i] = diagonal[(int)(row + i)];
                for (nint j = i + 1; j < height; j++) block[i, j] = block[j, i] = upper[row + i, row + j];
            }

            algebra.Multiply(-1, block, false, x.Slice(row, 0, height, columns), false, 1, r.Slice(row, 0, height, columns));
            nint next = row + height, rest = n - next;
            if (rest == 0) continue;
            MatrixView<double> right = upper.Slice(row, next, height, rest);
            algebra.Multiply(-1, right, false, x.Slice(next, 0, rest, columns), false, 1, r.Slice(row, 0, height, columns));
            algebra.Multiply(-1, right, true, x.Slice(row, 0, height, columns), false, 1, r.Slice(next, 0, rest, columns));
        }
    }
}
