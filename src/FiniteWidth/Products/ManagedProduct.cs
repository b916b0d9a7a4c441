using System.Numerics;
using InfiniteNtk.FiniteWidth.Layers;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Kernels.Products;

namespace InfiniteNtk.FiniteWidth.Products;

/// <summary>
/// Products by the register-blocked kernel of <see cref="PanelProduct"/>: an entry's bits depend on its row, its column and alpha
/// only, so neither the number of threads nor the batch around a sample changes a result.
/// </summary>
/// <param name="threads">How many threads one product may use.</param>
internal sealed unsafe class ManagedProduct<T>(int threads) : IMatrixProduct<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows, and at most columns, of a tile: a multiple of the panel width that stays in the cache.</summary>
    private const int TileSize = 240;

    /// <summary>Bytes of the right panels that a thread packs, multiplies and forgets: they stay in its own cache.</summary>
    private const int PanelBytes = 768 << 10;

    /// <summary>Below this many multiply-adds a second thread costs more than it brings.</summary>
    private const long WorthSharing = 4_000_000;

    /// <summary>The left side's panels, and what each thread packs of the right one's.</summary>
    private readonly PanelMemory _memory = new(most: threads + 1, largest: 32 << 20);

    public void Multiply(
        int m, int n, int k, double alpha, ReadOnlySpan<T> a, bool transposeA, ReadOnlySpan<T> b, bool transposeB, double beta, Span<T> c)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(a.Length, m * k);
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, k * n);
        ArgumentOutOfRangeException.ThrowIfNotEqual(c.Length, m * n);
        if (beta == 0) c.Clear();
        else Vectors.Scale(c, beta);
        if (m == 0 || n == 0 || k == 0) return;
        NativeBuffer buffer = _memory.Rent(PackedPanels<T>.BytesFor(m, k));
        var left = new PackedPanels<T>(m, k, buffer);
        fixed (T* pointer = a) Pack(left, pointer, m, transposeA ? m : k, k, transposeA);
        fixed (T* pb = b, pc = c) Run(T.CreateTruncating(alpha), left, (nint)pb, !transposeB, (nint)pc, m, n, k);
        _memory.Return(buffer);
    }

    /// <summary>Tiles on and above the diagonal, then their mirror image.</summary>
    public void Square(int n, int k, ReadOnlySpan<T> a, Span<T> c)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(a.Length, n * k);
        ArgumentOutOfRangeException.ThrowIfNotEqual(c.Length, n * n);
        c.Clear();
        if (n == 0 || k == 0) return;
        NativeBuffer buffer = _memory.Rent(PackedPanels<T>.BytesFor(n, k));
        var panels = new PackedPanels<T>(n, k, buffer);
        fixed (T* pointer = a) Pack(panels, pointer, n, k, k, columns: false);
        fixed (T* pointer = c)
        {
            nint target = (nint)pointer;
            ForEach((n + PackedPanels<T>.Width - 1) / PackedPanels<T>.Width, (long)n * n * k / 2, panel =>
            {
                int i = panel * PackedPanels<T>.Width;
                var whole = new MatrixView<T>((T*)target, n, n, n);
                PanelProduct.Accumulate(T.One, panels, 0, panels, i, whole.Slice(0, i, Math.Min(i + PackedPanels<T>.Width, n), Math.Min(PackedPanels<T>.Width, n - i)));
            });
        }

        _memory.Return(buffer);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++) c[i * n + j] = c[j * n + i];
        }
    }

    /// <summary>
    /// Weights are many and samples few: the left side is packed whole, the right side in pieces by whoever multiplies them, so that
    /// it is read from memory once and never copied back to it.
    /// </summary>
    private void Run(T alpha, PackedPanels<T> left, nint b, bool byColumns, nint c, int m, int n, int k)
    {
        int fitting = PanelBytes / (sizeof(T) * k) / PackedPanels<T>.Width * PackedPanels<T>.Width;
        int columns = Math.Min(Math.Clamp(fitting, PackedPanels<T>.Width, TileSize), n);
        ForEach((n + columns - 1) / columns, (long)m * n * k, piece =>
        {
            int j = piece * columns;
            int width = Math.Min(columns, n - j);
            NativeBuffer buffer = _memory.Rent(PackedPanels<T>.BytesFor(columns, k));
            var right = new PackedPanels<T>(width, k, buffer);
            Pack(right, (T*)b + (byColumns ? j : (nint)j * k), width, byColumns ? n : k, k, byColumns);
            var target = new MatrixView<T>((T*)c, m, n, n);
            for (int i = 0; i < m; i += TileSize) PanelProduct.Accumulate(alpha, left, i, right, 0, target.Slice(i, j, Math.Min(TileSize, m - i), width));
            _memory.Return(buffer);
        });
    }

    /// <summary>Pieces one by one to whichever thread is free.</summary>
    private void ForEach(int pieces, long work, Action<int> run)
    {
        if (threads == 1 || pieces == 1 || work < WorthSharing)
        {
            for (int piece = 0; piece < pieces; piece++) run(piece);
        }
        else
        {
            ParallelSection.For(pieces, threads, piece => run((int)piece));
        }
    }

    /// <summary>
    /// Packs <paramref name="count"/> vectors of <paramref name="length"/> numbers, which are rows of a matrix, or columns.
    /// </summary>
    private static void Pack(PackedPanels<T> panels, T* source, int count, int stride, int length, bool columns)
    {
        if (columns) panels.PackColumns(0, new MatrixView<T>(source, length, count, stride));
        else panels.PackRows(0, new MatrixView<T>(source, count, length, stride));
    }
}
