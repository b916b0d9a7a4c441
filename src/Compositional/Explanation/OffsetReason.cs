using System.Globalization;
using InfiniteNtk.Compositional.Networks;

namespace InfiniteNtk.Compositional.Explanation;

/// <summary>The reading that says which offsets a layer reads to write its own.</summary>
/// <param name="number">The layer's number.</param>
internal sealed class OffsetReason(int number) : ILayerReader<string>
{
    public string Read(Dense layer) => Same;

    public string Read(Conv layer) => Strided(layer.Strides, "Δ");

    public string Read(ConvLocal layer) => $"{Name}, locally connected, reads s = s'";

    public string Read(ConvTranspose layer) => layer.Strides.All(stride => stride == 1) ? Same : $"{Name} reads Δ/{Factors(layer.Strides)} where that is whole";

    public string Read(AveragePool layer) => Pooled(layer);

    public string Read(SumPool layer) => Pooled(layer);

    public string Read(GlobalAveragePool layer) => $"{Name} reads all pairs of positions";

    public string Read(GlobalSumPool layer) => $"{Name} reads all pairs of positions";

    public string Read(ImageResize layer) => $"{Name} reads neighbouring positions";

    public string Read(Networks.Index layer) =>
        layer.Slices.All(slice => slice.RemovesAxis || slice.Step == 1) ? Same : Strided(layer.Slices.Select(slice => slice.RemovesAxis ? 1 : slice.Step).ToValueList(), "Δ");

    public string Read(ActivationLayer layer) => Same;

    public string Read(LayerNorm layer) => Same;

    public string Read(Dropout layer) => Same;

    public string Read(Flatten layer) => $"{Name} reads s = s'";

    public string Read(Sum layer) => Same;

    public string Read(Product layer) => Same;

    public string Read(Concat layer) => layer.Axis < 0 ? Same : $"{Name} reads pairs inside the branch";

    private string Name => string.Create(CultureInfo.InvariantCulture, $"layer {number}");

    private string Same => $"as {Name}";

    private string Strided(ValueList<int> strides, string offset) =>
        strides.All(stride => stride == 1) ? Same : $"{Name} reads {Factors(strides)}{offset}";

    private string Pooled(PoolLayer layer)
    {
        string reach = string.Join('×', layer.Window.Select(extent => extent - 1));
        return layer.Window.All(extent => extent == 1)
            ? Strided(layer.Strides, "Δ")
            : $"{Name} joins windows: {(layer.Strides.All(stride => stride == 1) ? "" : Factors(layer.Strides))}Δ ± {reach}";
    }

    private static string Factors(ValueList<int> strides) =>
        strides.Distinct().Count() == 1 ? strides[0].ToString(CultureInfo.InvariantCulture) : $"({string.Join(", ", strides)})";
}
