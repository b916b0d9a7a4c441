using static InfiniteNtk.Layers;

namespace InfiniteNtk.Cli.Commands;

/// <summary>
/// What <c>compare</c> compares when it is not told: each teaches something beside the others. Depth (one, three and ten ReLU
/// layers at critical variance) and smoothness (erf, GELU); of features residual connections with layer normalisation; where samples
/// have positions, what convolution adds: read position by position, with residual connections, with a little pooling, and pooled over
/// all positions. The last takes the square of their number for each pair, so it is compared unasked only where that is cheap.
/// </summary>
internal static class DefaultNetworks
{
    private const double BiasStd = 0.1;

    /// <summary>
    /// Covariance entries, over all layers and pairs of points, that a network may need to be compared unasked: some ten seconds
    /// on two processors.
    /// </summary>
    private const double MostEntries = 2e10;

    private static readonly Network[] _deepAndSmooth =
    [
        Dense(Sqrt2, BiasStd) >> Relu >> Dense(),
        Repeat(3, Dense(Sqrt2, BiasStd) >> Relu) >> Dense(),
        Repeat(10, Dense(Sqrt2, BiasStd) >> Relu) >> Dense(),
        Repeat(2, Dense(Sqrt2, BiasStd) >> Erf()) >> Dense(),
    ];

    /// <summary>The networks for <paramref name="count"/> samples of a shape; dense ones flatten positions first.</summary>
    public static IEnumerable<Network> For(SampleShape shape, nint count) => shape.Positions.Count == 0
        ?
        [
            .. _deepAndSmooth,
            Repeat(2, Dense(Sqrt2, BiasStd) >> Gelu) >> Dense(),
            Dense() >> Repeat(3, Identity + (LayerNorm() >> Relu >> Dense(Sqrt2))) >> Dense(),
        ]
        : [.. _deepAndSmooth.Select(network => Flatten >> network), .. Convolutional(shape).Where(network => Entries(network.Program(shape), count) <= MostEntries)];

    private static IEnumerable<Network> Convolutional(SampleShape shape)
    {
        ValueList<int> filter = shape.Positions.Select(_ => 3).ToValueList(), window = shape.Positions.Select(_ => 2).ToValueList();
        Network conv = Conv(filter, weightStd: Sqrt2, biasStd: BiasStd), layer = conv >> Relu;
        yield return Repeat(3, layer) >> Flatten >> Dense();
        yield return conv >> Repeat(2, Identity + (Relu >> conv)) >> Relu >> Flatten >> Dense();
        if (shape.Positions.All(extent => extent >= 2)) yield return Repeat(2, layer) >> AveragePool(window) >> layer >> Flatten >> Dense();
        yield return Repeat(2, layer) >> GlobalAveragePool >> Dense();
    }

    /// <summary>Entries of the covariances between positions that a symmetric kernel takes.</summary>
    private static double Entries(KernelProgram program, nint count) => ComparisonWork.Area(program) * count * (count + 1) / 2;
}
