using InfiniteNtk.Compositional.Geometry;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.Compositional.Signals;

/// <summary>The reading that infers shapes and kinds of signals, refuses what has no known limit, and lays the layers in a line.</summary>
internal sealed class FlowBuilder : INetworkReader<FlowBuilder.Stream>
{
    private const int MostLayers = 100_000;
    private readonly SampleShape _input;
    private readonly List<FlowNode> _nodes = [];
    private readonly LayerPath _path = new();
    private Stream _at;

    public FlowBuilder(SampleShape input)
    {
        _input = input;
        var signal = new Signal(input.Positions, input.Channels, SignalKind.RawInput, IsFresh: false);
        _nodes.Add(new FlowNode(0, null, [], signal, "input"));
        _at = new Stream(0, signal);
    }

    /// <summary>A signal and the node that gives it. Its freshness is that of the branch, the node's that of its own place.</summary>
    internal readonly record struct Stream(int Node, Signal Signal);

    private Signal Arriving => _at.Signal;

    public SignalFlow Build(Network network)
    {
        Stream output = network.Accept(this);
        return new SignalFlow(_input, WhatReaches(output.Node));
    }

    public Stream Read(Identity network) => _at;

    public Stream Read(Serial network)
    {
        for (int i = 0; i < network.Parts.Count; i++)
        {
            Network part = network.Parts[i];
            _at = _path.Within($"layer {i + 1}", () => part.Accept(this));
        }

        return _at;
    }

    public Stream Read(Repeat network)
    {
        for (int i = 0; i < network.Count; i++)
        {
            Stream before = _at;
            _at = _path.Within($"pass {i + 1}", () => network.Body.Accept(this));
            // A body that changes nothing would otherwise be walked as often as somebody cares to write.
            if (_at == before) break;
        }

        return _at;
    }

    public Stream Read(Dense layer) => Weighted(layer, Arriving.Positions);

    public Stream Read(Conv layer) => Filtered(layer);

    public Stream Read(ConvLocal layer) => Filtered(layer);

    public Stream Read(ConvTranspose layer) => Filtered(layer);

    public Stream Read(AveragePool layer) => Mapped(layer, LayerGeometry.Maps(layer, Arriving.Positions, Place(layer)));

    public Stream Read(SumPool layer) => Mapped(layer, LayerGeometry.Maps(layer, Arriving.Positions, Place(layer)));

    public Stream Read(GlobalAveragePool layer) => Mapped(layer, LayerGeometry.GlobalMaps(average: true, Arriving.Positions, Place(layer)));

    public Stream Read(GlobalSumPool layer) => Mapped(layer, LayerGeometry.GlobalMaps(average: false, Arriving.Positions, Place(layer)));

    public Stream Read(ImageResize layer) => Mapped(layer, LayerGeometry.Maps(layer, Arriving.Positions, Place(layer)));

    public Stream Read(Networks.Index layer) => Mapped(layer, LayerGeometry.Maps(layer, Arriving.Positions, Place(layer)));

    public Stream Read(ActivationLayer layer)
    {
        // An elementwise layer commutes with Flatten; in front of it the signal is still Gaussian.
        FlowNode node = _nodes[_at.Node];
        if (node.Layer is Flatten flatten)
        {
            Stream flattened = _at;
            FlowNode source = _nodes[node.Sources[0]];
            _at = new Stream(source.Index, source.Output with { IsFresh = flattened.Signal.IsFresh });
            _at = Elementwise(layer);
            Stream moved = Read(flatten);
            _nodes[moved.Node] = _nodes[moved.Node] with { Path = node.Path };
            return moved;
        }

        return Elementwise(layer);
    }

    public Stream Read(LayerNorm layer)
    {
        _ = LayerGeometry.MeanAxes(layer, Arriving.Positions, Place(layer));
        return Arriving.Kind == SignalKind.CentredGaussian ? Add(layer, Arriving) : throw Refusals.NotGaussian(Place(layer), "layer normalisation", Arriving, PreviousLayer());
    }

    public Stream Read(Dropout layer) => Arriving.Kind switch
    {
        SignalKind.RawInput => throw Refusals.DropoutOfInput(Place(layer)),
        SignalKind.MixedChannels => Add(layer, Arriving),
        _ => Add(layer, Arriving with { Kind = SignalKind.AlikeChannels }),
    };

    public Stream Read(Flatten layer)
    {
        if (Arriving.Positions.Count == 0) return _at;
        SignalKind kind = Arriving.Kind == SignalKind.RawInput ? SignalKind.RawInput : SignalKind.MixedChannels;
        return Add(layer, Arriving with { Positions = [], Channels = Arriving.Channels * Arriving.PositionCount, Kind = kind });
    }

    public Stream Read(Sum layer)
    {
        Stream[] branches = Branches(layer.Branches);
        Refusals.CheckGaussian(Place(layer), "add", layer.Branches, branches);
        return Join(layer, branches, JoinedChannels(layer, layer.Branches, branches), SignalKind.CentredGaussian);
    }

    public Stream Read(Product layer)
    {
        Stream[] branches = Branches(layer.Branches);
        Refusals.CheckProduct(Place(layer), layer.Branches, branches);
        SignalKind kind = branches.Any(branch => branch.Signal.Kind == SignalKind.MixedChannels) ? SignalKind.MixedChannels : SignalKind.AlikeChannels;
        return Join(layer, branches, JoinedChannels(layer, layer.Branches, branches), kind);
    }

    public Stream Read(Concat layer)
    {
        Stream[] branches = Branches(layer.Branches);
        if (layer.Axis >= 0) return ConcatenatedPositions(layer, branches);
        Refusals.CheckShapes(Place(layer), layer.Branches, branches);
        Refusals.CheckConcat(Place(layer), layer.Branches, branches);
        long? channels = branches.Aggregate((long?)0, (sum, branch) => checked(sum + branch.Signal.Channels));
        return Join(layer, branches, channels, SignalKind.MixedChannels);
    }

    private Stream ConcatenatedPositions(Concat layer, Stream[] branches)
    {
        ValueList<int> first = branches[0].Signal.Positions;
        if (layer.Axis >= first.Count) throw LayerGeometry.MissingAxis(Place(layer), layer.Axis, first);
        Refusals.CheckShapes(Place(layer), layer.Branches, branches, layer.Axis);
        Refusals.CheckWidths(Place(layer), layer.Branches, branches);
        Refusals.CheckGaussian(Place(layer), "concatenate", layer.Branches, branches);
        int[] positions = [.. first];
        positions[layer.Axis] = checked(branches.Sum(branch => branch.Signal.Positions[layer.Axis]));
        Stream joined = Join(layer, branches, KnownChannels(branches), SignalKind.CentredGaussian);
        _nodes[joined.Node] = _nodes[joined.Node] with { Output = joined.Signal with { Positions = [.. positions] } };
        return joined with { Signal = _nodes[joined.Node].Output };
    }

    private Stream Filtered(FilterLayer layer) =>
        Weighted(layer, LayerGeometry.Outputs(LayerGeometry.Windows(layer, Arriving.Positions, Place(layer))));

    private Stream Weighted(ParametricLayer layer, ValueList<int> positions)
    {
        if (layer is { Parameterization: Parameterization.Standard, OwnTermFactor: > 0 } && Arriving.Channels is null)
        {
            throw Refusals.UnknownFanIn(Place(layer));
        }

        return Add(layer, new Signal(positions, layer.Width, SignalKind.CentredGaussian, IsFresh: true));
    }

    private Stream Mapped(Layer layer, ValueList<AxisMap> maps) => Add(layer, Arriving with { Positions = LayerGeometry.Outputs(maps) });

    private Stream Elementwise(ActivationLayer layer) => Arriving.Kind == SignalKind.CentredGaussian
        ? Add(layer, Arriving with { Kind = SignalKind.AlikeChannels })
        : throw Refusals.NotGaussian(Place(layer), "an elementwise layer", Arriving, PreviousLayer());

    private Stream[] Branches(ValueList<Network> branches)
    {
        Stream fork = _at;
        var ends = new Stream[branches.Count];
        for (int i = 0; i < ends.Length; i++)
        {
            Network branch = branches[i];
            _at = fork with { Signal = fork.Signal with { IsFresh = false } };
            ends[i] = _path.Within($"branch {i + 1}", () => branch.Accept(this));
        }

        _at = fork;
        return ends;
    }

    private long? JoinedChannels(Layer layer, ValueList<Network> branches, Stream[] ends)
    {
        Refusals.CheckShapes(Place(layer), branches, ends);
        Refusals.CheckWidths(Place(layer), branches, ends);
        return KnownChannels(ends);
    }

    private static long? KnownChannels(Stream[] ends) => ends.Select(end => end.Signal.Channels).FirstOrDefault(channels => channels is not null);

    private Stream Join(Layer layer, Stream[] branches, long? channels, SignalKind kind)
    {
        bool isFresh = Arriving.IsFresh || branches.All(branch => branch.Signal.IsFresh);
        return Append(layer, [.. branches.Select(branch => branch.Node)], new Signal(branches[0].Signal.Positions, channels, kind, isFresh));
    }

    private Stream Add(Layer layer, Signal output) => Append(layer, [_at.Node], output);

    private Stream Append(Layer layer, ValueList<int> sources, Signal output)
    {
        if (_nodes.Count > MostLayers)
        {
            throw new InvalidArgumentException(
                "Cannot lower this network", $"it has more than {MostLayers} layers after unrolling", $"at most {MostLayers} are allowed", "Repeat less often");
        }

        _nodes.Add(new FlowNode(_nodes.Count, layer, sources, output, _path.ToString()));
        return new Stream(_nodes.Count - 1, output);
    }

    private string Place(Layer layer) => $"{_path} ({Refusals.Short(layer)})";

    private string PreviousLayer() => _nodes[_at.Node] is { Layer: { } layer } node ? $"{node.Path} ({Refusals.Short(layer)})" : "the input";

    /// <summary>The nodes that the output depends on, renumbered: a flattening that was moved leaves its old place empty.</summary>
    private ValueList<FlowNode> WhatReaches(int output)
    {
        var needed = new bool[_nodes.Count];
        needed[output] = true;
        for (int i = output; i >= 0; i--)
        {
            if (!needed[i]) continue;
            foreach (int source in _nodes[i].Sources) needed[source] = true;
        }

        var number = new int[_nodes.Count];
        var kept = new List<FlowNode>();
        foreach (FlowNode node in _nodes.Where(node => needed[node.Index]))
        {
            number[node.Index] = kept.Count;
            kept.Add(node with { Index = kept.Count, Sources = [.. node.Sources.Select(source => number[source])] });
        }

        return [.. kept];
    }
}
