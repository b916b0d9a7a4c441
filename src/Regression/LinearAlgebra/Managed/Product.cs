namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>C ← C + alpha·op(A)·op(B), whole or lower triangle only, shared among threads by rows of C.</summary>
internal sealed unsafe class Product(Workers workers)
{
    private const nint RowsPerPiece = 16;

    /// <summary>C ← C + alpha·op(A)·op(B).</summary>
    public void Accumulate(double alpha, Block a, bool transposeA, Block b, bool transposeB, Block c) =>
        Accumulate(alpha, a, transposeA, b, transposeB, c, lowerOnly: false);

    /// <summary>The lower triangle of C ← C + alpha·op(A)·op(A)ᵀ.</summary>
    public void AccumulateLower(double alpha, Block a, bool transposeA, Block c) =>
        Accumulate(alpha, a, transposeA, a, !transposeA, c, lowerOnly: true);

    /// <summary>The lower triangle of C ← C + alpha·Aᵀ·B, for an A and B that make it symmetric.</summary>
    public void AccumulateLower(double alpha, Block a, Block b, Block c) => Accumulate(alpha, a, true, b, false, c, lowerOnly: true);

    private void Accumulate(double alpha, Block a, bool transposeA, Block b, bool transposeB, Block c, bool lowerOnly)
    {
        nint inner = transposeA ? a.Rows : a.Columns;
        workers.Run((c.Rows + RowsPerPiece - 1) / RowsPerPiece, piece =>
        {
            nint end = Math.Min(c.Rows, (piece + 1) * RowsPerPiece);
            for (nint i = piece * RowsPerPiece; i < end; i++)
            {
                nint columns = lowerOnly ? Math.Min(i + 1, c.Columns) : c.Columns;
                for (nint k = 0; k < inner; k++)
                {
                    double scale = alpha * (transposeA ? a.Row(k)[i] : a.Row(i)[k]);
                    if (transposeB)
                    {
                        for (nint j = 0; j < columns; j++) c.Row(i)[j] = Math.FusedMultiplyAdd(scale, b.Row(j)[k], c.Row(i)[j]);
                    }
                    else
                    {
                        Rows.Add(scale, b.Row(k), c.Row(i), columns);
                    }
                }
            }
        });
    }
}
