using InfiniteNtk.Compositional;
using InfiniteNtk.Kernels.Inputs;
using static InfiniteNtk.Compositional.Layers;

namespace InfiniteNtk.Cli.Commands;

/// <summary>
/// What <c>compare</c> compares when it is not told: each teaches something beside the others. Depth (one, three and ten ReLU
/// layers at critical variance), smoothness (erf, GELU, a sine), and a residual network with layer normalisation.
/// </summary>
internal static class DefaultNetworks
{
    private const double BiasStd = 0.1;

    /// <summary>The networks for samples of a shape; positions are flattened first.</summary>
    public static IEnumerable<Network> For(SampleShape shape)
    {
        Network[] networks =
        [
            Dense(Sqrt2, BiasStd) >> Relu >> Dense(),
            Repeat(3, Dense(Sqrt2, BiasStd) >> Relu) >> Dense(),
            Repeat(10, Dense(Sqrt2, BiasStd) >> Relu) >> Dense(),
            Repeat(2, Dense(Sqrt2, BiasStd) >> Erf()) >> Dense(),
            Repeat(2, Dense(Sqrt2, BiasStd) >> Gelu) >> Dense(),
            Dense() >> Repeat(3, Identity + (LayerNorm() >> Relu >> Dense(Sqrt2))) >> Dense(),
        ];
        return shape.Positions.Count == 0 ? networks : networks.Select(network => Flatten >> network);
    }
}
