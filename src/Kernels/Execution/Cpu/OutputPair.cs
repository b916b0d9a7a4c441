using System.Numerics;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>The matrices that were asked for, handed over when they are complete and freed when they are not.</summary>
internal sealed class OutputPair<T>(KernelOutputs outputs, nint rows, nint columns, MatrixStructure structure)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>K, where asked for.</summary>
    public KernelMatrix<T>? Nngp { get; } = outputs.HasFlag(KernelOutputs.Nngp) ? new(rows, columns, structure) : null;

    /// <summary>Θ, where asked for.</summary>
    public KernelMatrix<T>? Ntk { get; } = outputs.HasFlag(KernelOutputs.Ntk) ? new(rows, columns, structure) : null;

    public KernelTarget<T>? NngpTarget => Nngp is null ? null : new KernelTarget<T>(Nngp);

    public KernelTarget<T>? NtkTarget => Ntk is null ? null : new KernelTarget<T>(Ntk);

    /// <summary>Fills the matrices by <paramref name="compute"/>; a failure or a cancellation frees them.</summary>
    public KernelPair<T> Complete(Func<ExecutionReport> compute)
    {
        bool complete = false;
        try
        {
            var pair = new KernelPair<T>(Nngp, Ntk, compute());
            complete = true;
            return pair;
        }
        finally
        {
            if (!complete)
            {
                Nngp?.Dispose();
                Ntk?.Dispose();
            }
        }
    }
}
