namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>A⁻¹ = L⁻ᵀ·L⁻¹ from the Cholesky factor, in place and by halving.</summary>
internal sealed unsafe class TriangularInverse(Product product, TriangularSolve solve, Workers workers)
{
    /// <summary>Replaces L by the lower triangle of (L·Lᵀ)⁻¹.</summary>
    public void InvertFactored(Block l)
    {
        Invert(l);
        SquareTransposed(l);
    }

    /// <summary>L ← L⁻¹: the rectangle becomes −L₂₂⁻¹·L₂₁·L₁₁⁻¹.</summary>
    private void Invert(Block l)
    {
        if (l.Rows <= PackedTriangle.Largest)
        {
            using KernelMatrix<double> inverse = Leaf(l, (i, j) => i == j ? 1 : 0);
            using var triangle = new PackedTriangle(l, transposed: false);
            triangle.Solve(new Block(inverse.View), rows: false, Workers.Alone);
            CopyLower(inverse, l);
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
        if (l.Rows <= PackedTriangle.Largest)
        {
            using KernelMatrix<double> square = Leaf(l, (i, j) => j <= i ? l.Row(i)[j] : 0);
            MultiplyTransposed(l, new Block(square.View));
            CopyLower(square, l);
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
        if (l.Rows <= PackedTriangle.Largest)
        {
            using var triangle = new PackedTriangle(l, transposed: true);
            triangle.MultiplyTransposed(b, workers);
            return;
        }

        Halves halves = new(l);
        Block top = b.Slice(0, 0, halves.Split, b.Columns), bottom = b.Slice(halves.Split, 0, halves.Rest, b.Columns);
        MultiplyTransposed(halves.First, top);
        product.Accumulate(1, halves.Below, true, bottom, false, top);
        MultiplyTransposed(halves.Second, bottom);
    }

    private static KernelMatrix<double> Leaf(Block l, Func<nint, nint, double> entry)
    {
        KernelMatrix<double> leaf = KernelMatrix<double>.Temporary(l.Rows, l.Rows);
        for (nint i = 0; i < l.Rows; i++)
        {
            for (nint j = 0; j < l.Rows; j++) leaf[i, j] = entry(i, j);
        }

        return leaf;
    }

    private static void CopyLower(KernelMatrix<double> source, Block target)
    {
        for (nint i = 0; i < target.Rows; i++) source.View.Row(i)[..((int)i + 1)].CopyTo(new Span<double>(target.Row(i), (int)i + 1));
    }
}
