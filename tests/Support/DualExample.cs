using InfiniteNtk.Kernels.Duals;

namespace InfiniteNtk.Tests.Support;

/// <summary>An activation to test, and what may be asked of it.</summary>
/// <param name="Activation">The activation with parameters.</param>
/// <param name="Largest">The largest variance at which its dual exists or is claimed.</param>
/// <param name="Accuracy">Claimed error of κ and κ̇ relative to √(κ(p,p)κ(q,q)), beyond the rounding of the inputs.</param>
/// <param name="Oracle">The largest variance at which the quadrature oracle resolves it.</param>
/// <param name="HasSlope">Whether κ̇ = ∂κ/∂k (not where κ̇ = 0 by convention).</param>
public sealed record DualExample(
    Activation Activation, double Largest = 1e6, double Accuracy = 1e-12, double Oracle = 1e6, bool HasSlope = true)
{
    /// <summary>At least one example of every row of the catalog, and the parameters that take another path.</summary>
    public static IReadOnlyList<DualExample> All { get; } =
    [
        new(new Relu()),
        new(new LeakyRelu(0.1)),
        new(new AbRelu(-0.25, 0.5)),
        new(new Abs()),
        new(new Sign(), HasSlope: false),
        new(new Erf()),
        new(new Erf(2, -0.7, 0.3)),
        new(new SigmoidLike()),
        new(new Gelu()),
        new(new Sin(), Oracle: 10),
        new(new Sin(2, 0.7, 0.4), Oracle: 10),
        new(new Cos(), Oracle: 10),
        new(new Cos(0.5, 1.5, -0.2), Oracle: 5),
        new(new Rbf(0.8), Oracle: 5),
        new(new Exp(0.5, 0.8), Largest: 300, Oracle: 2),
        new(new Gaussian()),
        new(new Gaussian(1.5, 0.05), Largest: 4, Oracle: 1.5),
        new(new Gaussian(2, 0)),
        new(new ExpNormalized(), HasSlope: false),
        new(new Gabor()),
        new(new Hermite(0)),
        new(new Hermite(1)),
        new(new Hermite(4)),
        new(new Hermite(7), Accuracy: 1e-11),
        new(new Monomial(0)),
        new(new Monomial(1)),
        new(new Monomial(5)),
        new(new RectifiedMonomial(0), HasSlope: false),
        new(new RectifiedMonomial(1)),
        new(new RectifiedMonomial(4)),
        new(new Polynomial([-0.1, 2.1, 0, 0.4, -1.2])),
        new(new Polynomial([2])),
        new(new Tanh(), Largest: 8, Accuracy: 1e-8),
        new(new Sigmoid(), Largest: 32, Accuracy: 1e-8),
        new(new Softplus(), Largest: 32, Accuracy: 1e-8),
        new(new Swish(), Largest: 32, Accuracy: 1e-8),
        new(new Tanh(), Largest: 2),
        new(new Sigmoid(), Largest: 4),
        new(new Softplus(), Largest: 4),
        new(new Swish(), Largest: 4),
        new(new Elu(), Accuracy: 1e-8),
        new(new Selu(), Accuracy: 1e-8),
        new(new Elementwise("x*sigmoid(1.702*x)"), Largest: 4),
        new(new Elementwise("max(x, 0.1*x) + sin(x)^2/3"), Largest: 20, Accuracy: 1e-8, Oracle: 10),
    ];
}
