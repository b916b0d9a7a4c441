using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The one table of activations: name, parameters, constructor. Text, JSON, tests and documentation all read it, so that
/// adding an activation is one file and one row here.
/// </summary>
public static class ActivationCatalog
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
        Signature<Activation>.Of<Erf>(
            "Erf", [Number("a", 1), Number("b", 1), Number("c", 0)],
            v => new Erf(Real(v, 0), Real(v, 1), Real(v, 2)), f => [f.A, f.B, f.C]),
    ];

    private static Parameter Number(string name, double fallback) => new(name, ParameterKind.Number, fallback);

    private static Parameter Needed(string name, ParameterKind kind = ParameterKind.Number) => new(name, kind, Required: true);

    private static double Real(IReadOnlyList<object?> values, int index) => (double)values[index]!;
}
