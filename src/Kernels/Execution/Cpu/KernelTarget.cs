using System.Numerics;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>One output matrix, written strip by strip; of a symmetric one each entry goes to both triangles.</summary>
internal sealed unsafe class KernelTarget<T>(KernelMatrix<T> matrix) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Smaller results may still be in the cache when they are read.</summary>
    private const long StreamedBytes = 64L << 20;

    private readonly bool _stream = (double)matrix.Rows * matrix.Columns * sizeof(T) >= StreamedBytes
        && Streaming.IsPossible(matrix.View.Origin, matrix.View.Stride);

    /// <summary>Copies a strip of <paramref name="rows"/> rows to where it belongs.</summary>
    public void Write(T* strip, nint stride, Tile tile, nint firstRow, nint rows)
    {
        MatrixView<T> target = matrix.View.Slice(tile.Row + firstRow, tile.Column, rows, tile.Columns);
        T* origin = target.Origin;
        for (nint i = 0; i < rows; i++)
        {
            if (_stream) Streaming.Copy(strip + i * stride, origin + i * target.Stride, tile.Columns);
            else new Span<T>(strip + i * stride, (int)tile.Columns).CopyTo(target.Row(i));
        }

        if (_stream) Streaming.Finish();
    }

    /// <summary>Writes a strip above the diagonal and its mirror image below.</summary>
    public void WriteMirrored(T* strip, nint stride, Tile tile, nint firstRow, nint rows)
    {
        int size = Transposition.Size<T>();
        MatrixView<T> mirror = matrix.View.Slice(tile.Column, tile.Row + firstRow, tile.Columns, rows);
        T* origin = mirror.Origin;
        nint wholeRows = rows / size * size, wholeColumns = tile.Columns / size * size;
        for (nint j = 0; j < wholeColumns; j += size)
        {
            for (nint i = 0; i < wholeRows; i += size)
            {
                Transposition.Block(strip + i * stride + j, stride, origin + j * mirror.Stride + i, mirror.Stride, _stream);
            }
        }

        for (nint j = 0; j < tile.Columns; j++)
        {
            for (nint i = j < wholeColumns ? wholeRows : 0; i < rows; i++) origin[j * mirror.Stride + i] = strip[i * stride + j];
        }

        Write(strip, stride, tile, firstRow, rows);
    }

    /// <summary>Writes the strip of a tile on the diagonal: entries right of it and their mirror images.</summary>
    public void WriteTriangle(T* strip, nint stride, Tile tile, nint firstRow, nint rows)
    {
        MatrixView<T> target = matrix.View.Slice(tile.Row, tile.Column, tile.Rows, tile.Columns);
        T* origin = target.Origin;
        for (nint i = 0; i < rows; i++)
        {
            for (nint j = firstRow + i; j < tile.Columns; j++)
            {
                T value = strip[i * stride + j];
                origin[(firstRow + i) * target.Stride + j] = value;
                origin[j * target.Stride + firstRow + i] = value;
            }
        }
    }
}
