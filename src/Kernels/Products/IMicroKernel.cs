using System.Numerics;

namespace InfiniteNtk.Kernels.Products;

/// <summary>
/// The innermost product: a small block of entries kept in registers while the vectors run past, one fused multiply-add chain per
/// entry. What an entry's chain is does not depend on the shape, so all shapes give the same bits.
/// </summary>
internal unsafe interface IMicroKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Left vectors in a block.</summary>
    int Rows { get; }

    /// <summary>Right vectors in a block.</summary>
    int Columns { get; }

    /// <summary>
    /// c[i, j] ← alpha·Σ left[i]·right[j] + c[i, j], both sides pointing into panels, over <paramref name="length"/> positions.
    /// The cache line at each of as many positions from <paramref name="next"/> on is fetched meanwhile: only a hint.
    /// </summary>
    void Run(nint length, T* left, T* right, T* next, T alpha, T* c, nint stride);
}
