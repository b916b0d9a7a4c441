namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// A close stand-in for the logistic sigmoid with a closed form: φ(x) = ½·erf(x/2.4020563531719796) + ½, the
/// <see cref="Erf"/> with those numbers; every variance ≥ 0.
/// </summary>
internal sealed record SigmoidLike : Activation
{
    private static readonly Erf Same = new(0.5, 1 / 2.4020563531719796, 0.5);

    /// <inheritdoc/>
    public override double Value(double x) => Same.Value(x);

    /// <inheritdoc/>
    public override double Derivative(double x) => Same.Derivative(x);

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => Same.Open(user);
}
