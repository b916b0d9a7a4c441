namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// φ(x) = a·cos(bx + c): the dual of <see cref="Sin"/> with sin c and cos c exchanged; every variance ≥ 0.
/// </summary>
/// <param name="A">The height.</param>
/// <param name="B">The frequency.</param>
/// <param name="C">The phase.</param>
/// <exception cref="InvalidArgumentException">A parameter is not finite.</exception>
internal sealed record Cos(double A = 1, double B = 1, double C = 0) : Activation
{
    /// <summary>The height.</summary>
    public double A { get; } = Domain.Finite(nameof(Cos), "a", A);

    /// <summary>The frequency.</summary>
    public double B { get; } = Domain.Finite(nameof(Cos), "b", B);

    /// <summary>The phase.</summary>
    public double C { get; } = Domain.Finite(nameof(Cos), "c", C);

    /// <inheritdoc/>
    public override double Value(double x) => A * Math.Cos((B * x) + C);

    /// <inheritdoc/>
    public override double Derivative(double x) => -A * B * Math.Sin((B * x) + C);

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) =>
        user.Use(new WaveDual(A * Math.Sin(C), A * Math.Cos(C), B));
}
