namespace InfiniteNtk;

/// <summary>How a point-resolved curve is computed.</summary>
public sealed record PointResolvedOptions
{
    /// <summary>The field equations are solved until no |log((omega - delta) R_ii/(1 - pi))| exceeds this (or rounding).</summary>
    public double Tolerance { get; init; } = 1e-10;

    /// <summary>Whether the probability of the right class is computed where the targets are classes.</summary>
    public bool Accuracy { get; init; } = true;

    /// <summary>
    /// The spectrum of the same kernel matrix (<see cref="EmpiricalSpectrum"/>), if it is known: a better start. The
    /// solution does not depend on it.
    /// </summary>
    public Spectrum? Spectrum { get; init; }

    /// <summary>Told after each Cholesky inverse.</summary>
    public IProgress<SolverProgress>? Progress { get; init; }

    /// <summary>Stops within one operation of the linear algebra, with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}
