namespace InfiniteNtk;

/// <summary>What was sampled at one width, beside the kernel it should approach.</summary>
/// <param name="Width">The hidden width.</param>
/// <param name="Sampled">The empirical kernel over draws, of a symmetric set of samples.</param>
/// <param name="Exact">
/// The kernel under test; it depends on the width only where the standard parameterization occurs.
/// </param>
public sealed record WidthEvidence(int Width, EntryStatistics Sampled, KernelMatrix<double> Exact)
{
    /// <summary>The unit of an entry's error: √(exact_ii exact_jj); 1 where a sample has no variance, so that its entries are compared as they are.</summary>
    internal double Scale(int i, int j)
    {
        double scale = Math.Sqrt(Exact[i, i] * Exact[j, j]);
        return scale > 0 ? scale : 1;
    }

    /// <summary>How far the mean of an entry is from the kernel.</summary>
    internal ErrorAtWidth Error(int i, int j)
    {
        double scale = Scale(i, j);
        return new(Width, (Sampled.Mean(i, j) - Exact[i, j]) / scale, Sampled.StandardError(i, j) / scale, Sampled.Draws);
    }
}
