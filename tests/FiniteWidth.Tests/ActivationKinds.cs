using InfiniteNtk.Kernels.Duals;

namespace InfiniteNtk.FiniteWidth.Tests;

/// <summary>Every activation that networks may have, and formulas with every function.</summary>
internal static class ActivationKinds
{
    public static readonly Activation[] All =
    [
        new Relu(), new LeakyRelu(0.2), new AbRelu(-0.3, 1.4), new Abs(), new Sign(), new Erf(1.3, 0.7, -0.2), new SigmoidLike(), new Gelu(),
        new Sin(1.2, 0.8, 0.3), new Cos(1.2, -0.8, 0.3), new Rbf(0.7), new Exp(0.9, 0.4), new Gaussian(1.1, -0.6), new Gabor(),
        new Hermite(0), new Hermite(1), new Hermite(5), new Monomial(0), new Monomial(1), new Monomial(3), new Monomial(20),
        new RectifiedMonomial(0), new RectifiedMonomial(1), new RectifiedMonomial(2), new Polynomial([0.5, -1, 0, 2]), new Polynomial([3]),
        new Tanh(), new Sigmoid(), new Softplus(), new Swish(), new Elu(), new Selu(),
        new Elementwise("x*sigmoid(1.702*x)"), new Elementwise("max(x, 0.1*x)^2 - min(1, exp(-abs(x)))/(1 + x^2)"),
        new Elementwise("log(2 + sin(x)) + sqrt(1 + x^2) + (2 + tanh(x))^-2 + 2^x + softplus(x)*erf(x) + relu(x)*cos(pi*x) - e"),
    ];
}
