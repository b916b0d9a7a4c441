namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The leaky rectifier φ(x) = x for x ≥ 0, <paramref name="Slope"/>·x below; the dual of <see cref="AbRelu"/> with slopes
/// (slope, 1).
/// </summary>
/// <exception cref="InvalidArgumentException">The slope is not finite.</exception>
internal sealed record LeakyRelu(double Slope) : Activation
{
    /// <summary>The slope below 0.</summary>
    public double Slope { get; } = Domain.Finite(nameof(LeakyRelu), "slope", Slope);

    /// <inheritdoc/>
    public override double Value(double x) => x < 0 ? Slope * x : x;

    /// <inheritdoc/>
    public override double Derivative(double x) => x > 0 ? 1 : x < 0 ? Slope : 0.5 * (1 + Slope);

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new AbReluDual(Slope, 1));
}
