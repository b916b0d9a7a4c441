using System.Numerics;
using InfiniteNtk.FiniteWidth.Activations;
using InfiniteNtk.FiniteWidth.Layers;
using InfiniteNtk.FiniteWidth.Products;

namespace InfiniteNtk.FiniteWidth.Sampling;

/// <summary>Networks that are drawn one after another, each into the memory of the one before it, which ends with that.</summary>
internal sealed class SuccessiveNetworks<T>(Network network, SampleShape input, ulong seed, SamplingOptions options)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _threads = options.Threads ?? Environment.ProcessorCount;
    private readonly ManagedProduct<T> _product = new(options.Threads ?? Environment.ProcessorCount);
    private readonly Dictionary<Activation, ElementwiseFunction> _functions = [];
    private ParameterSet<T>? _parameters;

    /// <summary>The network of a draw.</summary>
    public FiniteNetwork<T> Next(uint draw)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(input);
        var sampler = NetworkSampler.Of<T>(input, seed, options with { Draw = draw }, _functions);
        FiniteLayer layer = network.Accept(sampler);
        _parameters ??= new ParameterSet<T>([.. sampler.Draws.Select(one => one.Room<T>())]);
        for (int i = 0; i < sampler.Draws.Count; i++) sampler.Draws[i].Fill(_parameters.Layers[i], options.Weights, _threads, options.Cancellation);
        return new FiniteNetwork<T>(network, layer, _parameters, _product);
    }
}
