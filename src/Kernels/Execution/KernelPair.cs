using System.Numerics;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Kernels.Execution;

/// <summary>The kernels of one request; what was not asked for is absent.</summary>
/// <typeparam name="T">The precision that was asked for.</typeparam>
public sealed class KernelPair<T>(KernelMatrix<T>? nngp, KernelMatrix<T>? ntk, ExecutionReport report) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The covariance K of the network's output at initialisation.</summary>
    /// <exception cref="InvalidOperationException">It was not asked for.</exception>
    public KernelMatrix<T> Nngp => nngp ?? throw new InvalidOperationException("The NNGP kernel was not asked for: pass KernelOutputs.Nngp.");

    /// <summary>The neural tangent kernel Θ per output.</summary>
    /// <exception cref="InvalidOperationException">It was not asked for.</exception>
    public KernelMatrix<T> Ntk => ntk ?? throw new InvalidOperationException("The NTK was not asked for: pass KernelOutputs.Ntk.");

    /// <summary>How it was computed.</summary>
    public ExecutionReport Report => report;

    /// <summary>For example "NNGP: 20 × 20 float64, symmetric, first row 1, 0.5, 0.25, …", both kernels so, then <see cref="Report"/>.</summary>
    public override string ToString() => (nngp, ntk) switch
    {
        (not null, not null) => $"NNGP and NTK: {nngp}; {ntk}; {report}",
        (not null, null) => $"NNGP: {nngp}; {report}",
        (null, not null) => $"NTK: {ntk}; {report}",
        _ => $"no kernels; {report}",
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        nngp?.Dispose();
        ntk?.Dispose();
    }
}
