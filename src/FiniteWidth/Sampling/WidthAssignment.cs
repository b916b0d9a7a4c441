using InfiniteNtk.Compositional.Networks;

namespace InfiniteNtk.FiniteWidth.Sampling;

/// <summary>A reading of networks: the same network with other widths. Works backwards, from the output.</summary>
/// <param name="hidden">The new width of a layer that other dense layers follow, from its own.</param>
/// <param name="output">The new width of a layer that no dense layer follows.</param>
internal sealed class WidthAssignment(Func<int?, int?> hidden, Func<int?, int?> output)
    : INetworkReader<WidthAssignment.Assigned>
{
    private bool _last = true;

    /// <summary>The largest width that was met in a hidden layer.</summary>
    public int? LargestHidden { get; private set; }

    /// <summary>The largest width that was met in an output layer.</summary>
    public int? LargestOutput { get; private set; }

    public Assigned Read(Dense layer) => Weighted(layer);

    public Assigned Read(Conv layer) => Weighted(layer);

    public Assigned Read(ConvLocal layer) => Weighted(layer);

    public Assigned Read(ConvTranspose layer) => Weighted(layer);

    public Assigned Read(AveragePool layer) => new(layer, Passes: true);

    public Assigned Read(SumPool layer) => new(layer, Passes: true);

    public Assigned Read(GlobalAveragePool layer) => new(layer, Passes: true);

    public Assigned Read(GlobalSumPool layer) => new(layer, Passes: true);

    public Assigned Read(ImageResize layer) => new(layer, Passes: true);

    public Assigned Read(Compositional.Networks.Index layer) => new(layer, Passes: true);

    public Assigned Read(ActivationLayer layer) => new(layer, Passes: true);

    public Assigned Read(LayerNorm layer) => new(layer, Passes: true);

    public Assigned Read(Dropout layer) => new(layer, Passes: true);

    public Assigned Read(Flatten layer) => new(layer, Passes: true);

    public Assigned Read(Sum layer) => Branches(layer.Branches, Sum.Of);

    public Assigned Read(Product layer) => Branches(layer.Branches, Product.Of);

    public Assigned Read(Concat layer) => Branches(layer.Branches, branches => Concat.Of(branches, layer.Axis));

    public Assigned Read(Identity network) => new(network, Passes: true);

    public Assigned Read(Serial network)
    {
        bool last = _last;
        bool passes = true;
        var parts = new Network[network.Parts.Count];
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            _last = last && passes;
            (parts[i], bool own) = network.Parts[i].Accept(this);
            passes &= own;
        }

        _last = last;
        return new(Serial.Of(parts), passes);
    }

    /// <summary>Only the last copy can be an output layer, so it is read apart where that makes a difference.</summary>
    public Assigned Read(Repeat network)
    {
        Assigned lastCopy = network.Body.Accept(this);
        if (network.Count < 2 || lastCopy.Passes || !_last) return new(new Repeat(network.Count, lastCopy.Network), network.Count == 0 || lastCopy.Passes);
        _last = false;
        Assigned others = network.Body.Accept(this);
        _last = true;
        return new(new Repeat(network.Count - 1, others.Network) >> lastCopy.Network, Passes: false);
    }

    private Assigned Weighted(ParametricLayer layer)
    {
        if (_last) LargestOutput = Larger(LargestOutput, layer.Width);
        else LargestHidden = Larger(LargestHidden, layer.Width);
        return new(layer with { Width = (_last ? output : hidden)(layer.Width) }, Passes: false);
    }

    private Assigned Branches(IReadOnlyList<Network> branches, Func<IReadOnlyList<Network>, Network> join)
    {
        Assigned[] read = [.. branches.Select(branch => branch.Accept(this))];
        return new(join([.. read.Select(branch => branch.Network)]), read.Any(branch => branch.Passes));
    }

    private static int? Larger(int? a, int? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);

    /// <summary>A network with its widths.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Passes">Whether its output has channels of its input: some path through it meets no dense layer.</param>
    internal readonly record struct Assigned(Network Network, bool Passes);
}
