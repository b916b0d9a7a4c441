using InfiniteNtk.Compositional.Geometry;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Compositional.Signals;

namespace InfiniteNtk.Compositional.Recursion;

/// <summary>The right-hand sides of the recursion after one layer.</summary>
internal readonly record struct RecursionRow(string K, string Theta);

/// <summary>The reading that says what each layer does to K and Θ, once, in whatever notation.</summary>
internal sealed class RecursionReader(SignalFlow flow, INotation notation) : ILayerReader<RecursionRow>
{
    private readonly bool[] _trains = Trains(flow);
    private readonly HashSet<PositionMap> _maps = [];
    private FlowNode _node = flow.Nodes[0];

    /// <summary>The linear maps met so far.</summary>
    public IReadOnlyCollection<PositionMap> Maps => _maps;

    public RecursionRow Row(FlowNode node)
    {
        _node = node;
        RecursionRow row = node.Layer?.Accept(this) ?? Input();
        return _trains[node.Index] ? row : row with { Theta = "0" };
    }

    public RecursionRow Read(Dense layer) => Weighted(layer, taps: 1, SourceK, SourceTheta);

    public RecursionRow Read(Conv layer) => Filtered(layer, PositionMap.Taps);

    public RecursionRow Read(ConvTranspose layer) => Filtered(layer, PositionMap.TransposedTaps);

    public RecursionRow Read(ConvLocal layer)
    {
        RecursionRow shared = Filtered(layer, PositionMap.Taps);
        return new RecursionRow(SameOnly(shared.K), SameOnly(shared.Theta));

        string SameOnly(string sum) => sum == "0" ? sum : Scaled(notation.SamePosition(), sum.Contains(" + ", StringComparison.Ordinal) ? $"({sum})" : sum);
    }

    public RecursionRow Read(AveragePool layer) => Mapped(PositionMap.AveragePool);

    public RecursionRow Read(SumPool layer) => Mapped(PositionMap.SumPool);

    public RecursionRow Read(GlobalAveragePool layer) => Mapped(PositionMap.GlobalAverage);

    public RecursionRow Read(GlobalSumPool layer) => Mapped(PositionMap.GlobalSum);

    public RecursionRow Read(ImageResize layer) => Mapped(PositionMap.Resize);

    public RecursionRow Read(Networks.Index layer) => Mapped(PositionMap.Index);

    public RecursionRow Read(ActivationLayer layer) => new(
        notation.Dual(layer.Activation, derivative: false, Source, HasPositions),
        notation.Times(SourceTheta, notation.Dual(layer.Activation, derivative: true, Source, HasPositions)));

    public RecursionRow Read(LayerNorm layer)
    {
        bool overPositions = LayerGeometry.MeanAxes(layer, _node.Output.Positions, _node.Path).Count > 0;
        (string p, string q) = overPositions ? notation.MeanVariances(Source) : notation.Variances(Source, HasPositions);
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
            notation.PositionMean(SourceK, positions), notation.PositionMean(SourceTheta, positions));
    }

    public RecursionRow Read(Sum layer) => new(Sum([.. _node.Sources.Select(K)]), Sum([.. _node.Sources.Select(Theta)]));

    public RecursionRow Read(Product layer)
    {
        int[] sources = [.. _node.Sources];
        IEnumerable<string> terms = Enumerable.Range(0, sources.Length).Where(i => _trains[sources[i]])
            .Select(i => notation.Times(sources.Select((source, j) => j == i ? Theta(source) : K(source))));
        return new RecursionRow(notation.Times(sources.Select(K)), Sum([.. terms]));
    }

    public RecursionRow Read(Concat layer)
    {
        if (layer.Axis >= 0) return new RecursionRow(Blocks(notation.K, _ => true), Blocks(notation.Theta, node => _trains[node]));
        double[] widths = [.. _node.Sources.Select(source => (double?)flow.Nodes[source].Output.Channels ?? 1)];
        string total = notation.Number(widths.Sum());
        string[] shares = [.. widths.Select(width => notation.Fraction(notation.Number(width), total))];
        return new RecursionRow(
            Sum([.. _node.Sources.Select((source, i) => Scaled(shares[i], K(source)))]),
            Sum([.. _node.Sources.Select((source, i) => Scaled(shares[i], Theta(source)))]));
    }

    private RecursionRow Filtered(FilterLayer layer, PositionMap map)
    {
        RecursionRow mapped = Mapped(map);
        return Weighted(layer, layer.Taps, mapped.K, _trains[Source] ? mapped.Theta : "");
    }

    /// <summary>K' = σw²A[K] + σb², Θ' = σw²A[Θ] + own term.</summary>
    private RecursionRow Weighted(ParametricLayer layer, int taps, string mappedK, string mappedTheta)
    {
        double weight = layer.WeightStd * layer.WeightStd, bias = layer.BiasStd * layer.BiasStd, factor = layer.OwnTermFactor;
        string k = Sum(Scaled(weight, mappedK), Constant(bias)), theta = Scaled(weight, mappedTheta);
        if (factor == 0) return new RecursionRow(k, Sum(theta));
        if (layer.Parameterization == Parameterization.Ntk) return new RecursionRow(k, Sum(Scaled(factor, OwnK), theta));
        double fanIn = (double)taps * flow.Nodes[Source].Output.Channels!.Value;
        return new RecursionRow(k, Sum(theta, Scaled(factor * fanIn, mappedK), Constant(bias == 0 ? 0 : factor)));
    }

    private RecursionRow Mapped(PositionMap map)
    {
        _maps.Add(map);
        return new RecursionRow(
            notation.Mapped(map, notation.K(Source, false), HasPositions), notation.Mapped(map, notation.Theta(Source, false), HasPositions));
    }

    private string Blocks(Func<int, bool, string> symbol, Func<int, bool> isPresent) => _node.Sources.Any(isPresent)
        ? notation.Blocks(_node.Sources.Select(source => isPresent(source) ? symbol(source, false) : "0"), hasPositions: true)
        : "0";

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
        foreach (FlowNode node in flow.Nodes) trains[node.Index] = node.Layer is ParametricLayer { OwnTermFactor: > 0 } || node.Sources.Any(source => trains[source]);
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
