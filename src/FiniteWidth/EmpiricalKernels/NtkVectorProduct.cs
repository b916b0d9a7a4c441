using System.Numerics;

namespace InfiniteNtk;

/// <summary>Products with an empirical NTK that is never formed.</summary>
public static class NtkVectorProduct
{
    /// <summary>
    /// Θ(x, x′)·u = J(x)·(J(x′)ᵀ·u) over all samples and outputs: one backward pass on x′ and one forward derivative on x.
    /// </summary>
    /// <param name="network">The network, without dropout where x and x′ differ (their masks are those of separate batches).</param>
    /// <param name="left">x.</param>
    /// <param name="right">x′; null: x.</param>
    /// <param name="vector">u, one row a sample of x′ and one column an output.</param>
    /// <returns>One row a sample of x, one column an output.</returns>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    public static KernelMatrix<double> Compute<T>(FiniteNetwork<T> network, Samples left, Samples? right, KernelMatrix<double> vector)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Tangent(left, network.Gradient(right ?? left, vector));
    }
}
