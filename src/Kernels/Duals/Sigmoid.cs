namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The logistic sigmoid 1/(1 + e^{−x}). No closed form: a Hermite series in ρ whose tail is known and reported, up to
/// variances of about 32; beyond, each pair is integrated (<see cref="SeriesDual"/>).
/// </summary>
internal sealed record Sigmoid : Activation
{
    private static readonly HermiteSeries Dual = new(nameof(Sigmoid), new Sigmoid().Value, new Sigmoid().Derivative);

    /// <inheritdoc/>
    public override double Value(double x) => 1 / (1 + Math.Exp(-x));

    /// <inheritdoc/>
    public override double Derivative(double x) => Value(x) * Value(-x);

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(Dual);
}
