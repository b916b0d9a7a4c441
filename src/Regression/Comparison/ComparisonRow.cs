namespace InfiniteNtk;

/// <summary>One measured kernel of a comparison; those that failed are <see cref="LeftOutKernel"/>s.</summary>
/// <param name="Name">The network's text, or the baseline's name.</param>
/// <param name="Kernel">"nngp", "ntk", or the baseline's kernel.</param>
/// <param name="Ridge">The ridge used, absolute.</param>
/// <param name="Points">Its learning curve.</param>
/// <param name="LogEvidencePerPoint">Log marginal likelihood of all points, targets in units of <see cref="Targets.Unit"/>, divided by points × outputs.</param>
/// <param name="Alignment">Kernel–target alignment yᵀKy/(‖K‖_F ‖y‖²), summed over outputs.</param>
/// <param name="EffectiveDimension">tr K(K+δ)⁻¹.</param>
/// <param name="ConditionNumber">(λ_max + δ)/(λ_min + δ).</param>
/// <param name="MillisecondsPerEntry">Time to compute the kernel, per computed entry.</param>
/// <param name="Notes">What a reader must know: a raised ridge, copies, skewed errors, a prediction far off, a warning.</param>
public sealed record ComparisonRow(
    string Name, string Kernel, double Ridge, ValueList<CurvePoint> Points, double LogEvidencePerPoint, double Alignment,
    double EffectiveDimension, double ConditionNumber, double MillisecondsPerEntry, ValueList<string> Notes)
{
    /// <summary>Number of points that are copies of others to this kernel, each counted; all of them where it tells no two points apart.</summary>
    public int Copied { get; init; }

    /// <summary>Place by predicted error at the largest n, 1 the best, equal ones sharing their mean; null where it could not be predicted.</summary>
    public double? PredictedRank { get; init; }

    /// <summary>Place by measured error at the largest n, likewise.</summary>
    public double? MeasuredRank { get; init; }
}
