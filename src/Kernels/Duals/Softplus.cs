namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// φ(x) = log(1 + eˣ). No closed form: a Hermite series in ρ whose tail is known and reported, up to
/// variances of about 32; beyond, each pair is integrated (<see cref="SeriesDual"/>).
/// </summary>
internal sealed record Softplus : Activation
{
    private static readonly HermiteSeries Dual = new(nameof(Softplus), new Softplus().Value, new Softplus().Derivative);

    /// <inheritdoc/>
    public override double Value(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    /// <inheritdoc/>
    public override double Derivative(double x) => 1 / (1 + Math.Exp(-x));

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(Dual);
}
