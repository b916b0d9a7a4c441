using System.Numerics;
using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Kernels.Products;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>
/// One worker's input products. Whole samples: computed once for a tile, while its panels are in the cache. By position: for a
/// strip at a time, so that the strip's mean over positions stays in the cache.
/// </summary>
internal sealed unsafe class TileProducts<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SampleShape _shape;
    private readonly nint _columns;
    private readonly NativeBuffer? _whole, _strip;
    private Tile? _computed;

    public TileProducts(SampleShape shape, InputLayouts layouts, nint stripRows, nint tileSize)
    {
        _shape = shape;
        _columns = tileSize;
        if (layouts.Whole) _whole = new NativeBuffer(tileSize * tileSize * sizeof(T));
        if (layouts.ByPosition) _strip = new NativeBuffer(stripRows * tileSize * sizeof(T));
    }

    /// <summary>The left samples.</summary>
    public PackedInputs<T> Left { get; private set; } = null!;

    /// <summary>The right samples.</summary>
    public PackedInputs<T> Right { get; private set; } = null!;

    /// <summary>The tile being computed.</summary>
    public Tile Tile { get; private set; }

    public static double BytesFor(InputLayouts layouts, nint stripRows, nint tileSize) =>
        ((layouts.Whole ? (double)tileSize : 0) + (layouts.ByPosition ? stripRows : 0)) * tileSize * sizeof(T);

    /// <summary>Goes to another tile.</summary>
    public void MoveTo(Tile tile, PackedInputs<T> left, PackedInputs<T> right)
    {
        (Tile, Left, Right) = (tile, left, right);
        _computed = null;
    }

    /// <summary>Numbers in the vectors that are multiplied.</summary>
    public nint LengthOf(bool flattened) => flattened ? _shape.Size : _shape.Channels;

    /// <summary>The products of the strip's left samples with the tile's right samples, computed now if they are not yet.</summary>
    public T* Rows(bool flattened, in Strip<T> strip, out nint stride)
    {
        stride = _columns;
        if (!flattened)
        {
            nint first = strip.FirstColumn / PackedPanels<T>.Width * PackedPanels<T>.Width;
            Compute(_strip!, flattened, in strip, strip.Row, strip.Rows, first, strip.Columns);
            return (T*)_strip!.Pointer;
        }

        if (_computed != Tile)
        {
            Compute(_whole!, flattened, in strip, 0, Tile.Rows, 0, strip.TileColumns);
            _computed = Tile;
        }

        return (T*)_whole!.Pointer + strip.Row * _columns;
    }

    /// <summary>On the diagonal the panels left of it are not needed.</summary>
    private void Compute(NativeBuffer buffer, bool flattened, in Strip<T> strip, nint firstRow, nint rows, nint firstColumn, nint endColumn)
    {
        int width = PackedPanels<T>.Width;
        var all = new MatrixView<T>((T*)buffer.Pointer, rows, endColumn, _columns);
        for (nint row = 0; row < rows; row++) all.Row(row)[(int)firstColumn..].Clear();
        PackedPanels<T> left = Left.Panels(flattened, strip.Position), right = Right.Panels(flattened, strip.Position);
        if (!strip.OnDiagonal)
        {
            PanelProduct.Accumulate(
                T.One, left, Tile.Row + firstRow, right, Tile.Column + firstColumn, all.Slice(0, firstColumn, rows, endColumn - firstColumn));
            return;
        }

        for (nint row = 0, next; row < rows; row = next)
        {
            nint panel = (firstRow + row) / width * width;
            next = Math.Min(rows, panel + width - firstRow);
            panel = Math.Max(panel, firstColumn);
            if (panel >= endColumn) continue;
            PanelProduct.Accumulate(
                T.One, left, Tile.Row + firstRow + row, right, Tile.Column + panel, all.Slice(row, panel, next - row, endColumn - panel));
        }
    }

    public void Dispose()
    {
        _whole?.Dispose();
        _strip?.Dispose();
    }
}
