using System.Numerics;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>The matrices that were asked for, handed over when they are complete and freed when they are not.</summary>
internal sealed class OutputPair<T>(KernelMatrix<T>? nngp, KernelMatrix<T>? ntk) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>New matrices for a request.</summary>
    public OutputPair(KernelOutputs outputs, KernelRequest request)
        : this(
            outputs.HasFlag(KernelOutputs.Nngp) ? Whole(request, KernelKind.Nngp) : null, outputs.HasFlag(KernelOutputs.Ntk) ? Whole(request, KernelKind.Ntk) : null)
    {
    }

    /// <summary>K, where asked for.</summary>
    public KernelMatrix<T>? Nngp => nngp;

    /// <summary>Θ, where asked for.</summary>
    public KernelMatrix<T>? Ntk => ntk;

    public KernelTarget<T>? NngpTarget => Nngp is null ? null : new KernelTarget<T>(Nngp);

    public KernelTarget<T>? NtkTarget => Ntk is null ? null : new KernelTarget<T>(Ntk);

    /// <summary>New N × 1 matrices for a request's diagonals.</summary>
    public static OutputPair<T> Diagonal(KernelRequest request) => new(
        request.Outputs.HasFlag(KernelOutputs.Nngp) ? new(request.Left.Count, 1) { Kind = KernelKind.Nngp } : null,
        request.Outputs.HasFlag(KernelOutputs.Ntk) ? new(request.Left.Count, 1) { Kind = KernelKind.Ntk } : null);

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

    private static KernelMatrix<T> Whole(KernelRequest request, KernelKind kind) => request.Right is { } right
        ? new KernelMatrix<T>(request.Left.Count, right.Count) { Kind = kind }
        : new KernelMatrix<T>(request.Left.Count, request.Left.Count, MatrixStructure.Symmetric) { Kind = kind };
}
