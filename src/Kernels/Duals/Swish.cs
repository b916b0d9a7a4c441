namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// φ(x) = x/(1 + e^{−x}), also called SiLU. No closed form: a Hermite series in ρ whose tail is known and reported, up to
/// variances of about 32; beyond, each pair is integrated (<see cref="SeriesDual"/>).
/// </summary>
internal sealed record Swish : Activation
{
    private static readonly HermiteSeries Dual = new(nameof(Swish), new Swish().Value, new Swish().Derivative);

    /// <inheritdoc/>
    public override double Value(double x) => x / (1 + Math.Exp(-x));

    /// <inheritdoc/>
    public override double Derivative(double x) => (1 + (x / (1 + Math.Exp(x)))) / (1 + Math.Exp(-x));

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(Dual);
}
