using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Compositional.Catalog;

/// <summary>The rows of layers with weights and biases, which share most of their parameters.</summary>
internal static class WeightSignatures
{
    private static readonly Parameter[] _weights =
    [
        new("weightStd", ParameterKind.Number, 1.0),
        new("biasStd", ParameterKind.Number, 0.0),
        new("parameterization", ParameterKind.Choice, "ntk", Choices: ["ntk", "standard"]),
        new("width", ParameterKind.Integer),
        new("trainable", ParameterKind.Flag, true),
        new("learningRate", ParameterKind.Number, 1.0),
    ];

    private delegate Network MakeFilter(
        ValueList<int> filter, ValueList<int>? strides, Padding padding, double weightStd, double biasStd,
        Parameterization parameterization, int? width, bool trainable, double learningRate);

    public static IReadOnlyList<Signature<Network>> Rows { get; } =
    [
        Signature<Network>.Of<Dense>(
            "Dense", _weights,
            v => new Dense((double)v[0]!, (double)v[1]!, Scaling(v[2]), (int?)v[3], (bool)v[4]!, (double)v[5]!), Weights),
        Filter<Conv>((k, t, p, w, b, s, c, on, rate) => new Conv(k, t, p, w, b, s, c, on, rate)),
        Filter<ConvLocal>((k, t, p, w, b, s, c, on, rate) => new ConvLocal(k, t, p, w, b, s, c, on, rate)),
        Filter<ConvTranspose>((k, t, p, w, b, s, c, on, rate) => new ConvTranspose(k, t, p, w, b, s, c, on, rate)),
    ];

    private static Signature<Network> Filter<TLayer>(MakeFilter make) where TLayer : FilterLayer => Signature<Network>.Of<TLayer>(
        typeof(TLayer).Name,
        [
            new("filter", ParameterKind.Integers, Required: true),
            new("strides", ParameterKind.Integers),
            PositionSignatures.PaddingParameter("same"),
            .. _weights,
        ],
        v => make(
            ((int[])v[0]!).ToValueList(), ((int[]?)v[1])?.ToValueList(), PositionSignatures.Padding(v[2]),
            (double)v[3]!, (double)v[4]!, Scaling(v[5]), (int?)v[6], (bool)v[7]!, (double)v[8]!),
        layer =>
        [
            layer.Filter.ToArray(), layer.Strides.All(stride => stride == 1) ? null : layer.Strides.ToArray(),
            PositionSignatures.Word(layer.Padding), .. Weights(layer),
        ]);

    private static IReadOnlyList<object?> Weights(ParametricLayer layer) =>
    [
        layer.WeightStd, layer.BiasStd, layer.Parameterization == Parameterization.Ntk ? "ntk" : "standard", layer.Width, layer.Trainable,
        layer.LearningRate,
    ];

    private static Parameterization Scaling(object? word) => (string)word! == "ntk" ? Parameterization.Ntk : Parameterization.Standard;
}
