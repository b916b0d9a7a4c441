namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The hyperbolic tangent. No closed form: a Hermite series in ρ whose tail is known and reported, up to
/// variances of about 8; beyond, each pair is integrated (<see cref="SeriesDual"/>).
/// </summary>
internal sealed record Tanh : Activation
{
    private static readonly HermiteSeries Dual = new(nameof(Tanh), new Tanh().Value, new Tanh().Derivative);

    /// <inheritdoc/>
    public override double Value(double x) => Math.Tanh(x);

    /// <inheritdoc/>
    public override double Derivative(double x) => 1 / (Math.Cosh(x) * Math.Cosh(x));

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(Dual);
}
