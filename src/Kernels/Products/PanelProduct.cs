using System.Numerics;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Products;

/// <summary>
/// Products of packed vectors: C ← C + alpha·⟨left i, right j⟩, the base of kernels and of the managed linear algebra.
/// </summary>
/// <remarks>
/// <para>
/// To multiply any row-major matrices, C += alpha·op(A)·op(B): pack the rows of op(A) and the columns of op(B)
/// (<see cref="PackedPanels{T}.PackRows"/> or <see cref="PackedPanels{T}.PackColumns"/>, whichever reads the source as it lies) and
/// accumulate into a view of C. A product with its own transpose packs once and passes the same panels twice. Cut C into tiles of
/// a few hundred rows and columns, at multiples of the panel width, to keep a tile in the cache and to share it among threads; one
/// call runs on the caller's thread.
/// </para>
/// <para>
/// Each block of <see cref="BlockLength"/> positions is summed from zero by one chain of fused multiply-adds and then added to C.
/// An entry's bits therefore depend on its two vectors, alpha and C only: not on tile, thread, other entries or processor; and
/// ⟨x, y⟩ has the bits of ⟨y, x⟩.
/// </para>
/// <para>
/// Panels come from beyond the second-level cache, each once for a tile and block of positions, so each is fetched while the one
/// before it is multiplied: the left blocks during the first column of blocks, the next right panel during the first three blocks of
/// a column, a third of it (one cache line of each position) at a time. Without it a tenth of the time is waiting.
/// </para>
/// </remarks>
internal static unsafe class PanelProduct
{
    /// <summary>Positions summed in one chain: as many as keep a block of left vectors in the second-level cache beside its tile.</summary>
    public const int BlockLength = 256;

    /// <summary>
    /// Adds alpha times the products of left vectors (from <paramref name="firstLeft"/>, one a row of <paramref name="c"/>) with
    /// right vectors (from <paramref name="firstRight"/>, one a column). <paramref name="firstLeft"/> is a multiple of 8,
    /// <paramref name="firstRight"/> of the panel width; the zeros that complete the last panel may be multiplied too.
    /// </summary>
    public static void Accumulate<T>(
        T alpha, PackedPanels<T> left, nint firstLeft, PackedPanels<T> right, nint firstRight, MatrixView<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(left.Length, right.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(firstLeft % 8, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(firstRight % PackedPanels<T>.Width, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstLeft + c.Rows, left.PaddedCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRight + c.Columns, right.PaddedCount);
        Accumulate(MicroKernels.For<T>(), alpha, left, firstLeft, right, firstRight, c);
    }

    /// <summary>The same with a block shape of the caller's choice.</summary>
    internal static void Accumulate<T>(
        IMicroKernel<T> kernel, T alpha, PackedPanels<T> left, nint firstLeft, PackedPanels<T> right, nint firstRight, MatrixView<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* edge = stackalloc T[kernel.Rows * kernel.Columns], target = c.Origin;
        int line = Cache.LineBytes / sizeof(T);
        for (nint start = 0; start < left.Length; start += BlockLength)
        {
            nint length = Math.Min(BlockLength, left.Length - start);
            for (nint j = 0; j < c.Columns; j += kernel.Columns)
            {
                T* rightBlock = right.At(firstRight + j, start);
                T* ahead = j + kernel.Columns < c.Columns ? right.At(firstRight + j + kernel.Columns, start) : right.At(firstRight, start + length);
                for (nint i = 0; i < c.Rows; i += kernel.Rows)
                {
                    T* leftBlock = left.At(firstLeft + i, start);
                    nint third = i / kernel.Rows;
                    T* next = j == 0 ? left.At(firstLeft + i + kernel.Rows, start) : third < 3 ? ahead + third * line : leftBlock;
                    if (i + kernel.Rows <= c.Rows && j + kernel.Columns <= c.Columns)
                    {
                        kernel.Run(length, leftBlock, rightBlock, next, alpha, target + i * c.Stride + j, c.Stride);
                    }
                    else
                    {
                        MatrixView<T> part = c.Slice(i, j, Math.Min(kernel.Rows, c.Rows - i), Math.Min(kernel.Columns, c.Columns - j));
                        var whole = new MatrixView<T>(edge, kernel.Rows, kernel.Columns, kernel.Columns);
                        Copy(part, whole);
                        kernel.Run(length, leftBlock, rightBlock, next, alpha, edge, kernel.Columns);
                        Copy(whole.Slice(0, 0, part.Rows, part.Columns), part);
                    }
                }
            }
        }

        c.KeepAlive();
    }

    private static void Copy<T>(MatrixView<T> source, MatrixView<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (nint i = 0; i < source.Rows; i++)
        {
            for (nint j = 0; j < source.Columns; j++) target[i, j] = source[i, j];
        }
    }
}
