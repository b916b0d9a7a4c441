using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The scaled exponential linear unit φ(x) = λx for x ≥ 0, λα(eˣ − 1) below, λ = 1.0507009873554805,
/// α = 1.6732632423543772. Integrated pair by pair, split at 0 (<see cref="QuadratureDual"/>); every variance ≥ 0.
/// Source: Klambauer, Unterthiner, Mayr and Hochreiter (2017), Self-Normalizing Neural Networks.
/// </summary>
internal sealed record Selu : Activation
{
    private const double Scale = 1.0507009873554805;
    private const double Alpha = 1.6732632423543772;
    private static readonly KinkedQuadrature Dual = new(nameof(Selu), new Selu().Value, new Selu().Derivative, [0]);

    /// <inheritdoc/>
    public override double Value(double x) => Scale * (x < 0 ? Alpha * LaneMath.ExpMinusOne(new DoubleLane(x)).Value : x);

    /// <inheritdoc/>
    public override double Derivative(double x) => x > 0 ? Scale : x < 0 ? Scale * Alpha * Math.Exp(x) : 0.5 * Scale * (1 + Alpha);

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(Dual);
}
