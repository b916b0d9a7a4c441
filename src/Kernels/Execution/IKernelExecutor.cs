using System.Numerics;

namespace InfiniteNtk.Kernels.Execution;

/// <summary>Runs kernel programs. Every executor obeys the same laws and passes the same tests.</summary>
internal interface IKernelExecutor
{
    /// <summary>Its name in reports.</summary>
    string Name { get; }

    /// <summary>What a request of that size takes, without its samples: the same answer that <see cref="Run"/> refuses by.</summary>
    KernelMemory Memory<T>(KernelSize size, ExecutionOptions? options = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The kernel matrices of a request, in precision <typeparamref name="T"/>.</summary>
    KernelPair<T> Run<T>(KernelRequest request, ExecutionOptions? options = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>
    /// Only the diagonals K(x,x), Θ(x,x) of a symmetric request, as N × 1 matrices: bit-identical to the diagonal of
    /// <see cref="Run"/>, in time proportional to N.
    /// </summary>
    KernelPair<T> Diagonal<T>(KernelRequest request, ExecutionOptions? options = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
