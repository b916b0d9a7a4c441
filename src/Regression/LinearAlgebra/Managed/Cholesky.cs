namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>A = L·Lᵀ by halving: factor the first half, solve for the rectangle below, subtract its square, factor the rest.</summary>
internal sealed unsafe class Cholesky(Product product, TriangularSolve solve)
{
    private const nint Leaf = 64;

    /// <summary>Factors the lower triangle in place; −1, or the first row whose pivot is not a positive number.</summary>
    public nint Factor(Block a)
    {
        if (a.Rows <= Leaf) return FactorLeaf(a);
        Halves halves = new(a);
        nint failed = Factor(halves.First);
        if (failed >= 0) return failed;
        solve.RightTransposed(halves.First, halves.Below);
        product.AccumulateLower(-1, halves.Below, false, halves.Second);
        failed = Factor(halves.Second);
        return failed >= 0 ? halves.Split + failed : -1;
    }

    private static nint FactorLeaf(Block a)
    {
        for (nint i = 0; i < a.Rows; i++)
        {
            double* row = a.Row(i);
            for (nint j = 0; j < i; j++) row[j] = (row[j] - Rows.Dot(row, a.Row(j), j)) / a.Row(j)[j];
            double pivot = row[i] - Rows.Dot(row, row, i);
            if (!(pivot > 0) || !double.IsFinite(pivot)) return i;
            row[i] = Math.Sqrt(pivot);
        }

        return -1;
    }
}
