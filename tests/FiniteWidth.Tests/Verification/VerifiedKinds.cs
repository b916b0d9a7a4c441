using InfiniteNtk.Compositional.Text;

namespace InfiniteNtk.FiniteWidth.Tests.Verification;

/// <summary>
/// For each kind of layer a network that is about it, and one whose kernel is what a known mistake in that layer's formula would
/// give.
/// </summary>
internal static class VerifiedKinds
{
    private static readonly Dictionary<string, (string Network, string Mistaken)> _all = new()
    {
        ["dense: bias forgotten"] = ("Dense(1.3, 0.4) >> Dense(0.9, 0.3)", "Dense(1.3, 0.4) >> Dense(0.9)"),
        ["dense: weightStd not squared"] = ("Dense(1.2) >> Dense(0.9)", "Dense(sqrt(1.2)) >> Dense(0.9)"),
        ["standard: scaled as ntk"] = (
            "Dense(1.3, 0.4, width: 8) >> Relu >> Dense(0.9, 0.3, standard)", "Dense(1.3, 0.4, width: 8) >> Relu >> Dense(0.9, 0.3)"),
        ["activation: both sides of Relu"] = ("Dense(1.3, 0.4) >> Relu >> Dense(1.2)", "Dense(1.3, 0.4) >> LeakyRelu(0.2) >> Dense(1.2)"),
        ["depth: one layer short"] = (
            "Dense(1.4, 0.1) >> Relu >> Dense(1.4, 0.1) >> Relu >> Dense(1.4, 0.1) >> Relu >> Dense",
            "Dense(1.4, 0.1) >> Relu >> Dense(1.4, 0.1) >> Relu >> Dense"),
        ["layer norm: left out"] = (
            "Dense(1.3, 0.4) >> LayerNorm >> Erf >> Dense(1.2)", "Dense(1.3, 0.4) >> Erf >> Dense(1.2)"),
        ["dropout: factor lost"] = ("Dense(1.3, 0.4) >> Relu >> Dropout(0.7) >> Dense(1.2)", "Dense(1.3, 0.4) >> Relu >> Dense(1.2)"),
        ["flatten: before instead of after"] = (
            "Dense(1.3, 0.4) >> Relu >> Flatten >> Dense(1.2)", "Flatten >> Dense(1.3, 0.4) >> Relu >> Dense(1.2)"),
        ["sum: skip forgotten"] = (
            "Dense(1.3, 0.4) >> Identity + (Relu >> Dense(1.1, 0.2)) >> Relu >> Dense(1.2)",
            "Dense(1.3, 0.4) >> Relu >> Dense(1.1, 0.2) >> Relu >> Dense(1.2)"),
        ["product: bias in one factor only"] = (
            "Product(Dense(1.3, 0.4), Dense(0.9, 0.5)) >> Dense(1.2)", "Product(Dense(1.3, 0.4), Dense(0.9)) >> Dense(1.2)"),
        ["concat: added instead"] = (
            "Concat(Dense(1.3, 0.4) >> Relu, Dense(0.8, 0.2) >> Erf) >> Dense(1.2)", "Dense(1.3, 0.4) + Dense(0.8, 0.2) >> Relu >> Dense(1.2)"),
        ["concat: unequal shares taken as equal"] = (
            "Concat(Dense(1.5, 0.4, width: 2) >> Relu, Dense(0.5, width: 6)) >> Dense(1.2)",
            "Concat(Dense(1.5, 0.4) >> Relu, Dense(0.5)) >> Dense(1.2)"),
        ["conv: bias forgotten"] = ("Conv(3, weightStd: 1.3, biasStd: 0.5) >> Relu >> Flatten >> Dense(1.2)", "Conv(3, weightStd: 1.3) >> Relu >> Flatten >> Dense(1.2)"),
        ["conv: edges taken as a ring"] = (
            "Conv(3, weightStd: 1.3, biasStd: 0.2) >> Relu >> Conv(3) >> Flatten >> Dense(1.2)",
            "Conv(3, padding: circular, weightStd: 1.3, biasStd: 0.2) >> Relu >> Conv(3, padding: circular) >> Flatten >> Dense(1.2)"),
        ["conv: strides forgotten"] = (
            "Conv(2, [2], weightStd: 1.3) >> Relu >> GlobalAveragePool >> Dense(1.2)", "Conv(2, weightStd: 1.3) >> Relu >> GlobalAveragePool >> Dense(1.2)"),
        ["conv transpose: divided by the taps that hit"] = (
            "ConvTranspose(2, [2], biasStd: 0.3) >> Relu >> GlobalAveragePool >> Dense(1.2)",
            "ConvTranspose(2, [2], weightStd: sqrt(2), biasStd: 0.3) >> Relu >> GlobalAveragePool >> Dense(1.2)"),
        ["conv local: weights shared"] = (
            "ConvLocal(3, weightStd: 1.3, biasStd: 0.3) >> Relu >> GlobalAveragePool >> Dense(1.2)",
            "Conv(3, weightStd: 1.3, biasStd: 0.3) >> Relu >> GlobalAveragePool >> Dense(1.2)"),
        ["average pool: positions taken as independent"] = (
            "Conv(3) >> Relu >> AveragePool(2, [1]) >> Flatten >> Dense(1.2)", "Conv(3) >> Relu >> Flatten >> Dense(1.2)"),
        ["average pool: edges not normalised"] = (
            "Conv(3) >> Relu >> AveragePool(3, padding: same, normalizeEdges: true) >> Flatten >> Dense(1.2)",
            "Conv(3) >> Relu >> AveragePool(3, padding: same) >> Flatten >> Dense(1.2)"),
        ["sum pool: averaged"] = ("Conv(3) >> Relu >> SumPool(2) >> Flatten >> Dense(1.2)", "Conv(3) >> Relu >> AveragePool(2) >> Flatten >> Dense(1.2)"),
        ["global average pool: flattened"] = ("Conv(3) >> Relu >> GlobalAveragePool >> Dense(1.2)", "Conv(3) >> Relu >> Flatten >> Dense(1.2)"),
        ["global sum pool: averaged"] = ("Conv(3) >> Relu >> GlobalSumPool >> Dense(1.2)", "Conv(3) >> Relu >> GlobalAveragePool >> Dense(1.2)"),
        ["image resize: nearest instead of linear"] = (
            "Conv(3) >> ImageResize([7]) >> Relu >> Flatten >> Dense(1.2)", "Conv(3) >> ImageResize([7], nearest) >> Relu >> Flatten >> Dense(1.2)"),
        ["index: another position"] = ("Conv(3) >> Index(\"0\") >> Relu >> Dense(1.2)", "Conv(3) >> Index(\"-1\") >> Relu >> Dense(1.2)"),
        ["concat of positions: branches taken as one"] = (
            "Concat(0, Conv(3, biasStd: 0.5), Conv(3, biasStd: 0.5)) >> Relu >> GlobalAveragePool >> Dense(1.2)",
            "Conv(3, biasStd: 0.5) >> Relu >> GlobalAveragePool >> Dense(1.2)"),
        ["layer norm over positions: each by itself"] = (
            "Conv(3, biasStd: 0.3) >> LayerNorm(0, -1) >> Relu >> Flatten >> Dense(1.2)", "Conv(3, biasStd: 0.3) >> LayerNorm >> Relu >> Flatten >> Dense(1.2)"),
        ["dropout of positions: factor lost"] = (
            "Conv(3) >> Relu >> Dropout(0.6) >> GlobalAveragePool >> Dense(1.2)", "Conv(3) >> Relu >> GlobalAveragePool >> Dense(1.2)"),
        ["residual convolution: skip forgotten"] = (
            "Conv(3) >> Identity + (Relu >> Conv(3, biasStd: 0.3)) >> Relu >> Flatten >> Dense(1.2)",
            "Conv(3) >> Relu >> Conv(3, biasStd: 0.3) >> Relu >> Flatten >> Dense(1.2)"),
        ["repeat: weights shared"] = ("Repeat(2, Dense(1.2, 0.3) >> Erf) >> Dense(1.2)", "Repeat(1, Dense(1.2, 0.3) >> Erf) >> Dense(1.2)"),
    };

    /// <summary>Mistakes that leave the NNGP as it is.</summary>
    private static readonly Dictionary<string, (string Network, string Mistaken)> _ofTangents = new()
    {
        ["standard conv: taps left out of the fan-in"] = (
            "Conv(3, weightStd: 1.3, parameterization: standard, width: 8) >> Relu >> Flatten >> Dense(1.2)",
            "Conv(3, weightStd: 1.3, parameterization: standard, width: 8, learningRate: 1/3) >> Relu >> Flatten >> Dense(1.2)"),
        ["frozen: trained"] = ("Dense(1.3, 0.4, trainable: false) >> Relu >> Dense(1.2)", "Dense(1.3, 0.4) >> Relu >> Dense(1.2)"),
        ["learning rate: squared"] = (
            "Conv(3, biasStd: 0.4, learningRate: 0.6) >> Relu >> GlobalAveragePool >> Dense(1.2)",
            "Conv(3, biasStd: 0.4, learningRate: 0.36) >> Relu >> GlobalAveragePool >> Dense(1.2)"),
    };

    /// <summary>Activations whose empirical kernels have light tails.</summary>
    private static readonly string[] _activations =
    [
        "AbRelu(0.3, 0.8)", "Abs", "Cos", "Erf", "Gabor", "Gaussian", "Gelu", "Hermite(2)", "LeakyRelu(0.1)", "Monomial(2)", "Rbf",
        "RectifiedMonomial(0)", "RectifiedMonomial(2)", "Relu", "SigmoidLike", "Sign", "Sin",
    ];

    public static IEnumerable<object[]> Names => _all.Keys.Select(name => new object[] { name });

    public static IEnumerable<object[]> Activations => _activations.Select(name => new object[] { name });

    public static IEnumerable<object[]> OfTangents => _ofTangents.Keys.Select(name => new object[] { name });

    /// <summary>All, with those of tangents.</summary>
    public static IEnumerable<string> AllNames => _all.Keys.Concat(_ofTangents.Keys);

    public static Network Network(string name) => NetworkText.Parse(Texts(name).Network);

    public static Network Mistaken(string name) => NetworkText.Parse(Texts(name).Mistaken);

    /// <summary>Three points that are neither parallel nor orthogonal; with positions where the network flattens them.</summary>
    public static Samples Inputs(string name)
    {
        bool positions = Texts(name).Network.Contains("Conv", StringComparison.Ordinal);
        SampleShape shape = positions ? new SampleShape([5], 2)
            : name.StartsWith("flatten", StringComparison.Ordinal) ? new SampleShape([3], 2) : SampleShape.Features(4);
        var rows = new KernelMatrix<double>(3, shape.Size);
        for (int i = 0; i < 3; i++)
        {
            for (int k = 0; k < shape.Size; k++) rows[i, k] = (1 + 0.2 * i) * Math.Sin(1.1 * (i + 1) + 0.7 * k);
        }

        return new Samples(rows, shape);
    }

    /// <summary>Of an unknown name, nothing.</summary>
    private static (string Network, string Mistaken) Texts(string name) =>
        _all.TryGetValue(name, out (string Network, string Mistaken) texts) || _ofTangents.TryGetValue(name, out texts) ? texts : ("", "");
}
