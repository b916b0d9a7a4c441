using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Compositional.Catalog;

/// <summary>
/// The one table of layers: name, parameters, constructor. Text and JSON, their parsers, tests and documentation read it, so
/// that adding a layer is one record, one row here and the methods that the compiler then asks for. Activations come from
/// <see cref="ActivationCatalog"/>.
/// </summary>
internal static class LayerCatalog
{
    private static readonly Signature<Network>[] _structure =
    [
        Signature<Network>.Of<Serial>(
            "Serial", [Many("layers")], values => Serial.Of(Parts(values[0])), layer => [layer.Parts.ToArray()]),
        Signature<Network>.Of<Sum>(
            "Sum", [Many("branches")], values => Sum.Of(Parts(values[0])), layer => [layer.Branches.ToArray()]),
        Signature<Network>.Of<Product>(
            "Product", [Many("branches")], values => Product.Of(Parts(values[0])), layer => [layer.Branches.ToArray()]),
        Signature<Network>.Of<Concat>(
            "Concat", [new("axis", ParameterKind.Integer, -1), Many("branches")],
            values => Concat.Of(Parts(values[1]), (int)values[0]!), layer => [layer.Axis, layer.Branches.ToArray()]),
        Signature<Network>.Of<Repeat>(
            "Repeat", [new("count", ParameterKind.Integer, Required: true), new("body", ParameterKind.Part, Required: true)],
            values => new Repeat((int)values[0]!, (Network)values[1]!), layer => [layer.Count, layer.Body]),
        Signature<Network>.Of<Identity>("Identity", [], _ => new Identity(), _ => []),
        .. WeightSignatures.Rows,
        Signature<Network>.Of<LayerNorm>(
            "LayerNorm", [new("axes", ParameterKind.Integers, new[] { -1 })],
            values => new LayerNorm(((int[])values[0]!).ToValueList()), layer => [layer.Axes.ToArray()]),
        Signature<Network>.Of<Dropout>(
            "Dropout", [new("keepProbability", ParameterKind.Number, Required: true)],
            values => new Dropout((double)values[0]!), layer => [layer.KeepProbability]),
        Signature<Network>.Of<Flatten>("Flatten", [], _ => new Flatten(), _ => []),
        .. PositionSignatures.Rows,
    ];

    private static readonly Dictionary<string, Signature<Network>> _byName;

    private static readonly Dictionary<Type, Signature<Network>> _byType;

    static LayerCatalog()
    {
        var activations = ActivationCatalog.All.Select(row => (row.Type, Row: AsLayer(row))).ToArray();
        All = [.. _structure, .. activations.Select(pair => pair.Row)];
        _byName = All.ToDictionary(row => row.Name, StringComparer.Ordinal);
        _byType = _structure.Select(row => (row.Type, Row: row)).Concat(activations).ToDictionary(pair => pair.Type, pair => pair.Row);
    }

    /// <summary>One row per layer and per activation; JSON uses the same names with a lower-case first letter.</summary>
    public static IReadOnlyList<Signature<Network>> All { get; }

    /// <summary>The row with this exact name, or null.</summary>
    public static Signature<Network>? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>
    /// The row that writes <paramref name="network"/>, or null for an activation that is code (a delegate) and has none.
    /// </summary>
    public static Signature<Network>? Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return _byType.GetValueOrDefault(network is ActivationLayer layer ? layer.Activation.GetType() : network.GetType());
    }

    private static Signature<Network> AsLayer(Signature<Activation> row) => Signature<Network>.Of<Network>(
        row.Name, row.Parameters, values => new ActivationLayer(row.Create(values)),
        layer => row.ValuesOf(((ActivationLayer)layer).Activation));

    private static Parameter Many(string name) => new(name, ParameterKind.Parts, Required: true);

    private static Network[] Parts(object? value) => (Network[])value!;
}
