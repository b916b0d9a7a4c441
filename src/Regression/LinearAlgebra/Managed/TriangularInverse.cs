namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>A⁻¹ = L⁻ᵀ·L⁻¹ from the Cholesky factor, in place and by halving.</summary>
internal sealed unsafe class TriangularInverse(Product product, TriangularSolve solve)
{
    private const nint Leaf = 64;

    /// <summary>Replaces L by the lower triangle of (L·Lᵀ)⁻¹.</summary>
    public void InvertFactored(Block l)
    {
        Invert(l);
        SquareTransposed(l);
    }

    /// <summary>L ← L⁻¹: the rectangle becomes −L₂₂⁻¹·L₂₁·L₁₁⁻¹.</summary>
    private void Invert(Block l)
    {
        if (l.Rows <= Leaf)
        {
            for (nint i = 0; i < l.Rows; i++)
            {
                double* row = l.Row(i);
                double pivot = 1 / row[i];
                for (nint j = 0; j < i; j++)
                {
                    double sum = 0;
                    for (nint k = j; k < i; k++) sum = Math.FusedMultiplyAdd(row[k], l.Row(k)[j], sum);
                    row[j] = -pivot * sum;
                }

                row[i] = pivot;
            }

            return;
        }

        Halves halves = new(l);
        Block below = halves.Below;
        solve.Right(halves.First, below);
        solve.Left(halves.Second, below);
        for (nint i = 0; i < below.Rows; i++) Rows.Scale(-1, below.Row(i), below.Columns);
        Invert(halves.First);
        Invert(halves.Second);
    }

    /// <summary>L ← the lower triangle of LᵀL.</summary>
    private void SquareTransposed(Block l)
    {
        if (l.Rows <= Leaf)
        {
            for (nint i = 0; i < l.Rows; i++)
            {
                for (nint j = 0; j <= i; j++)
                {
                    double sum = 0;
                    for (nint k = i; k < l.Rows; k++) sum = Math.FusedMultiplyAdd(l.Row(k)[i], l.Row(k)[j], sum);
                    l.Row(i)[j] = sum;
                }
            }

            return;
        }

        Halves halves = new(l);
        SquareTransposed(halves.First);
        product.AccumulateLower(1, halves.Below, true, halves.First);
        MultiplyTransposed(halves.Second, halves.Below);
        SquareTransposed(halves.Second);
    }

    /// <summary>B ← Lᵀ·B.</summary>
    private void MultiplyTransposed(Block l, Block b)
    {
        if (l.Rows <= Leaf)
        {
            for (nint i = 0; i < l.Rows; i++)
            {
                Rows.Scale(l.Row(i)[i], b.Row(i), b.Columns);
                for (nint k = i + 1; k < l.Rows; k++) Rows.Add(l.Row(k)[i], b.Row(k), b.Row(i), b.Columns);
            }

            return;
        }

        Halves halves = new(l);
        Block top = b.Slice(0, 0, halves.Split, b.Columns), bottom = b.Slice(halves.Split, 0, halves.Rest, b.Columns);
        MultiplyTransposed(halves.First, top);
        product.Accumulate(1, halves.Below, true, bottom, false, top);
        MultiplyTransposed(halves.Second, bottom);
    }
}
