namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The dual of an activation without closed form, by Hermite coefficients: with a_k(q) = E[φ(√q z) h_k(z)], h_k orthonormal,
/// κ = Σ_k a_k(p) a_k(q) ρᵏ and κ̇ likewise from the coefficients of φ′.
/// </summary>
/// <remarks>
/// A loop evaluates the coefficients once per sample and layer and the two polynomials in ρ once per entry. The neglected tail
/// is at most |ρ|^{K+1} √(T(p) T(q)) with T(q) = E φ² − Σ_k a_k², so the reached bound is known and reported. A pair of which one variance is
/// not reached is integrated by <see cref="Beyond"/>.
/// </remarks>
internal abstract class SeriesDual
{
    /// <summary>Number of coefficients of φ, and of φ′.</summary>
    public abstract int Count { get; }

    /// <summary>Integrates the pairs of which either variance is beyond the series; null: the series reaches every variance.</summary>
    public virtual QuadratureDual? Beyond => null;

    /// <summary>
    /// Writes a_0 … a_{Count−1} of φ and of φ′ for the variance <paramref name="q"/> ≥ 0; returns the larger of T(q)/E φ² and the same of
    /// φ′: the error bound of the pair (q, q); that of (p, q) is the geometric mean of both sides'. Coefficients behind the last one that is
    /// needed are exactly 0, so a loop may end at the last non-zero one of either side without changing a bit.
    /// </summary>
    /// <returns>At most 1e-8, or +∞ where that is not reached: then the coefficients are meaningless.</returns>
    /// <exception cref="NumericalFailureException">E φ² or E φ′² is not finite.</exception>
    public abstract double Coefficients(double q, Span<double> value, Span<double> derivative);
}
