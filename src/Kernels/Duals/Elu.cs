using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The exponential linear unit φ(x) = x for x ≥ 0, eˣ − 1 below. Integrated pair by pair, split at 0
/// (<see cref="QuadratureDual"/>); every variance ≥ 0.
/// </summary>
internal sealed record Elu : Activation
{
    private static readonly KinkedQuadrature Dual = new(nameof(Elu), new Elu().Value, new Elu().Derivative, [0]);

    /// <inheritdoc/>
    public override double Value(double x) => x < 0 ? LaneMath.ExpMinusOne(new DoubleLane(x)).Value : x;

    /// <inheritdoc/>
    public override double Derivative(double x) => x < 0 ? Math.Exp(x) : 1;

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(Dual);
}
