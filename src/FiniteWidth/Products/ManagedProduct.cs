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
    /// <summary>Rows, and at most columns, of a tile: a multiple of the panel width that stays in the cache.</summary>
    private const int TileSize = 240;

    /// <summary>Bytes of the right panels that a thread packs, multiplies and forgets: they stay in its own cache.</summary>
    private const int PanelBytes = 768 << 10;

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
        fixed (double* pointer = a) Pack(left, pointer, m, transposeA ? m : k, k, transposeA);
        fixed (double* pb = b, pc = c) Run(alpha, left, (nint)pb, !transposeB, (nint)pc, m, n, k);
    }

    /// <summary>
    /// Weights are many and samples few: the left side is packed whole, the right side in pieces by whoever multiplies them, so that
    /// it is read from memory once and never copied back to it.
    /// </summary>
    private void Run(double alpha, PackedPanels<double> left, nint b, bool byColumns, nint c, int m, int n, int k)
    {
        int fitting = PanelBytes / (sizeof(double) * k) / PackedPanels<double>.Width * PackedPanels<double>.Width;
        int columns = Math.Min(Math.Clamp(fitting, 2 * PackedPanels<double>.Width, TileSize), n);
        int pieces = (n + columns - 1) / columns;
        PackedPanels<double> Piece(int piece, PackedPanels<double> right)
        {
            int j = piece * columns;
            int width = Math.Min(columns, n - j);
            Pack(right, (double*)b + (byColumns ? j : (nint)j * k), width, byColumns ? n : k, k, byColumns);
            var target = new MatrixView<double>((double*)c, m, n, n);
            for (int i = 0; i < m; i += TileSize) PanelProduct.Accumulate(alpha, left, i, right, 0, target.Slice(i, j, Math.Min(TileSize, m - i), width));
            return right;
        }

        if (threads == 1 || pieces == 1 || (long)m * n * k < WorthSharing)
        {
            using var right = new PackedPanels<double>(columns, k);
            for (int piece = 0; piece < pieces; piece++) Piece(piece, right);
        }
        else
        {
            Parallel.For(
                0, pieces, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new PackedPanels<double>(columns, k),
                (piece, _, right) => Piece(piece, right), right => right.Dispose());
        }
    }

    /// <summary>
    /// Packs <paramref name="count"/> vectors of <paramref name="length"/> numbers, which are rows of a matrix, or columns.
    /// </summary>
    private static void Pack(PackedPanels<double> panels, double* source, int count, int stride, int length, bool columns)
    {
        if (columns) panels.PackColumns(0, new MatrixView<double>(source, length, count, stride));
        else panels.PackRows(0, new MatrixView<double>(source, count, length, stride));
    }

    private static void Scale(Span<double> values, double factor)
    {
        if (factor == 0) values.Clear();
        else if (factor != 1) for (int i = 0; i < values.Length; i++) values[i] *= factor;
    }
}
