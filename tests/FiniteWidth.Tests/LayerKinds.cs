using InfiniteNtk.Compositional;
using InfiniteNtk.FiniteWidth.Sampling;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Matrices;
using static InfiniteNtk.Compositional.Layers;
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
        ["concat positions"] = Concat(0, Dense(1.2, 0.3, width: 4), Dense(1, 0.4, width: 4)) >> Smooth >> Flatten >> Dense(width: 3),
        ["repeat"] = Repeat(3, Dense(1.2, 0.3, width: 3) >> Smooth),
        ["identity"] = Identity,
    };

    public static IEnumerable<object[]> Names => _all.Keys.Select(name => new object[] { name });

    /// <summary>A smooth activation without symmetry, so that finite differences converge and no term hides.</summary>
    private static Network Smooth => Apply(new Elementwise("tanh(x) + 0.3*cos(2*x)"));

    public static FiniteNetwork Sample(string name, ulong seed = 3, int? threads = null) =>
        FiniteNetwork.Sample(_all[name], Shape(name), seed, new() { Threads = threads });

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

    private static SampleShape Shape(string name) =>
        name is "positions" or "flatten" or "concat positions" ? new SampleShape([2, 3], 2) : SampleShape.Features(4);
}
