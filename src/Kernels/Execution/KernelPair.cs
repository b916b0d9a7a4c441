using System.Numerics;

namespace InfiniteNtk;

/// <summary>The kernels of one request; what was not asked for is absent.</summary>
/// <typeparam name="T">The precision that was asked for.</typeparam>
public sealed class KernelPair<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KernelMatrix<T>? _nngp, _ntk;

    /// <summary>Takes ownership of matrices.</summary>
    /// <param name="nngp">K; null: not asked for.</param>
    /// <param name="ntk">Θ; null: not asked for.</param>
    /// <param name="report">How they were computed.</param>
    /// <exception cref="InvalidArgumentException">One is known to be the other kernel.</exception>
    public KernelPair(KernelMatrix<T>? nngp, KernelMatrix<T>? ntk, ExecutionReport report)
    {
        if (nngp?.Kind == KernelKind.Ntk || ntk?.Kind == KernelKind.Nngp)
        {
            throw new InvalidArgumentException(
                "Cannot pair these kernels", nngp?.Kind == KernelKind.Ntk ? "an NTK is in the place of the NNGP kernel" : "an NNGP kernel is in the place of the NTK",
                "the NNGP kernel comes first, then the NTK", "Swap them");
        }

        (_nngp, _ntk, Report) = (nngp, ntk, report);
    }

    /// <summary>The covariance K of the network's output at initialisation.</summary>
    /// <exception cref="InvalidOperationException">It was not asked for.</exception>
    public KernelMatrix<T> Nngp => _nngp ?? throw new InvalidOperationException("The NNGP kernel was not asked for: pass KernelOutputs.Nngp.");

    /// <summary>The neural tangent kernel Θ per output.</summary>
    /// <exception cref="InvalidOperationException">It was not asked for.</exception>
    public KernelMatrix<T> Ntk => _ntk ?? throw new InvalidOperationException("The NTK was not asked for: pass KernelOutputs.Ntk.");

    /// <summary>How it was computed.</summary>
    public ExecutionReport Report { get; }

    /// <summary>For example "NNGP: 20 × 20 float64, symmetric, first row 1, 0.5, 0.25, …", both kernels so, then <see cref="Report"/>.</summary>
    public override string ToString() => (_nngp, _ntk) switch
    {
        (not null, not null) => $"NNGP and NTK: {_nngp}; {_ntk}; {Report}",
        (not null, null) => $"NNGP: {_nngp}; {Report}",
        (null, not null) => $"NTK: {_ntk}; {Report}",
        _ => $"no kernels; {Report}",
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _nngp?.Dispose();
        _ntk?.Dispose();
    }
}
