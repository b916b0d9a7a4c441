namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The magnitude φ(x) = |x|: κ = (2/π)√(pq)(sin θ + (π/2−θ) cos θ), κ̇ = 1 − 2θ/π; the dual of <see cref="AbRelu"/> with
/// slopes (−1, 1).
/// </summary>
internal sealed record Abs : Activation
{
    /// <inheritdoc/>
    public override double Value(double x) => Math.Abs(x);

    /// <inheritdoc/>
    public override double Derivative(double x) => x > 0 ? 1 : x < 0 ? -1 : 0;

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new AbReluDual(-1, 1));
}
