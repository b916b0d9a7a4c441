namespace InfiniteNtk;

/// <summary>One measured kernel of a comparison; those that failed are <see cref="LeftOutKernel"/>s.</summary>
public sealed record ComparisonRow
{
    /// <summary>The network's text, or the baseline's name.</summary>
    public required string Name { get; init; }

    /// <summary>"nngp", "ntk", or the baseline's kernel.</summary>
    public required string Kernel { get; init; }

    /// <summary>The ridge used, absolute.</summary>
    public required double Ridge { get; init; }

    /// <summary>Its learning curve.</summary>
    public required ValueList<CurvePoint> Points { get; init; }

    /// <summary>Log marginal likelihood of all points, targets in units of <see cref="Targets.Unit"/>, divided by points × outputs.</summary>
    public required double LogEvidencePerPoint { get; init; }

    /// <summary>Kernel–target alignment yᵀKy/(‖K‖_F ‖y‖²), summed over outputs.</summary>
    public required double Alignment { get; init; }

    /// <summary>tr K(K+δ)⁻¹.</summary>
    public required double EffectiveDimension { get; init; }

    /// <summary>(λ_max + δ)/(λ_min + δ).</summary>
    public required double ConditionNumber { get; init; }

    /// <summary>Time to compute the kernel, per computed entry.</summary>
    public required double MillisecondsPerEntry { get; init; }

    /// <summary>What a reader must know: a raised ridge, copies, skewed errors, a prediction far off, a warning.</summary>
    public required ValueList<string> Notes { get; init; }

    /// <summary>Number of points that are copies of others to this kernel, each counted; all of them where it tells no two points apart.</summary>
    public int Copied { get; init; }

    /// <summary>Place by predicted error at the largest n, 1 the best, equal ones sharing their mean; null where it could not be predicted.</summary>
    public double? PredictedRank { get; init; }

    /// <summary>Place by measured error at the largest n, likewise.</summary>
    public double? MeasuredRank { get; init; }
}
