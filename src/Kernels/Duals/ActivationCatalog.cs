using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The one table of activations: name, parameters, constructor. Text, JSON, tests and documentation all read it, so that
/// adding an activation is one file and one row here.
/// </summary>
internal static class ActivationCatalog
{
    /// <summary>One row per activation; JSON uses the same names with a lower-case first letter.</summary>
    public static IReadOnlyList<Signature<Activation>> All { get; } =
    [
        Signature<Activation>.Of<Relu>("Relu", [], _ => new Relu(), _ => []),
        Signature<Activation>.Of<LeakyRelu>(
            "LeakyRelu", [Needed("slope")], v => new LeakyRelu(Real(v, 0)), f => [f.Slope]),
        Signature<Activation>.Of<AbRelu>(
            "AbRelu", [Needed("negativeSlope"), Needed("positiveSlope")],
            v => new AbRelu(Real(v, 0), Real(v, 1)), f => [f.NegativeSlope, f.PositiveSlope]),
        Signature<Activation>.Of<Abs>("Abs", [], _ => new Abs(), _ => []),
        Signature<Activation>.Of<Sign>("Sign", [], _ => new Sign(), _ => []),
        Signature<Activation>.Of<Erf>(
            "Erf", [Number("a", 1), Number("b", 1), Number("c", 0)],
            v => new Erf(Real(v, 0), Real(v, 1), Real(v, 2)), f => [f.A, f.B, f.C]),
        Signature<Activation>.Of<SigmoidLike>("SigmoidLike", [], _ => new SigmoidLike(), _ => []),
        Signature<Activation>.Of<Gelu>("Gelu", [], _ => new Gelu(), _ => []),
        Signature<Activation>.Of<Sin>(
            "Sin", [Number("a", 1), Number("b", 1), Number("c", 0)],
            v => new Sin(Real(v, 0), Real(v, 1), Real(v, 2)), f => [f.A, f.B, f.C]),
        Signature<Activation>.Of<Cos>(
            "Cos", [Number("a", 1), Number("b", 1), Number("c", 0)],
            v => new Cos(Real(v, 0), Real(v, 1), Real(v, 2)), f => [f.A, f.B, f.C]),
        Signature<Activation>.Of<Rbf>("Rbf", [Number("gamma", 1)], v => new Rbf(Real(v, 0)), f => [f.Gamma]),
        Signature<Activation>.Of<Exp>(
            "Exp", [Number("a", 1), Number("b", 1)], v => new Exp(Real(v, 0), Real(v, 1)), f => [f.A, f.B]),
        Signature<Activation>.Of<Gaussian>(
            "Gaussian", [Number("a", 1), Number("b", -1)], v => new Gaussian(Real(v, 0), Real(v, 1)), f => [f.A, f.B]),
        Signature<Activation>.Of<ExpNormalized>(
            "ExpNormalized", [Number("gamma", 1), Number("shift", -1)],
            v => new ExpNormalized(Real(v, 0), Real(v, 1)), f => [f.Gamma, f.Shift]),
        Signature<Activation>.Of<Gabor>("Gabor", [], _ => new Gabor(), _ => []),
        Signature<Activation>.Of<Hermite>(
            "Hermite", [Needed("degree", ParameterKind.Integer)], v => new Hermite(Whole(v, 0)), f => [f.Degree]),
        Signature<Activation>.Of<Monomial>(
            "Monomial", [Needed("degree", ParameterKind.Integer)], v => new Monomial(Whole(v, 0)), f => [f.Degree]),
        Signature<Activation>.Of<RectifiedMonomial>(
            "RectifiedMonomial", [Needed("degree", ParameterKind.Integer)],
            v => new RectifiedMonomial(Whole(v, 0)), f => [f.Degree]),
        Signature<Activation>.Of<Polynomial>(
            "Polynomial", [Needed("coefficients", ParameterKind.Numbers)],
            v => new Polynomial(new ValueList<double>((double[])v[0]!)), f => [f.Coefficients.ToArray()]),
        Signature<Activation>.Of<Tanh>("Tanh", [], _ => new Tanh(), _ => []),
        Signature<Activation>.Of<Sigmoid>("Sigmoid", [], _ => new Sigmoid(), _ => []),
        Signature<Activation>.Of<Softplus>("Softplus", [], _ => new Softplus(), _ => []),
        Signature<Activation>.Of<Swish>("Swish", [], _ => new Swish(), _ => []),
        Signature<Activation>.Of<Elu>("Elu", [], _ => new Elu(), _ => []),
        Signature<Activation>.Of<Selu>("Selu", [], _ => new Selu(), _ => []),
        Signature<Activation>.Of<Elementwise>(
            "Elementwise", [Needed("expression", ParameterKind.Text)],
            v => new Elementwise((string)v[0]!), f => [f.Expression]),
    ];

    private static Parameter Number(string name, double fallback) => new(name, ParameterKind.Number, fallback);

    private static Parameter Needed(string name, ParameterKind kind = ParameterKind.Number) => new(name, kind, Required: true);

    private static double Real(IReadOnlyList<object?> values, int index) => (double)values[index]!;

    private static int Whole(IReadOnlyList<object?> values, int index) => (int)values[index]!;
}
