using InfiniteNtk.FiniteWidth.MonteCarlo;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.FiniteWidth.Verification;

/// <summary>What was sampled at one width, beside the kernel it should approach.</summary>
/// <param name="Width">The hidden width.</param>
/// <param name="Sampled">The empirical kernel over draws, of a symmetric set of samples.</param>
/// <param name="Exact">
/// The kernel under test; it depends on the width only where the standard parameterization occurs.
/// </param>
public sealed record WidthEvidence(int Width, EntryStatistics Sampled, KernelMatrix<double> Exact);
