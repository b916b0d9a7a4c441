using InfiniteNtk.Kernels.Products;

namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>
/// C ← C + alpha·op(A)·op(B), whole or lower triangle only: both sides packed, then tiles of C shared among threads. An entry is
/// one fixed chain of additions, so neither tiles nor threads change its bits.
/// </summary>
internal sealed unsafe class Product(Workers workers)
{
    /// <summary>Ten panels: a tile of C and the panels it reads stay in the second-level cache.</summary>
    private const nint Tile = 240;

    /// <summary>Below this many multiply-adds a second thread costs more than it saves.</summary>
    private const double WorthThreads = 1 << 19;

    /// <summary>C ← C + alpha·op(A)·op(B).</summary>
    public void Accumulate(double alpha, Block a, bool transposeA, Block b, bool transposeB, Block c)
    {
        if (c.Columns <= SkinnyProduct.MostColumns)
        {
            SkinnyProduct.Accumulate(alpha, a, transposeA, b, transposeB, c, workers);
            return;
        }

        nint inner = transposeA ? a.Rows : a.Columns;
        Workers crew = CrewFor((double)c.Rows * c.Columns * inner);
        using PackedPanels<double> left = Pack(a, transposeA, crew), right = Pack(b, !transposeB, crew);
        nint down = Count(c.Rows), across = Count(c.Columns);
        crew.Run(down * across, tile =>
        {
            nint row = tile / across * Tile, column = tile % across * Tile;
            Block target = c.Slice(row, column, Math.Min(Tile, c.Rows - row), Math.Min(Tile, c.Columns - column));
            PanelProduct.Accumulate(alpha, left, row, right, column, target.View);
        });
    }

    /// <summary>The lower triangle of C ← C + alpha·op(A)·op(A)ᵀ.</summary>
    public void AccumulateLower(double alpha, Block a, bool transposeA, Block c)
    {
        Workers crew = CrewFor(0.5 * c.Rows * c.Rows * (transposeA ? a.Rows : a.Columns));
        using PackedPanels<double> panels = Pack(a, transposeA, crew);
        AccumulateLower(alpha, panels, panels, c, crew);
    }

    /// <summary>The lower triangle of C ← C + alpha·Aᵀ·B, for an A and B that make it symmetric.</summary>
    public void AccumulateLower(double alpha, Block a, Block b, Block c)
    {
        Workers crew = CrewFor(0.5 * c.Rows * c.Rows * a.Rows);
        using PackedPanels<double> left = Pack(a, true, crew), right = Pack(b, true, crew);
        AccumulateLower(alpha, left, right, c, crew);
    }

    private static void AccumulateLower(double alpha, PackedPanels<double> left, PackedPanels<double> right, Block c, Workers crew)
    {
        nint down = Count(c.Rows);
        crew.Run(down * (down + 1) / 2, tile =>
        {
            // The longest rows of tiles first.
            nint fromEnd = down * (down + 1) / 2 - 1 - tile;
            nint i = ((nint)Math.Sqrt(8.0 * fromEnd + 1) - 1) / 2;
            nint row = i * Tile, column = (fromEnd - i * (i + 1) / 2) * Tile, height = Math.Min(Tile, c.Rows - row);
            if (row != column) PanelProduct.Accumulate(alpha, left, row, right, column, c.Slice(row, column, height, Tile).View);
            else AccumulateDiagonalTile(alpha, left, right, row, c.Slice(row, row, height, height));
        });
    }

    /// <summary>A tile on the diagonal, a panel of columns at a time; what lies above the diagonal is not touched.</summary>
    private static void AccumulateDiagonalTile(double alpha, PackedPanels<double> left, PackedPanels<double> right, nint first, Block c)
    {
        int width = PackedPanels<double>.Width;
        double* corner = stackalloc double[width * width];
        for (nint j = 0; j < c.Rows; j += width)
        {
            nint size = Math.Min(width, c.Rows - j);
            Block square = new(corner, size, size, width), target = c.Slice(j, j, size, size);
            square.Clear();
            PanelProduct.Accumulate(alpha, left, first + j, right, first + j, square.View);
            for (nint i = 0; i < size; i++) Rows.Add(1, square.Row(i), target.Row(i), i + 1);
            nint below = c.Rows - j - size;
            if (below > 0) PanelProduct.Accumulate(alpha, left, first + j + size, right, first + j, c.Slice(j + size, j, below, size).View);
        }
    }

    /// <summary>The rows of A, or its columns, as packed vectors.</summary>
    private static PackedPanels<double> Pack(Block a, bool columns, Workers crew)
    {
        nint count = columns ? a.Columns : a.Rows;
        var panels = new PackedPanels<double>(count, columns ? a.Rows : a.Columns);
        crew.Run(Count(count), piece =>
        {
            nint first = piece * Tile, size = Math.Min(Tile, count - first);
            if (columns) panels.PackColumns(first, a.Slice(0, first, a.Rows, size).View);
            else panels.PackRows(first, a.Slice(first, 0, size, a.Columns).View);
        });
        return panels;
    }

    private Workers CrewFor(double multiplyAdds) => multiplyAdds < WorthThreads ? Workers.Alone : workers;

    private static nint Count(nint size) => (size + Tile - 1) / Tile;
}
