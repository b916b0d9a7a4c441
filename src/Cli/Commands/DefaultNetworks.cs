using InfiniteNtk.Compositional;
using InfiniteNtk.Kernels;
using InfiniteNtk.Kernels.Inputs;
using static InfiniteNtk.Compositional.Layers;

namespace InfiniteNtk.Cli.Commands;

/// <summary>
/// What <c>compare</c> compares when it is not told: each teaches something beside the others. Depth (one, three and ten ReLU
/// layers at critical variance), smoothness (erf, GELU, a sine), and a residual network with layer normalisation. Where samples have
/// positions, what convolution adds, without pooling and with a little; pooling over all positions takes the square of their number for
/// each pair, so it is not done unasked.
/// </summary>
internal static class DefaultNetworks
{
    private const double BiasStd = 0.1;

    /// <summary>The networks for samples of a shape; dense ones flatten positions first.</summary>
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
        return shape.Positions.Count == 0 ? networks : networks.Select(network => Flatten >> network).Concat(Convolutional(shape));
    }

    private static IEnumerable<Network> Convolutional(SampleShape shape)
    {
        ValueList<int> filter = shape.Positions.Select(_ => 3).ToValueList(), window = shape.Positions.Select(_ => 2).ToValueList();
        Network layer = Conv(filter, weightStd: Sqrt2, biasStd: BiasStd) >> Relu;
        yield return Repeat(3, layer) >> Flatten >> Dense();
        if (shape.Positions.All(extent => extent >= 2)) yield return Repeat(2, layer) >> AveragePool(window) >> layer >> Flatten >> Dense();
    }
}
