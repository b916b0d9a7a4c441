using System.Globalization;
using System.Text;
using InfiniteNtk.Compositional.Explanation;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Compositional.Recursion;
using InfiniteNtk.Compositional.Signals;

namespace InfiniteNtk;

/// <summary>
/// A network in plain words: one row per layer in the order of computation, with the signal that leaves it and what it does to
/// K (NNGP) and Θ (NTK).
/// </summary>
public sealed record NetworkExplanation
{
    private NetworkExplanation(ValueList<LayerExplanation> rows, OffsetExplanation? offsets)
    {
        Rows = rows;
        Offsets = offsets;
    }

    /// <summary>The input and every layer, repetitions unrolled.</summary>
    public ValueList<LayerExplanation> Rows { get; }

    /// <summary>Which offsets between positions are computed and why; null for a network without positions.</summary>
    internal OffsetExplanation? Offsets { get; }

    private ValueList<string> Symbols { get; init; } = [];

    private ValueList<string> Costs { get; init; } = [];

    /// <summary>Explains <paramref name="network"/> for samples of one shape.</summary>
    /// <exception cref="UndefinedLimitException">Its limit is not known; the message names the path to the layer.</exception>
    /// <exception cref="ShapeMismatchException">Branches of different shapes are joined.</exception>
    public static NetworkExplanation Of(Network network, SampleShape input)
    {
        SignalFlow flow = SignalFlow.Of(network, input);
        var notation = new PlainNotation();
        var reader = new RecursionReader(flow, notation);
        ValueList<LayerExplanation> rows = [.. flow.Nodes.Select(node =>
        {
            RecursionRow row = reader.Row(node);
            bool hasPositions = node.Output.Positions.Count > 0;
            return new LayerExplanation(node.Output)
            {
                Number = node.Index,
                Path = node.Path,
                Layer = Title(node.Layer),
                K = $"{notation.K(node.Index, hasPositions)} = {row.K}",
                Theta = $"{notation.Theta(node.Index, hasPositions)} = {row.Theta}",
            };
        })];
        return new NetworkExplanation(rows, OffsetExplanation.Of(flow))
        {
            Symbols = reader.Maps.Order().Select(PlainNotation.Meaning).ToValueList(),
            Costs = DualCost.Of(flow.Nodes.Select(node => node.Layer).OfType<ActivationLayer>().Select(layer => layer.Activation)).ToValueList(),
        };
    }

    /// <summary>The rows as an aligned table, followed by the meaning of its symbols.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(PlainTable.Write(
        [
            ["", "layer", "signal", "kind", "NNGP", "NTK"],
            .. Rows.Select(row => new[] { row.Number.ToString(CultureInfo.InvariantCulture), row.Layer, row.Signal.Shape, row.Kind, row.K, row.Theta }),
        ]));
        text.AppendLine("K = covariance of one channel at (x, x'); Θ = its tangent kernel; pₗ = Kₗ(x, x), qₗ = Kₗ(x', x').");
        text.Append("φ[p, q, k] = E φ(u)φ(v) and φ˙[p, q, k] = E φ′(u)φ′(v) for (u, v) ~ N(0, [[p, k], [k, q]]).");
        foreach (string line in Symbols.Concat(Costs)) text.AppendLine().Append(line);
        if (Offsets is not null) text.AppendLine().AppendLine().Append(Offsets);
        return text.ToString();
    }

    internal static string Title(Layer? layer) => layer switch
    {
        null => "input",
        Sum or Product or Concat => layer.GetType().Name,
        _ => layer.ToString(),
    };
}
