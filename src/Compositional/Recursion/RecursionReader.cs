using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Compositional.Signals;

namespace InfiniteNtk.Compositional.Recursion;

/// <summary>The right-hand sides of the recursion after one layer.</summary>
internal readonly record struct RecursionRow(string K, string Theta);

/// <summary>The reading that says what each layer does to K and Θ, once, in whatever notation.</summary>
internal sealed class RecursionReader(SignalFlow flow, INotation notation) : ILayerReader<RecursionRow>
{
    private readonly bool[] _trains = Trains(flow);
    private FlowNode _node = flow.Nodes[0];

    public RecursionRow Row(FlowNode node)
    {
        _node = node;
        return node.Layer?.Accept(this) ?? Input();
    }

    public RecursionRow Read(Dense layer)
    {
        double weight = layer.WeightStd * layer.WeightStd, bias = layer.BiasStd * layer.BiasStd;
        string k = Sum(Scaled(weight, SourceK), Constant(bias)), theta = Scaled(weight, SourceTheta);
        if (layer.Parameterization == Parameterization.Ntk) return new RecursionRow(k, Sum(OwnK, theta));
        double fanIn = flow.Nodes[Source].Output.Channels!.Value;
        return new RecursionRow(k, Sum(theta, Scaled(fanIn, SourceK), Constant(bias == 0 ? 0 : 1)));
    }

    public RecursionRow Read(ActivationLayer layer) => new(
        notation.Dual(layer.Activation, derivative: false, Source, HasPositions),
        notation.Times(SourceTheta, notation.Dual(layer.Activation, derivative: true, Source, HasPositions)));

    public RecursionRow Read(LayerNorm layer)
    {
        (string p, string q) = notation.Variances(Source, HasPositions);
        string norm = notation.Root(notation.Times(p, q));
        return new RecursionRow(notation.Fraction(SourceK, norm), notation.Fraction(SourceTheta, norm));
    }

    public RecursionRow Read(Dropout layer)
    {
        string excess = Scaled(1 / layer.KeepProbability - 1, notation.SameSample(HasPositions));
        string factor = excess.Length == 0 ? "" : $"(1 + {excess})";
        return new RecursionRow(Scaled(factor, SourceK), Scaled(factor, SourceTheta));
    }

    public RecursionRow Read(Flatten layer)
    {
        long positions = flow.Nodes[Source].Output.PositionCount;
        return new RecursionRow(
            notation.PositionMean(SourceK, positions), _trains[Source] ? notation.PositionMean(SourceTheta, positions) : "0");
    }

    public RecursionRow Read(Sum layer) => new(Sum([.. _node.Sources.Select(K)]), Sum([.. _node.Sources.Select(Theta)]));

    public RecursionRow Read(Product layer)
    {
        int[] sources = [.. _node.Sources];
        IEnumerable<string> terms = sources.Select((_, i) => notation.Times(sources.Select((source, j) => j == i ? Theta(source) : K(source))));
        return new RecursionRow(notation.Times(sources.Select(K)), Sum([.. terms]));
    }

    public RecursionRow Read(Concat layer)
    {
        double[] widths = [.. _node.Sources.Select(source => (double?)flow.Nodes[source].Output.Channels ?? 1)];
        string total = notation.Number(widths.Sum());
        string[] shares = [.. widths.Select(width => notation.Fraction(notation.Number(width), total))];
        return new RecursionRow(
            Sum([.. _node.Sources.Select((source, i) => Scaled(shares[i], K(source)))]),
            Sum([.. _node.Sources.Select((source, i) => Scaled(shares[i], Theta(source)))]));
    }

    private int Source => _node.Sources[0];

    private bool HasPositions => _node.Output.Positions.Count > 0;

    private string SourceK => K(Source);

    private string SourceTheta => Theta(Source);

    private string OwnK => notation.K(_node.Index, HasPositions);

    private RecursionRow Input() =>
        new(notation.Fraction(notation.InnerProduct(HasPositions), notation.Number(flow.Input.Channels)), "0");

    private string K(int node) => notation.K(node, flow.Nodes[node].Output.Positions.Count > 0);

    private string Theta(int node) => !_trains[node] ? "" : notation.Theta(node, flow.Nodes[node].Output.Positions.Count > 0);

    /// <summary>Where parameters lie before a node; elsewhere Θ = 0 and is not written.</summary>
    private static bool[] Trains(SignalFlow flow)
    {
        var trains = new bool[flow.Nodes.Count];
        foreach (FlowNode node in flow.Nodes) trains[node.Index] = node.Layer is Dense || node.Sources.Any(source => trains[source]);
        return trains;
    }

    private string Constant(double value) => value == 0 ? "" : notation.Number(value);

    private string Scaled(double factor, string term) =>
        factor == 0 || term.Length == 0 ? "" : factor == 1 ? term : notation.Times(notation.Number(factor), term);

    private string Scaled(string factor, string term) => factor.Length == 0 || term.Length == 0 ? term : notation.Times(factor, term);

    private static string Sum(params string[] terms)
    {
        string sum = string.Join(" + ", terms.Where(term => term.Length > 0));
        return sum.Length == 0 ? "0" : sum;
    }
}
