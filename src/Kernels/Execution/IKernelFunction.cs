namespace InfiniteNtk;

/// <summary>
/// A pair of kernels as functions of two samples, for example a network: what a fit asks for the kernels of points that it has not seen.
/// </summary>
public interface IKernelFunction
{
    /// <summary>The kernels of samples.</summary>
    /// <param name="x">Row samples.</param>
    /// <param name="x2">Column samples; null: the symmetric kernel of <paramref name="x"/> with itself.</param>
    /// <param name="outputs">Which kernels.</param>
    /// <param name="options">Threads, memory, progress, cancellation; nothing of it changes a bit of the result.</param>
    /// <exception cref="ShapeMismatchException">The samples are of a shape that it does not take.</exception>
    /// <exception cref="MemoryBudgetException">The result would not fit in memory.</exception>
    KernelPair<double> Kernels(Samples x, Samples? x2 = null, KernelOutputs outputs = KernelOutputs.Both, ExecutionOptions? options = null);

    /// <summary>Only K(x, x) and Θ(x, x), as N × 1 matrices, bit-identical to the diagonal of the symmetric kernel.</summary>
    KernelPair<double> Diagonal(Samples x, KernelOutputs outputs = KernelOutputs.Both, ExecutionOptions? options = null);
}
