namespace InfiniteNtk;

/// <summary>One ridge of a <see cref="RidgePath"/>. Errors are per training point, squared norms summed over outputs.</summary>
/// <param name="Ridge">δ, absolute.</param>
/// <param name="TrainingError">(1/n)‖y − ŷ‖².</param>
/// <param name="Gcv">
/// Generalised cross-validation n·yᵀA⁻²y/(tr A⁻¹)² with A = K + δI; equal to the kernel alignment risk estimator (KARE).
/// </param>
/// <param name="LeaveOneOut">(1/n)Σ|[A⁻¹y]ᵢ/[A⁻¹]ᵢᵢ|²: the exact error of each point left out in turn.</param>
/// <param name="EffectiveRidge">κ̂ = 1/tr A⁻¹, the estimate of the spectral theory's κ.</param>
/// <param name="Overfitting">Ê₀ = n·∂κ̂/∂δ = n·tr A⁻²/(tr A⁻¹)².</param>
/// <param name="EffectiveDimension">tr K·A⁻¹ = n − δ/κ̂.</param>
public sealed record RidgePathPoint(
    double Ridge, double TrainingError, double Gcv, double LeaveOneOut, double EffectiveRidge, double Overfitting, double EffectiveDimension);
