using System.Numerics;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>One output matrix, written strip by strip; of a symmetric one each entry goes to both triangles.</summary>
internal sealed unsafe class KernelTarget<T>(KernelMatrix<T> matrix) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Block = 8;

    /// <summary>The matrix.</summary>
    public KernelMatrix<T> Matrix => matrix;

    /// <summary>Copies a strip of <paramref name="rows"/> rows to where it belongs.</summary>
    public void Write(T* strip, nint stride, Tile tile, nint firstRow, nint rows)
    {
        MatrixView<T> target = matrix.View.Slice(tile.Row + firstRow, tile.Column, rows, tile.Columns);
        for (nint i = 0; i < rows; i++) new Span<T>(strip + i * stride, (int)tile.Columns).CopyTo(target.Row(i));
    }

    /// <summary>Writes a strip above the diagonal and its mirror image below.</summary>
    public void WriteMirrored(T* strip, nint stride, Tile tile, nint firstRow, nint rows)
    {
        Write(strip, stride, tile, firstRow, rows);
        MatrixView<T> mirror = matrix.View.Slice(tile.Column, tile.Row + firstRow, tile.Columns, rows);
        for (nint j = 0; j < tile.Columns; j += Block)
        {
            nint columns = Math.Min(Block, tile.Columns - j);
            for (nint i = 0; i < rows; i += Block)
            {
                nint height = Math.Min(Block, rows - i);
                T* from = strip + i * stride + j, to = mirror.Origin + j * mirror.Stride + i;
                for (nint c = 0; c < columns; c++)
                {
                    for (nint r = 0; r < height; r++) to[c * mirror.Stride + r] = from[r * stride + c];
                }
            }
        }
    }

    /// <summary>Writes the strip of a tile on the diagonal: entries right of it and their mirror images.</summary>
    public void WriteTriangle(T* strip, nint stride, Tile tile, nint firstRow, nint rows)
    {
        MatrixView<T> target = matrix.View.Slice(tile.Row, tile.Column, tile.Rows, tile.Columns);
        for (nint i = 0; i < rows; i++)
        {
            for (nint j = firstRow + i; j < tile.Columns; j++)
            {
                T value = strip[i * stride + j];
                target.Origin[(firstRow + i) * target.Stride + j] = value;
                target.Origin[j * target.Stride + firstRow + i] = value;
            }
        }
    }
}
