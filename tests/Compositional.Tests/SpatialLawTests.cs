using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Compositional.Text;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Compositional.Tests;

/// <summary>What convolutions and pooling are, said by other layers: each law holds for every input and needs no reference value.</summary>
public sealed class SpatialLawTests
{
    private const double Rounding = 1e-11;

    private static readonly IKernelExecutor[] _executors = [new ReferenceExecutor(), new CpuExecutor()];

    /// <summary>What may stand in front of the layer that a law is about.</summary>
    private static readonly string[] _fronts =
    [
        "Identity", "Conv(3, 3, weightStd: 1.3, biasStd: 0.2, width: 6) >> Relu", "Conv(2, 3, padding: Circular, width: 6) >> Erf",
        "Conv(2, 2, weightStd: 1.3, width: 6) >> Relu >> AveragePool(2, 3, strides: [1, 1], padding: Same)", "ConvLocal(2, 2, biasStd: 0.3, width: 6) >> Gelu",
    ];

    private static readonly string[] _dense = ["1.4", "0.9, 0.3", "1.1, 0.2, Standard", "1.2, trainable: false", "1.2, 0.1, learningRate: 0.3"];

    public static TheoryData<string, string> FrontsAndWeights
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (string front in _fronts)
            {
                foreach (string weights in _dense) pairs.Add(front, weights);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(FrontsAndWeights))]
    public void A_valid_filter_as_large_as_the_image_is_flatten_then_dense(string front, string weights) => Same(
        $"{front} >> Conv(4, 5, padding: Valid, {Named(weights)}) >> Flatten >> {Tail}", $"{front} >> Flatten >> Dense({weights}) >> {Tail}", [4, 5]);

    [Theory]
    [MemberData(nameof(FrontsAndWeights))]
    public void A_filter_of_one_tap_is_dense_at_each_position(string front, string weights) => Same(
        $"{front} >> Conv(1, 1, {Named(weights)}) >> Relu >> GlobalAveragePool", $"{front} >> Dense({weights}) >> Relu >> GlobalAveragePool", [4, 3]);

    [Theory]
    [MemberData(nameof(FrontsAndWeights))]
    public void A_strided_filter_of_one_tap_is_a_slice_then_dense(string front, string weights) => Same(
        $"{front} >> Conv(1, 1, strides: [2, 3], {Named(weights)}) >> Relu >> GlobalAveragePool",
        $"{front} >> Index(\"::2\", \"::3\") >> Dense({weights}) >> Relu >> GlobalAveragePool", [5, 4]);

    [Theory]
    [MemberData(nameof(FrontsAndWeights))]
    public void Locally_connected_is_convolution_until_weights_are_shared_again(string front, string weights)
    {
        if (front.StartsWith("ConvLocal", StringComparison.Ordinal)) return;
        Same(
            $"{front} >> ConvLocal(3, 2, strides: [1, 2], {Named(weights)}) >> Relu >> Flatten >> Dense",
            $"{front} >> Conv(3, 2, strides: [1, 2], {Named(weights)}) >> Relu >> Flatten >> Dense", [4, 5]);
    }

    [Fact]
    public void Pooled_locally_connected_positions_are_independent() => Same(
        "ConvLocal(3, 3, biasStd: 0.4) >> GlobalSumPool >> Dense(1)", "ConvLocal(3, 3, biasStd: 0.4) >> Flatten >> Dense(sqrt(12))", [3, 4]);

    [Theory]
    [InlineData("Conv(3, 2, padding: Circular, weightStd: 1.3, biasStd: 0.2) >> Relu >> Conv(1, 4, padding: Circular) >> Erf >> GlobalAveragePool >> Dense", "Dense(1.3, 0.2) >> Relu >> Dense >> Erf >> Dense")]
    [InlineData("Conv(1, 1) >> LayerNorm(0, 1, -1) >> Relu >> Flatten >> Dense", "Dense >> LayerNorm >> Relu >> Dense")]
    [InlineData("ConvTranspose(3, 2, padding: Circular) >> ConvLocal(5, 5, padding: Circular) >> Relu >> SumPool(1, 1) >> GlobalSumPool >> Dense", "Dense >> Dense >> Relu >> Dense")]
    [InlineData("Conv(3, 3, weightStd: 3) >> Relu >> Flatten >> Dense", "Dense >> Relu >> Dense")] // one of nine taps is inside
    public void On_one_pixel_convolutions_are_dense(string spatial, string dense) => Same(spatial, $"Flatten >> {dense}", [1, 1]);

    [Theory]
    [InlineData("AveragePool(4, 5) >> Flatten", "GlobalAveragePool")]
    [InlineData("SumPool(4, 5) >> Flatten", "GlobalSumPool")]
    [InlineData("SumPool(2, 3, strides: [1, 2], padding: Same) >> Flatten", "AveragePool(2, 3, strides: [1, 2], padding: Same) >> Flatten >> Dense(6, trainable: false)")]
    [InlineData("AveragePool(2, 2, normalizeEdges: true) >> Flatten", "AveragePool(2, 2) >> Flatten")]
    [InlineData("AveragePool(3, 3, padding: Circular, normalizeEdges: true) >> Flatten", "AveragePool(3, 3, padding: Circular) >> Flatten")]
    [InlineData("AveragePool(2, 1, strides: [2, 1]) >> GlobalAveragePool", "GlobalAveragePool")]
    [InlineData("ImageResize([4, null]) >> Flatten", "Flatten")]
    [InlineData("ImageResize([2, null], method: Nearest) >> Flatten", "Index(\"1::2\") >> Flatten")]
    [InlineData("ImageResize([2, null], antialias: false) >> Flatten", "AveragePool(2, 1) >> Flatten")]
    [InlineData("Index(\"::-1\", \"::-1\") >> Flatten", "Flatten")]
    [InlineData("Index(\"-1\") >> Flatten", "Index(\"3:4\") >> Flatten")]
    [InlineData("Index(\"1\", \"-4\")", "Index(\"1:2\", \"1:2\") >> Flatten")]
    [InlineData("Concat(axis: 0, Identity, Conv(2, 2)) >> Index(\":4\") >> Flatten", "Flatten")]
    [InlineData("Concat(axis: 1, Identity, Conv(2, 2)) >> Index(\":\", \"5:\") >> Flatten", "Conv(2, 2) >> Flatten")]
    [InlineData("Concat(axis: 0, Conv(2, 2), Conv(2, 2)) >> GlobalAveragePool", "Conv(2, 2) >> GlobalAveragePool >> Dense(sqrt(0.5), trainable: false)")]
    public void One_layer_says_another(string one, string other)
    {
        const string Front = "Conv(3, 3, weightStd: 1.3, biasStd: 0.2) >> Relu >> Dense(1.1)";
        Same($"{Front} >> {one} >> Dense", $"{Front} >> {other} >> Dense", [4, 5]);
    }

    [Fact]
    public void Circular_networks_of_stride_1_do_not_see_a_common_shift() => ForAllCircular(211, (executor, network, x, y, shift) => Same(
        Run(executor, network >> Layers.Flatten >> Layers.Dense(), x, y), Run(executor, network >> Layers.Flatten >> Layers.Dense(), shift(x), shift(y))));

    [Fact]
    public void Pooled_circular_networks_of_stride_1_do_not_see_any_shift() => ForAllCircular(223, (executor, network, x, y, shift) => Same(
        Run(executor, network >> Layers.GlobalAveragePool >> Layers.Dense(), x, y), Run(executor, network >> Layers.GlobalAveragePool >> Layers.Dense(), x, shift(y))));

    [Fact]
    public void The_pooled_kernel_is_the_mean_of_the_flattened_one_over_shifts() => ForAllCircular(227, (executor, network, x, y, _) =>
    {
        (int height, int width) = (x.Shape.Positions[0], x.Shape.Positions[1]);
        KernelPair<double>[] shifted =
        [
            .. from down in Enumerable.Range(0, height)
               from right in Enumerable.Range(0, width)
               select Run(executor, network >> Layers.Flatten >> Layers.Dense(1.2, 0.3), x, Shifted(y, down, right)),
        ];
        KernelPair<double> pooled = Run(executor, network >> Layers.GlobalAveragePool >> Layers.Dense(1.2, 0.3), x, y);
        for (nint i = 0; i < pooled.Nngp.Rows; i++)
        {
            for (nint j = 0; j < pooled.Nngp.Columns; j++)
            {
                Assert.Equal(shifted.Average(kernel => kernel.Nngp[i, j]), pooled.Nngp[i, j], 1e-11 * Math.Abs(pooled.Nngp[i, j]) + 1e-12);
                Assert.Equal(shifted.Average(kernel => kernel.Ntk[i, j]), pooled.Ntk[i, j], 1e-11 * Math.Abs(pooled.Ntk[i, j]) + 1e-12);
            }
        }
    });

    /// <summary>Where one reader of a signal takes its axis as a ring and another as open.</summary>
    [Theory]
    [InlineData("Dense >> Concat(Relu >> Conv(4, 1), Conv(3, 1, padding: Circular)) >> GlobalAveragePool")]
    [InlineData("Dense >> Concat(LayerNorm(0, -1) >> Conv(4, 1), Conv(3, 1, padding: Circular)) >> GlobalAveragePool")]
    [InlineData("Conv(2, 1, padding: Circular) >> Identity + (Relu >> Conv(4, 1)) >> Erf >> AveragePool(2, 1) >> GlobalAveragePool")]
    public void Rings_and_open_axes_may_meet(string text)
    {
        var shape = new SampleShape([5, 2], 2);
        Network network = NetworkText.Parse(text);
        Same(Run(_executors[0], network, Sines(shape, 3, 0), Sines(shape, 2, 5)), Run(_executors[1], network, Sines(shape, 3, 0), Sines(shape, 2, 5)));
    }

    private const string Tail = "Relu >> Dense";

    /// <summary>Positional weights of Dense as named ones, for filters have other parameters in front.</summary>
    private static string Named(string weights)
    {
        string[] names = ["weightStd", "biasStd", "parameterization"];
        return string.Join(", ", weights.Split(", ").Select((value, i) => value.Contains(':', StringComparison.Ordinal) ? value : $"{names[i]}: {value}"));
    }

    private static void Same(string one, string other, int[] positions)
    {
        var shape = new SampleShape([.. positions], 3);
        Samples x = Sines(shape, 2, 0), y = Sines(shape, 2, 5);
        Network left = NetworkText.Parse(one), right = NetworkText.Parse(other);
        foreach (IKernelExecutor executor in _executors)
        {
            Same(Run(executor, left, x, y), Run(executor, right, x, y));
            Same(Run(executor, left, x, null), Run(executor, right, x, null));
        }
    }

    private static void Same(KernelPair<double> one, KernelPair<double> other)
    {
        foreach ((KernelMatrix<double> first, KernelMatrix<double> second) in new[] { (one.Nngp, other.Nngp), (one.Ntk, other.Ntk) })
        {
            double scale = 0;
            for (nint i = 0; i < first.Rows; i++)
            {
                for (nint j = 0; j < first.Columns; j++) scale = Math.Max(scale, Math.Abs(first[i, j]));
            }

            for (nint i = 0; i < first.Rows; i++)
            {
                for (nint j = 0; j < first.Columns; j++) Assert.Equal(first[i, j], second[i, j], Rounding * scale);
            }
        }
    }

    private static KernelPair<double> Run(IKernelExecutor executor, Network network, Samples x, Samples? y) =>
        executor.Run<double>(new KernelRequest(network.Program(x.Shape), x, y));

    private static void ForAllCircular(ulong seed, Action<IKernelExecutor, Network, Samples, Samples, Func<Samples, Samples>> law) => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue - 1)), choices =>
        {
            var random = new Random(choices);
            var shape = new SampleShape([random.Next(1, 5), random.Next(1, 5)], random.Next(1, 4));
            (int down, int right) = (random.Next(4), random.Next(4));
            (Network network, Samples x, Samples y) = (Circular(random), Sines(shape, 2, random.Next(100)), Sines(shape, 2, random.Next(100)));
            foreach (IKernelExecutor executor in _executors) law(executor, network, x, y, samples => Shifted(samples, down, right));
        }).Check(RandomCases.Of(30, seed));

    /// <summary>Convolutions, activations, pooling, normalisation and skips that commute with shifts of a ring.</summary>
    private static Network Circular(Random random)
    {
        Network network = Filter(random);
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            network = random.Next(4) switch
            {
                0 => network >> (Layers.Identity + (Layers.Relu >> Filter(random))),
                1 => network >> Layers.LayerNorm(0, 1, -1) >> Layers.Erf() >> Filter(random),
                2 => network >> Layers.Relu >> Layers.AveragePool(random.Next(1, 4), random.Next(1, 3), [1, 1], Layers.Circular) >> Filter(random),
                _ => network >> Layers.Product(Layers.Relu, Filter(random)) >> Filter(random),
            };
        }

        return random.Next(2) == 0 ? network : network >> Layers.Gelu;
    }

    private static Network Filter(Random random)
    {
        (int height, int width, double weight) = (random.Next(1, 6), random.Next(1, 4), 0.8 + random.NextDouble());
        double bias = random.Next(2) * 0.3;
        return random.Next(4) == 0
            ? Layers.ConvTranspose(height, width, [1, 1], Layers.Circular, weight, bias)
            : Layers.Conv(height, width, [1, 1], Layers.Circular, weight, bias);
    }

    private static Samples Sines(SampleShape shape, int count, int phase)
    {
        double[,] rows = new double[count, shape.Size];
        for (int i = 0; i < count; i++)
        {
            for (int f = 0; f < shape.Size; f++) rows[i, f] = Math.Sin(1.1 * (i + phase + 1) + 0.7 * f + 0.05 * f * f);
        }

        return new Samples(KernelMatrix<double>.From(rows), shape);
    }

    private static Samples Shifted(Samples samples, int down, int right)
    {
        (int height, int width, int channels) = (samples.Shape.Positions[0], samples.Shape.Positions[1], samples.Shape.Channels);
        double[,] rows = new double[(int)samples.Count, samples.Shape.Size];
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            for (int f = 0; f < rows.GetLength(1); f++)
            {
                int row = (f / channels / width + down) % height, column = (f / channels % width + right) % width;
                rows[i, f] = samples.Rows[i, (row * width + column) * channels + f % channels];
            }
        }

        return new Samples(KernelMatrix<double>.From(rows), samples.Shape);
    }
}
