namespace InfiniteNtk;

/// <summary>The point-resolved prediction at one number of training points.</summary>
public sealed class PointResolvedPrediction
{
    private readonly double[] _effectiveRidge;

    internal PointResolvedPrediction(double[] effectiveRidge) => _effectiveRidge = effectiveRidge;

    /// <summary>Training points n.</summary>
    public required int N { get; init; }

    /// <summary>The M points of the population, each while it is not in the training set.</summary>
    public required PointResolvedErrors Unseen { get; init; }

    /// <summary>The separate test set; null without one.</summary>
    public required PointResolvedErrors? Test { get; init; }

    /// <summary>omega_i, the effective ridge of each point, at least the ridge; infinite at n = 0.</summary>
    public ReadOnlySpan<double> EffectiveRidge => _effectiveRidge;

    /// <summary>
    /// Spectral radius of the variance equation, below 1; near 1 is the double-descent peak. A lower bound that is tight near 1.
    /// </summary>
    public required double Radius { get; init; }

    /// <summary>Largest |log((omega - delta) R_ii/(1 - pi))| left.</summary>
    public required double Residual { get; init; }

    /// <summary>Cholesky inverses spent.</summary>
    public required int Inverses { get; init; }

    /// <summary>What a reader must know; empty where nothing.</summary>
    public required ValueList<string> Warnings { get; init; }
}
