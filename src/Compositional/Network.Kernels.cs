using System.Numerics;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;

namespace InfiniteNtk;

public abstract partial record Network : IKernelFunction
{
    /// <summary>
    /// The NNGP and NTK kernels of this network's infinite-width limit, in double precision on the processor. Another executor
    /// runs the same <see cref="Program"/>.
    /// </summary>
    /// <param name="x">Row samples.</param>
    /// <param name="x2">Column samples; null: the symmetric kernel of <paramref name="x"/> with itself.</param>
    /// <param name="outputs">Which kernels; without the NTK nothing of its recursion is evaluated.</param>
    /// <param name="options">Threads, memory, progress, cancellation; nothing of it changes a bit of the result.</param>
    /// <returns>N × N' matrices, to be disposed.</returns>
    /// <remarks>Cost: N·N'·(d + O(layers)) operations, half of it where <paramref name="x2"/> is null.</remarks>
    /// <exception cref="UndefinedLimitException">The limit is not known; the message names the path to the layer.</exception>
    /// <exception cref="ShapeMismatchException">Branches or both sample sets differ in shape.</exception>
    /// <exception cref="NumericalFailureException">A variance leaves an activation's domain or the floating-point range.</exception>
    /// <exception cref="MemoryBudgetException">The result would not fit in memory.</exception>
    public KernelPair<double> Kernels(
        Samples x, Samples? x2 = null, KernelOutputs outputs = KernelOutputs.Both, ExecutionOptions? options = null) =>
        Kernels<double>(x, x2, outputs, options);

    /// <summary>The same in precision <typeparamref name="T"/>.</summary>
    /// <inheritdoc cref="Kernels(Samples, Samples?, KernelOutputs, ExecutionOptions?)"/>
    /// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
    public KernelPair<T> Kernels<T>(
        Samples x, Samples? x2 = null, KernelOutputs outputs = KernelOutputs.Both, ExecutionOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new CpuExecutor().Run<T>(Request(x, x2, outputs), options);

    /// <summary>Only K(x, x) and Θ(x, x), as N × 1 matrices: bit-identical to the diagonal of the symmetric kernel, in time ∝ N.</summary>
    /// <inheritdoc cref="Kernels(Samples, Samples?, KernelOutputs, ExecutionOptions?)"/>
    public KernelPair<double> Diagonal(Samples x, KernelOutputs outputs = KernelOutputs.Both, ExecutionOptions? options = null) =>
        new CpuExecutor().Diagonal<double>(Request(x, null, outputs), options);

    private KernelRequest Request(Samples x, Samples? x2, KernelOutputs outputs)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new KernelRequest(Program(x.Shape), x, x2, outputs);
    }
}
