namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>
/// Solves with a lower triangle L by halving it: two half-size solves around one product, so that nearly all work is products.
/// </summary>
internal sealed unsafe class TriangularSolve(Product product, Workers workers)
{
    /// <summary>B ← L⁻¹·B.</summary>
    public void Left(Block l, Block b)
    {
        if (l.Rows <= PackedTriangle.Largest)
        {
            if (b.Columns > SkinnyProduct.MostColumns)
            {
                Solve(l, transposed: false, b, rows: false);
                return;
            }

            for (nint i = 0; i < l.Rows; i++)
            {
                for (nint k = 0; k < i; k++) Rows.Add(-l.Row(i)[k], b.Row(k), b.Row(i), b.Columns);
                Rows.Scale(1 / l.Row(i)[i], b.Row(i), b.Columns);
            }

            return;
        }

        Halves halves = new(l);
        Block top = b.Slice(0, 0, halves.Split, b.Columns), bottom = b.Slice(halves.Split, 0, halves.Rest, b.Columns);
        Left(halves.First, top);
        product.Accumulate(-1, halves.Below, false, top, false, bottom);
        Left(halves.Second, bottom);
    }

    /// <summary>B ← L⁻ᵀ·B.</summary>
    public void LeftTransposed(Block l, Block b)
    {
        if (l.Rows <= PackedTriangle.Largest)
        {
            if (b.Columns > SkinnyProduct.MostColumns)
            {
                Solve(l, transposed: true, b, rows: false);
                return;
            }

            for (nint i = l.Rows - 1; i >= 0; i--)
            {
                Rows.Scale(1 / l.Row(i)[i], b.Row(i), b.Columns);
                for (nint k = 0; k < i; k++) Rows.Add(-l.Row(i)[k], b.Row(i), b.Row(k), b.Columns);
            }

            return;
        }

        Halves halves = new(l);
        Block top = b.Slice(0, 0, halves.Split, b.Columns), bottom = b.Slice(halves.Split, 0, halves.Rest, b.Columns);
        LeftTransposed(halves.Second, bottom);
        product.Accumulate(-1, halves.Below, true, bottom, false, top);
        LeftTransposed(halves.First, top);
    }

    /// <summary>B ← B·L⁻ᵀ.</summary>
    public void RightTransposed(Block l, Block b)
    {
        if (l.Rows <= PackedTriangle.Largest)
        {
            Solve(l, transposed: false, b, rows: true);
            return;
        }

        Halves halves = new(l);
        Block left = b.Slice(0, 0, b.Rows, halves.Split), right = b.Slice(0, halves.Split, b.Rows, halves.Rest);
        RightTransposed(halves.First, left);
        product.Accumulate(-1, left, false, halves.Below, true, right);
        RightTransposed(halves.Second, right);
    }

    /// <summary>B ← B·L⁻¹.</summary>
    public void Right(Block l, Block b)
    {
        if (l.Rows <= PackedTriangle.Largest)
        {
            Solve(l, transposed: true, b, rows: true);
            return;
        }

        Halves halves = new(l);
        Block left = b.Slice(0, 0, b.Rows, halves.Split), right = b.Slice(0, halves.Split, b.Rows, halves.Rest);
        Right(halves.Second, right);
        product.Accumulate(-1, right, false, halves.Below, false, left);
        Right(halves.First, left);
    }

    private void Solve(Block l, bool transposed, Block b, bool rows)
    {
        using var triangle = new PackedTriangle(l, transposed);
        triangle.Solve(b, rows, workers);
    }
}
