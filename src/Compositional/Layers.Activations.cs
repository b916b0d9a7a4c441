using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Kernels.Duals;

namespace InfiniteNtk;

/// <remarks>The words for activations, each the layer of the record of the same name; its parameters are described there.</remarks>
public static partial class Layers
{
    /// <inheritdoc cref="Kernels.Duals.Relu"/>
    public static Network Relu { get; } = new ActivationLayer(new Relu());

    /// <inheritdoc cref="Kernels.Duals.LeakyRelu"/>
    public static Network LeakyRelu(double slope) => new ActivationLayer(new LeakyRelu(slope));

    /// <inheritdoc cref="Kernels.Duals.AbRelu"/>
    public static Network AbRelu(double negativeSlope, double positiveSlope) => new ActivationLayer(new AbRelu(negativeSlope, positiveSlope));

    /// <inheritdoc cref="Kernels.Duals.Abs"/>
    public static Network Abs { get; } = new ActivationLayer(new Abs());

    /// <inheritdoc cref="Kernels.Duals.Sign"/>
    public static Network Sign { get; } = new ActivationLayer(new Sign());

    /// <inheritdoc cref="Kernels.Duals.Erf"/>
    public static Network Erf(double a = 1, double b = 1, double c = 0) => new ActivationLayer(new Erf(a, b, c));

    /// <inheritdoc cref="Kernels.Duals.SigmoidLike"/>
    public static Network SigmoidLike { get; } = new ActivationLayer(new SigmoidLike());

    /// <inheritdoc cref="Kernels.Duals.Gelu"/>
    public static Network Gelu { get; } = new ActivationLayer(new Gelu());

    /// <inheritdoc cref="Kernels.Duals.Sin"/>
    public static Network Sin(double a = 1, double b = 1, double c = 0) => new ActivationLayer(new Sin(a, b, c));

    /// <inheritdoc cref="Kernels.Duals.Cos"/>
    public static Network Cos(double a = 1, double b = 1, double c = 0) => new ActivationLayer(new Cos(a, b, c));

    /// <inheritdoc cref="Kernels.Duals.Rbf"/>
    public static Network Rbf(double gamma = 1) => new ActivationLayer(new Rbf(gamma));

    /// <inheritdoc cref="Kernels.Duals.Exp"/>
    public static Network Exp(double a = 1, double b = 1) => new ActivationLayer(new Exp(a, b));

    /// <inheritdoc cref="Kernels.Duals.Gaussian"/>
    public static Network Gaussian(double a = 1, double b = -1) => new ActivationLayer(new Gaussian(a, b));

    /// <inheritdoc cref="Kernels.Duals.ExpNormalized"/>
    public static Network ExpNormalized(double gamma = 1, double shift = -1) => new ActivationLayer(new ExpNormalized(gamma, shift));

    /// <inheritdoc cref="Kernels.Duals.Gabor"/>
    public static Network Gabor { get; } = new ActivationLayer(new Gabor());

    /// <inheritdoc cref="Kernels.Duals.Hermite"/>
    public static Network Hermite(int degree) => new ActivationLayer(new Hermite(degree));

    /// <inheritdoc cref="Kernels.Duals.Monomial"/>
    public static Network Monomial(int degree) => new ActivationLayer(new Monomial(degree));

    /// <inheritdoc cref="Kernels.Duals.RectifiedMonomial"/>
    public static Network RectifiedMonomial(int degree) => new ActivationLayer(new RectifiedMonomial(degree));

    /// <inheritdoc cref="Kernels.Duals.Polynomial"/>
    public static Network Polynomial(params ReadOnlySpan<double> coefficients) => new ActivationLayer(new Polynomial([.. coefficients]));

    /// <inheritdoc cref="Kernels.Duals.Tanh"/>
    public static Network Tanh { get; } = new ActivationLayer(new Tanh());

    /// <inheritdoc cref="Kernels.Duals.Sigmoid"/>
    public static Network Sigmoid { get; } = new ActivationLayer(new Sigmoid());

    /// <inheritdoc cref="Kernels.Duals.Softplus"/>
    public static Network Softplus { get; } = new ActivationLayer(new Softplus());

    /// <inheritdoc cref="Kernels.Duals.Swish"/>
    public static Network Swish { get; } = new ActivationLayer(new Swish());

    /// <inheritdoc cref="Kernels.Duals.Elu"/>
    public static Network Elu { get; } = new ActivationLayer(new Elu());

    /// <inheritdoc cref="Kernels.Duals.Selu"/>
    public static Network Selu { get; } = new ActivationLayer(new Selu());

    /// <inheritdoc cref="Kernels.Duals.Elementwise"/>
    public static Network Elementwise(string expression) => new ActivationLayer(new Elementwise(expression));
}
