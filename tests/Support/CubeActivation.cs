using InfiniteNtk.Kernels.Duals;

namespace InfiniteNtk.Tests.Support;

/// <summary>φ(x) = x³ given as if only quadrature could do it: κ = 9pqk + 6k³, κ̇ = 9pq + 18k².</summary>
internal sealed record CubeActivation : Activation
{
    public override double Value(double x) => x * x * x;

    public override double Derivative(double x) => 3 * x * x;

    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new CubeQuadrature());

    private sealed class CubeQuadrature : QuadratureDual
    {
        public override DualValue<double> Pair(double p, double q, double k) =>
            new((9 * p * q * k) + (6 * k * k * k), 9 * p * q + 18 * k * k);
    }
}
