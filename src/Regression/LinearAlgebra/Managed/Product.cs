using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Kernels.Products;

namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>
/// C ← C + alpha·op(A)·op(B), whole or lower triangle only: both sides packed, some positions at a time, then tiles of C shared among
/// threads. An entry is one fixed chain of additions, so neither tiles nor threads change its bits.
/// </summary>
internal sealed unsafe class Product(Workers workers)
{
    /// <summary>Ten panels: a tile of C and the panels it reads stay in the second-level cache.</summary>
    private const nint LargestTile = 240;

    private const nint SmallestTile = 48, TilesPerThread = 4;

    /// <summary>Vectors that one piece of work packs.</summary>
    private const nint PackedAtOnce = 48;

    /// <summary>Most bytes that both sides' packed panels take, unless a block of positions alone takes more.</summary>
    private const nint PackedBytes = 32 << 20;

    /// <summary>Below this many multiply-adds a second thread costs more than it saves.</summary>
    private const double WorthThreads = 1 << 19;

    private readonly PanelMemory _memory = new(most: 2, largest: 64 << 20);

    private delegate void Tiles(PackedPanels<double> left, PackedPanels<double> right);

    /// <summary>C ← C + alpha·op(A)·op(B).</summary>
    public void Accumulate(double alpha, Block a, bool transposeA, Block b, bool transposeB, Block c)
    {
        if (c.Columns <= SkinnyProduct.MostColumns)
        {
            SkinnyProduct.Accumulate(alpha, a, transposeA, b, transposeB, c, workers);
            return;
        }

        Workers crew = CrewFor((double)c.Rows * c.Columns * (transposeA ? a.Rows : a.Columns));
        nint size = TileSize((double)c.Rows * c.Columns, crew), down = Count(c.Rows, size), across = Count(c.Columns, size);
        Pack(a, transposeA, b, !transposeB, crew, (left, right) => crew.Run(down * across, tile =>
        {
            nint row = tile / across * size, column = tile % across * size;
            Block target = c.Slice(row, column, Math.Min(size, c.Rows - row), Math.Min(size, c.Columns - column));
            PanelProduct.Accumulate(alpha, left, row, right, column, target.View);
        }));
    }

    /// <summary>The lower triangle of C ← C + alpha·op(A)·op(A)ᵀ.</summary>
    public void AccumulateLower(double alpha, Block a, bool transposeA, Block c) => AccumulateLower(alpha, a, a, transposeA, c);

    /// <summary>The lower triangle of C ← C + alpha·Aᵀ·B, for an A and B that make it symmetric.</summary>
    public void AccumulateLower(double alpha, Block a, Block b, Block c) => AccumulateLower(alpha, a, b, true, c);

    private void AccumulateLower(double alpha, Block a, Block b, bool columns, Block c)
    {
        double area = 0.5 * c.Rows * c.Rows;
        Workers crew = CrewFor(area * (columns ? a.Rows : a.Columns));
        nint size = TileSize(area, crew), down = Count(c.Rows, size), tiles = down * (down + 1) / 2;
        Pack(a, columns, b, columns, crew, (left, right) => crew.Run(tiles, tile =>
        {
            // The longest rows of tiles first.
            nint fromEnd = tiles - 1 - tile;
            nint i = ((nint)Math.Sqrt(8.0 * fromEnd + 1) - 1) / 2;
            nint row = i * size, column = (fromEnd - i * (i + 1) / 2) * size, height = Math.Min(size, c.Rows - row);
            if (row != column) PanelProduct.Accumulate(alpha, left, row, right, column, c.Slice(row, column, height, size).View);
            else AccumulateDiagonalTile(alpha, left, right, row, c.Slice(row, row, height, height));
        }));
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

    /// <summary>
    /// Packs the rows or columns of A and B, as many positions at a time as <see cref="PackedBytes"/> holds (whole blocks of a chain of
    /// additions), and multiplies them; the same vectors are packed once.
    /// </summary>
    private void Pack(Block a, bool columnsOfA, Block b, bool columnsOfB, Workers crew, Tiles multiply)
    {
        nint inner = columnsOfA ? a.Rows : a.Columns, left = columnsOfA ? a.Columns : a.Rows, right = columnsOfB ? b.Columns : b.Rows;
        nint blocks = PackedBytes / (PanelProduct.BlockLength * sizeof(double) * Math.Max(left + right, 1));
        nint most = Math.Min(inner, Math.Max(blocks, 1) * PanelProduct.BlockLength);
        bool same = a.Origin == b.Origin && a.Stride == b.Stride && columnsOfA == columnsOfB && left == right;
        NativeBuffer leftMemory = _memory.Rent(PackedPanels<double>.BytesFor(left, most));
        NativeBuffer rightMemory = same ? leftMemory : _memory.Rent(PackedPanels<double>.BytesFor(right, most));
        try
        {
            for (nint start = 0, length; start < inner; start += length)
            {
                length = Math.Min(most, inner - start);
                using var leftPanels = new PackedPanels<double>(left, length, leftMemory);
                using var rightPanels = same ? leftPanels : new PackedPanels<double>(right, length, rightMemory);
                nint leftPieces = Count(left, PackedAtOnce), rightPieces = same ? 0 : Count(right, PackedAtOnce), first = start, count = length;
                crew.Run(leftPieces + rightPieces, piece =>
                {
                    if (piece < leftPieces) Pack(a, columnsOfA, first, count, piece * PackedAtOnce, leftPanels);
                    else Pack(b, columnsOfB, first, count, (piece - leftPieces) * PackedAtOnce, rightPanels);
                });
                multiply(leftPanels, rightPanels);
            }
        }
        finally
        {
            _memory.Return(leftMemory);
            if (!same) _memory.Return(rightMemory);
        }
    }

    private static void Pack(Block a, bool columns, nint start, nint length, nint first, PackedPanels<double> panels)
    {
        nint size = Math.Min(PackedAtOnce, panels.Count - first);
        if (columns) panels.PackColumns(first, a.Slice(start, first, length, size).View);
        else panels.PackRows(first, a.Slice(first, start, size, length).View);
    }

    private Workers CrewFor(double multiplyAdds) => multiplyAdds < WorthThreads ? Workers.Alone : workers;

    /// <summary>As large as the cache likes, but small enough that every thread gets several.</summary>
    private static nint TileSize(double area, Workers crew)
    {
        int width = PackedPanels<double>.Width;
        return Math.Clamp((nint)Math.Sqrt(area / (TilesPerThread * crew.Threads)) / width * width, SmallestTile, LargestTile);
    }

    private static nint Count(nint size, nint each) => (size + each - 1) / each;
}
