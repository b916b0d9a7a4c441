using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Compositional.Catalog;

/// <summary>The rows of layers that move positions and have no weights.</summary>
internal static class PositionSignatures
{
    public static IReadOnlyList<Signature<Network>> Rows { get; } =
    [
        Signature<Network>.Of<AveragePool>(
            "AveragePool", [.. Window(), new("normalizeEdges", ParameterKind.Flag, false)],
            v => new AveragePool(List(v[0])!, List(v[1]), Padding(v[2]), (bool)v[3]!), layer => [.. Values(layer), layer.NormalizeEdges]),
        Signature<Network>.Of<SumPool>("SumPool", Window(), v => new SumPool(List(v[0])!, List(v[1]), Padding(v[2])), Values),
        Signature<Network>.Of<GlobalAveragePool>("GlobalAveragePool", [], _ => new GlobalAveragePool(), _ => []),
        Signature<Network>.Of<GlobalSumPool>("GlobalSumPool", [], _ => new GlobalSumPool(), _ => []),
        Signature<Network>.Of<ImageResize>(
            "ImageResize",
            [
                new("shape", ParameterKind.OptionalIntegers, Required: true),
                new("method", ParameterKind.Choice, "linear", Choices: ["linear", "nearest"]),
                new("antialias", ParameterKind.Flag, true),
            ],
            v => new ImageResize(
                ((int?[])v[0]!).ToValueList(), (string)v[1]! == "linear" ? ResizeMethod.Linear : ResizeMethod.Nearest, (bool)v[2]!),
            layer => [layer.Shape.ToArray(), layer.Method == ResizeMethod.Linear ? "linear" : "nearest", layer.Antialias]),
        Signature<Network>.Of<Networks.Index>(
            "Index", [new("slices", ParameterKind.Texts, Required: true)],
            v => new Networks.Index(((string[])v[0]!).Select(PositionSlice.Parse).ToValueList()),
            layer => [layer.Slices.Select(slice => slice.ToString()).ToArray()]),
    ];

    public static Parameter PaddingParameter(string usual) =>
        new("padding", ParameterKind.Choice, usual, Choices: ["same", "valid", "circular"]);

    public static Padding Padding(object? word) => (string)word! switch
    {
        "same" => InfiniteNtk.Padding.Same,
        "valid" => InfiniteNtk.Padding.Valid,
        _ => InfiniteNtk.Padding.Circular,
    };

    public static string Word(Padding padding) => padding switch
    {
        InfiniteNtk.Padding.Same => "same",
        InfiniteNtk.Padding.Valid => "valid",
        _ => "circular",
    };

    private static Parameter[] Window() =>
        [new("window", ParameterKind.Integers, Required: true), new("strides", ParameterKind.Integers), PaddingParameter("valid")];

    private static IReadOnlyList<object?> Values(PoolLayer layer) =>
        [layer.Window.ToArray(), layer.Strides.Equals(layer.Window) ? null : layer.Strides.ToArray(), Word(layer.Padding)];

    private static ValueList<int>? List(object? values) => ((int[]?)values)?.ToValueList();
}
