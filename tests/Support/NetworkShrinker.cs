using InfiniteNtk.Compositional.Networks;

namespace InfiniteNtk.Tests.Support;

/// <summary>Smaller networks: parts left out, branches alone, fewer repetitions, and the same inside each part.</summary>
internal sealed class NetworkShrinker : INetworkReader<IEnumerable<Network>>
{
    private static readonly NetworkShrinker _instance = new();

    private NetworkShrinker()
    {
    }

    /// <summary>Networks smaller than <paramref name="network"/>, not all of them legal.</summary>
    public static IEnumerable<Network> Shrink(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Accept(_instance);
    }

    /// <inheritdoc/>
    public IEnumerable<Network> Read(Serial network) => WithoutOne(network.Parts, Serial.Of).Concat(WithinOne(network.Parts, Serial.Of));

    /// <inheritdoc/>
    public IEnumerable<Network> Read(Sum layer) => Branches(layer.Branches, Sum.Of);

    /// <inheritdoc/>
    public IEnumerable<Network> Read(Product layer) => Branches(layer.Branches, Product.Of);

    /// <inheritdoc/>
    public IEnumerable<Network> Read(Concat layer) => Branches(layer.Branches, branches => Concat.Of(branches, layer.Axis));

    /// <inheritdoc/>
    public IEnumerable<Network> Read(Repeat network) =>
    [
        network.Body,
        .. network.Count > 1 ? new Network[] { new Repeat(network.Count - 1, network.Body) } : [],
        .. Shrink(network.Body).Select(body => new Repeat(network.Count, body)),
    ];

    /// <inheritdoc/>
    public IEnumerable<Network> Read(Identity network) => [];

    /// <inheritdoc/>
    public IEnumerable<Network> Read(Dense layer) => layer == new Dense() ? [] : [new Dense(), layer with { BiasStd = 0 }];

    /// <inheritdoc/>
    public IEnumerable<Network> Read(Conv layer) => Simpler(layer, new Conv(layer.Filter, layer.Strides, layer.Padding));

    /// <inheritdoc/>
    public IEnumerable<Network> Read(ConvLocal layer) => Simpler(layer, new ConvLocal(layer.Filter, layer.Strides, layer.Padding));

    /// <inheritdoc/>
    public IEnumerable<Network> Read(ConvTranspose layer) => Simpler(layer, new ConvTranspose(layer.Filter, layer.Strides, layer.Padding));

    /// <inheritdoc/>
    public IEnumerable<Network> Read(AveragePool layer) => [];

    /// <inheritdoc/>
    public IEnumerable<Network> Read(SumPool layer) => [];

    /// <inheritdoc/>
    public IEnumerable<Network> Read(GlobalAveragePool layer) => [];

    /// <inheritdoc/>
    public IEnumerable<Network> Read(GlobalSumPool layer) => [];

    /// <inheritdoc/>
    public IEnumerable<Network> Read(ImageResize layer) => [];

    /// <inheritdoc/>
    public IEnumerable<Network> Read(Compositional.Networks.Index layer) => [];

    /// <inheritdoc/>
    public IEnumerable<Network> Read(ActivationLayer layer) => [];

    /// <inheritdoc/>
    public IEnumerable<Network> Read(LayerNorm layer) => [];

    /// <inheritdoc/>
    public IEnumerable<Network> Read(Dropout layer) => [];

    /// <inheritdoc/>
    public IEnumerable<Network> Read(Flatten layer) => [];

    /// <summary>The same geometry with plain weights, without a bias, and as a dense layer where nothing depends on the geometry.</summary>
    private static IEnumerable<Network> Simpler<TLayer>(TLayer layer, TLayer plain) where TLayer : FilterLayer =>
        layer == plain ? [new Dense()] : [plain, layer with { BiasStd = 0 }];

    private static IEnumerable<Network> Branches(ValueList<Network> branches, Func<IReadOnlyList<Network>, Network> join) =>
        [.. branches, .. branches.Count > 2 ? WithoutOne(branches, join) : [], .. WithinOne(branches, join)];

    private static IEnumerable<Network> WithoutOne(ValueList<Network> parts, Func<IReadOnlyList<Network>, Network> join) =>
        Enumerable.Range(0, parts.Count).Select(left => join([.. parts.Where((_, i) => i != left)]));

    private static IEnumerable<Network> WithinOne(ValueList<Network> parts, Func<IReadOnlyList<Network>, Network> join) =>
        Enumerable.Range(0, parts.Count).SelectMany(changed =>
            Shrink(parts[changed]).Select(smaller => join([.. parts.Select((part, i) => i == changed ? smaller : part)])));
}
