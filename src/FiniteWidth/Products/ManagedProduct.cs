using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Kernels.Products;

namespace InfiniteNtk.FiniteWidth.Products;

/// <summary>
/// Products by the register-blocked kernel of <see cref="PanelProduct"/>: an entry's bits depend on its row, its column and alpha
/// only, so neither the number of threads nor the batch around a sample changes a result.
/// </summary>
/// <param name="threads">How many threads one product may use.</param>
internal sealed unsafe class ManagedProduct(int threads) : IMatrixProduct
{
    /// <summary>Rows and columns of a tile: a multiple of the panel width that stays in the cache.</summary>
    private const int TileSize = 240;

    /// <summary>Below this many multiply-adds a second thread costs more than it brings.</summary>
    private const long WorthSharing = 4_000_000;

    public void Multiply(
        int m, int n, int k, double alpha, ReadOnlySpan<double> a, bool transposeA, ReadOnlySpan<double> b, bool transposeB,
        double beta, Span<double> c)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(a.Length, m * k);
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, k * n);
        ArgumentOutOfRangeException.ThrowIfNotEqual(c.Length, m * n);
        Scale(c, beta);
        if (m == 0 || n == 0 || k == 0) return;
        using var left = new PackedPanels<double>(m, k);
        using var right = new PackedPanels<double>(n, k);
        fixed (double* pointer = a) Pack(left, pointer, m, k, transposeA);
        fixed (double* pointer = b) Pack(right, pointer, n, k, !transposeB);
        fixed (double* pointer = c) Run(alpha, left, right, (nint)pointer, m, n, (long)m * n * k);
    }

    private void Run(double alpha, PackedPanels<double> left, PackedPanels<double> right, nint c, int m, int n, long work)
    {
        int tilesDown = (m + TileSize - 1) / TileSize;
        int tilesAcross = (n + TileSize - 1) / TileSize;
        void Tile(int tile)
        {
            int i = tile / tilesAcross * TileSize;
            int j = tile % tilesAcross * TileSize;
            var view = new MatrixView<double>((double*)c, m, n, n).Slice(i, j, Math.Min(TileSize, m - i), Math.Min(TileSize, n - j));
            PanelProduct.Accumulate(alpha, left, i, right, j, view);
        }

        if (threads == 1 || work < WorthSharing)
        {
            for (int tile = 0; tile < tilesDown * tilesAcross; tile++) Tile(tile);
        }
        else
        {
            Parallel.For(0, tilesDown * tilesAcross, new ParallelOptions { MaxDegreeOfParallelism = threads }, Tile);
        }
    }

    /// <summary>Packs vectors that are the rows of a count × length matrix, or its columns where it lies transposed.</summary>
    private static void Pack(PackedPanels<double> panels, double* source, int count, int length, bool transposed)
    {
        if (transposed) panels.PackColumns(0, new MatrixView<double>(source, length, count, count));
        else panels.PackRows(0, new MatrixView<double>(source, count, length, length));
    }

    private static void Scale(Span<double> values, double factor)
    {
        if (factor == 0) values.Clear();
        else if (factor != 1) for (int i = 0; i < values.Length; i++) values[i] *= factor;
    }
}
