using static InfiniteNtk.Layers;
using Elementwise = InfiniteNtk.Kernels.Duals.Elementwise;

namespace InfiniteNtk.FiniteWidth.Tests;

/// <summary>One small network around each kind of layer, and samples for it.</summary>
internal static class LayerKinds
{
    private static readonly Dictionary<string, Network> _all = new()
    {
        ["dense"] = Dense(1.2, 0.3, width: 3),
        ["dense without bias"] = Dense(1.2, width: 3) >> Dense(0.7, width: 2),
        ["standard"] = Dense(1.2, 0.3, Standard, 5) >> Smooth >> Dense(1.1, 0.4, Standard, 3),
        ["activation"] = Dense(1.2, 0.3, width: 5) >> Smooth >> Dense(1, 0.2, width: 4) >> Smooth >> Dense(width: 3),
        ["relu"] = Dense(1.2, 0.3, width: 5) >> Relu >> Dense(1, 0.2, width: 3),
        ["layer norm"] = Dense(1.2, 0.3, width: 5) >> LayerNorm() >> Smooth >> Dense(width: 3),
        ["dropout"] = Dense(1.2, 0.3, width: 6) >> Smooth >> Dropout(0.6) >> Dense(1, 0.1, width: 3),
        ["positions"] = Dense(1.2, 0.3, width: 4) >> Smooth >> Dense(0.8, 0.5, width: 3),
        ["flatten"] = Dense(1.2, 0.3, width: 4) >> Smooth >> Flatten >> Dense(0.8, 0.5, width: 3),
        ["sum"] = Dense(1.2, 0.3, width: 4) >> Identity + (Smooth >> Dense(1, 0.4, width: 4)) >> Smooth >> Dense(width: 3),
        ["product"] = Dense(1.2, 0.3, width: 4) >> Product(Smooth, Dense(1, 0.5, width: 4), Dense(0.7, 0.1, width: 4)) >> Dense(width: 3),
        ["concat"] = Dense(1.2, 0.3, width: 4) >> Concat(Smooth, Smooth >> Dense(1, 0.4, width: 2)) >> Dense(width: 3),
        ["concat of three widths"] = Dense(1.2, 0.3, width: 4) >> Concat(Smooth >> Dense(1, 0.4, width: 2), Smooth, Dense(width: 3)) >> Smooth >> Dense(width: 3),
        ["concat positions"] = Concat(0, Dense(1.2, 0.3, width: 4), Dense(1, 0.4, width: 4)) >> Smooth >> Flatten >> Dense(width: 3),
        ["repeat"] = Repeat(3, Dense(1.2, 0.3, width: 3) >> Smooth),
        ["identity"] = Identity,
    };

    /// <summary>On five positions with two channels.</summary>
    private static readonly Dictionary<string, Network> _onAnAxis = new()
    {
        ["conv"] = Conv(3, weightStd: 1.2, biasStd: 0.3, width: 3),
        ["conv valid"] = Conv(2, padding: Valid, weightStd: 1.2, biasStd: 0.3, width: 3) >> Smooth >> Conv(3, padding: Valid, width: 2),
        ["conv circular"] = Conv(4, padding: Circular, biasStd: 0.3, width: 3) >> Smooth >> Conv(7, padding: Circular, width: 2),
        ["conv strides"] = Conv(2, [2], biasStd: 0.3, width: 3) >> Smooth >> Conv(3, [3], width: 2),
        ["conv strides on a ring"] = Conv(2, [2], Circular, biasStd: 0.3, width: 3),
        ["conv standard"] = Conv(3, weightStd: 1.2, biasStd: 0.3, parameterization: Standard, width: 3) >> Smooth >> Flatten >> Dense(width: 2),
        ["conv wide"] = Conv(2, biasStd: 0.3, width: 9) >> Smooth >> Conv(3, width: 8) >> Smooth >> Flatten >> Dense(width: 2),
        ["conv transposed"] = ConvTranspose(3, [2], weightStd: 1.2, biasStd: 0.3, width: 3) >> Smooth >> ConvTranspose(2, padding: Valid, width: 2),
        ["conv transposed on a ring"] = ConvTranspose(3, [2], Circular, biasStd: 0.3, width: 3),
        ["conv local"] = ConvLocal(3, weightStd: 1.2, biasStd: 0.3, width: 3) >> Smooth >> ConvLocal(2, [2], Valid, width: 2),
        ["conv local standard"] = ConvLocal(3, biasStd: 0.3, parameterization: Standard, width: 3),
        ["average pool"] = Conv(3, width: 3) >> AveragePool(2, [1]) >> Smooth >> AveragePool(3, [2], Same, normalizeEdges: true) >> Dense(width: 2),
        ["sum pool"] = Conv(3, width: 3) >> SumPool(2, [1], Circular) >> Smooth >> SumPool(2) >> Dense(width: 2),
        ["global average pool"] = Conv(3, width: 3) >> Smooth >> GlobalAveragePool >> Dense(width: 2),
        ["global sum pool"] = Conv(3, width: 3) >> Smooth >> GlobalSumPool >> Dense(width: 2),
        ["image resize"] = Conv(3, width: 3) >> ImageResize([3]) >> Smooth >> ImageResize([7], antialias: false) >> Dense(width: 2),
        ["index"] = Conv(3, width: 3) >> Index("::-2") >> Smooth >> Index("1") >> Dense(width: 2),
        ["concat of convolutions"] = Concat(0, Conv(3, biasStd: 0.3, width: 3), Conv(2, [2], width: 3), Conv(2, [3], width: 3)) >> Smooth >> Conv(2, width: 2),
        ["residual convolution"] = Conv(3, width: 3) >> Identity + (Smooth >> Conv(3, biasStd: 0.2, width: 3)) >> Smooth >> Flatten >> Dense(width: 2),
        ["layer norm over positions"] = Conv(3, biasStd: 0.3, width: 3) >> LayerNorm(0, -1) >> Smooth >> Conv(2, width: 2),
    };

    /// <summary>On 2 × 3 positions with two channels.</summary>
    private static readonly Dictionary<string, Network> _onTwoAxes = new()
    {
        ["image conv"] = Conv(3, 2, biasStd: 0.3, width: 3) >> Smooth >> Conv(2, 2, [1, 2], Circular, width: 2),
        ["image pool"] = Conv(2, 2, width: 3) >> Smooth >> AveragePool(2, 2, [1, 1]) >> Conv(1, 2, width: 2) >> Smooth >> GlobalAveragePool,
        ["image layer norm along rows"] = Conv(2, 2, width: 3) >> LayerNorm(1, -1) >> Smooth >> Flatten >> Dense(width: 2),
        ["image layer norm along columns"] = Conv(2, 2, width: 3) >> LayerNorm(0, -1) >> Smooth >> Flatten >> Dense(width: 2),
        ["image local"] = ConvLocal(2, 2, biasStd: 0.3, width: 2) >> Smooth >> ConvTranspose(2, 1, [2, 1], width: 2),
    };

    /// <summary>Those without filters and maps of positions.</summary>
    public static IEnumerable<object[]> WithoutFilters => _all.Keys.Select(name => new object[] { name });

    public static IEnumerable<object[]> Names => _all.Keys.Concat(_onAnAxis.Keys).Concat(_onTwoAxes.Keys).Select(name => new object[] { name });

    /// <summary>The networks.</summary>
    public static IEnumerable<Network> Networks => _all.Values.Concat(_onAnAxis.Values).Concat(_onTwoAxes.Values);

    /// <summary>A smooth activation without symmetry, so that finite differences converge and no term hides.</summary>
    private static Network Smooth => Apply(new Elementwise("tanh(x) + 0.3*cos(2*x)"));

    public static FiniteNetwork<double> Sample(string name, ulong seed = 3, int? threads = null) =>
        FiniteNetwork.Sample(Named(name), Shape(name), seed, new() { Threads = threads });

    public static Samples Inputs(string name, int count, int seed)
    {
        var random = new Random(seed);
        SampleShape shape = Shape(name);
        var rows = new KernelMatrix<double>(count, shape.Size);
        for (int i = 0; i < count; i++)
        {
            foreach (ref double value in rows.View.Row(i)) value = 2 * random.NextDouble() - 1;
        }

        return new Samples(rows, shape);
    }

    /// <summary>Some consecutive samples.</summary>
    public static Samples Part(Samples all, int first, int count)
    {
        var rows = new KernelMatrix<double>(count, all.Shape.Size);
        for (int i = 0; i < count; i++) all.Rows.View.Row(first + i).CopyTo(rows.View.Row(i));
        return new Samples(rows, all.Shape);
    }

    private static Network Named(string name) =>
        _onAnAxis.TryGetValue(name, out Network? axis) ? axis : _onTwoAxes.TryGetValue(name, out Network? image) ? image : _all[name];

    private static SampleShape Shape(string name) =>
        _onAnAxis.ContainsKey(name) ? new SampleShape([5], 2)
        : _onTwoAxes.ContainsKey(name) || name is "positions" or "flatten" or "concat positions" ? new SampleShape([2, 3], 2)
        : SampleShape.Features(4);
}
