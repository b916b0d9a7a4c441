using System.Runtime.CompilerServices;
using InfiniteNtk.Compositional.Geometry;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.FiniteWidth.Activations;
using InfiniteNtk.FiniteWidth.Layers;
using InfiniteNtk.FiniteWidth.Randomness;

namespace InfiniteNtk.FiniteWidth.Sampling;

/// <summary>The third reading of a network: the finite network itself, with weights drawn from a seed.</summary>
/// <remarks>
/// A path names a layer by the index of each part from the outside in, as they stand in the JSON form; copies of a repetition count
/// as parts. It also names the layer's random numbers, so that a layer's weights do not depend on what stands elsewhere.
/// </remarks>
internal sealed class NetworkSampler : INetworkReader<FiniteLayer>
{
    private readonly List<LayerDraw> _draws = [];
    private readonly Dictionary<Activation, ElementwiseFunction> _functions;
    private readonly ulong _seed;
    private readonly uint _draw;
    private readonly long _budget;
    private readonly int _numberSize;
    private SampleShape _shape;
    private string _path = "";
    private long _bytes;

    private NetworkSampler(SampleShape input, ulong seed, uint draw, long budget, int numberSize, Dictionary<Activation, ElementwiseFunction> functions) =>
        (_shape, _seed, _draw, _budget, _numberSize, _functions) = (input, seed, draw, budget, numberSize, functions);

    /// <summary>A sampler whose parameters, of type <typeparamref name="T"/>, must fit the options' memory.</summary>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="options">Law, repetition, budget.</param>
    /// <param name="functions">Activations that were met before, made ready to run; new ones are added.</param>
    public static NetworkSampler Of<T>(
        SampleShape input, ulong seed, SamplingOptions options, Dictionary<Activation, ElementwiseFunction>? functions = null)
        where T : unmanaged => new(input, seed, options.Draw, options.MemoryBudget ?? MemoryBudget.Available, Unsafe.SizeOf<T>(), functions ?? []);

    /// <summary>What is to be drawn, layer by layer: known, but not drawn yet, so that a device can do it too.</summary>
    public IReadOnlyList<LayerDraw> Draws => _draws;

    public FiniteLayer Read(Dense layer)
    {
        (int index, LinearMap map) = Weighted(layer, _shape.Channels);
        return new FiniteDense(index, _shape, map);
    }

    public FiniteLayer Read(Conv layer) => Shared(layer);

    public FiniteLayer Read(ConvTranspose layer) => Shared(layer);

    public FiniteLayer Read(ConvLocal layer)
    {
        var patches = new Patches(_shape, LayerGeometry.Windows(layer, _shape.Positions, Place));
        (int index, LinearMap map) = Weighted(layer, patches.Shape.Channels, patches.Shape.PositionCount);
        return new FiniteConvLocal(index, patches, map);
    }

    public FiniteLayer Read(AveragePool layer) => new FiniteMix(_shape, LayerGeometry.Maps(layer, _shape.Positions, Place));

    public FiniteLayer Read(SumPool layer) => new FiniteMix(_shape, LayerGeometry.Maps(layer, _shape.Positions, Place));

    public FiniteLayer Read(GlobalAveragePool layer) => new FiniteMix(_shape, LayerGeometry.GlobalMaps(average: true, _shape.Positions, Place));

    public FiniteLayer Read(GlobalSumPool layer) => new FiniteMix(_shape, LayerGeometry.GlobalMaps(average: false, _shape.Positions, Place));

    public FiniteLayer Read(ImageResize layer) => new FiniteMix(_shape, LayerGeometry.Maps(layer, _shape.Positions, Place));

    public FiniteLayer Read(Compositional.Networks.Index layer) => new FiniteMix(_shape, LayerGeometry.Maps(layer, _shape.Positions, Place));

    public FiniteLayer Read(ActivationLayer layer)
    {
        if (!_functions.TryGetValue(layer.Activation, out ElementwiseFunction? function))
        {
            _functions[layer.Activation] = function = new ElementwiseFunction(layer.Activation);
        }

        return new FiniteElementwise(_shape, function);
    }

    public FiniteLayer Read(LayerNorm layer) => new FiniteLayerNorm(_shape, LayerGeometry.MeanAxes(layer, _shape.Positions, Place));

    public FiniteLayer Read(Dropout layer) =>
        new FiniteDropout(_shape, layer.KeepProbability, new RandomStream(_seed, _draw, $"{_path} mask {_shape.Size}"));

    public FiniteLayer Read(Flatten layer) => new FiniteReshape(_shape, SampleShape.Features(_shape.Size));

    public FiniteLayer Read(Sum layer) => new FiniteSum(EqualShapes(Branches(layer.Branches), "sum"));

    public FiniteLayer Read(Product layer) => new FiniteProduct(EqualShapes(Branches(layer.Branches), "product"));

    public FiniteLayer Read(Concat layer)
    {
        FiniteLayer[] branches = Branches(layer.Branches);
        SampleShape[] shapes = [.. branches.Select(branch => branch.Output)];
        int axis = layer.Axis == -1 ? shapes[0].Positions.Count : layer.Axis;
        int[][] extents = [.. shapes.Select(shape => (int[])[.. shape.Positions, shape.Channels])];
        bool alike = axis < extents[0].Length && extents.All(
            own => own.Length == extents[0].Length && own.Where((extent, i) => i != axis && extent != extents[0][i]).Any() == false);
        if (!alike) throw Mismatch("concatenation", shapes);
        int[] joined = [.. extents[0]];
        joined[axis] = extents.Sum(own => own[axis]);
        int[] blocks = [.. extents.Select(own => own[axis..].Aggregate(1, (product, extent) => product * extent))];
        return new FiniteConcat(branches, new SampleShape(joined[..^1].ToValueList(), joined[^1]), blocks);
    }

    public FiniteLayer Read(Identity network) => new FiniteSerial(_shape, []);

    public FiniteLayer Read(Serial network) => Chain(network.Parts);

    public FiniteLayer Read(Repeat network) => Chain(Enumerable.Repeat(network.Body, network.Count).ToValueList());

    private string Place => _path.Length == 0 ? "the top" : _path;

    /// <summary>A filter whose weights serve all positions.</summary>
    private FiniteConv Shared(FilterLayer layer)
    {
        var patches = new Patches(_shape, LayerGeometry.Windows(layer, _shape.Positions, Place));
        (int index, LinearMap map) = Weighted(layer, patches.Shape.Channels);
        return new FiniteConv(index, patches, map);
    }

    /// <summary>Draws a layer's parameters: <paramref name="copies"/> maps from <paramref name="fanIn"/> numbers to its width.</summary>
    private (int Index, LinearMap Map) Weighted(ParametricLayer layer, int fanIn, int copies = 1)
    {
        int width = layer.Width ?? throw new InvalidArgumentException(
            "Cannot sample this network", $"the {layer.GetType().Name} layer at {Place} has no width", "a finite network needs every width",
            "Pass Widths, or write width into the layer");
        bool standard = layer.Parameterization == Parameterization.Standard;
        double weightScale = layer.WeightStd / Math.Sqrt(fanIn);
        double? biasStd = layer.BiasStd == 0 ? null : standard ? layer.BiasStd : 1;
        int index = Draw(width, fanIn, copies, standard ? weightScale : 1, biasStd, layer.OwnTermFactor);
        return (index, new LinearMap(fanIn, width, standard ? 1 : weightScale, standard ? 1 : layer.BiasStd));
    }

    private FiniteSerial Chain(ValueList<Network> parts)
    {
        SampleShape first = _shape;
        var layers = new List<FiniteLayer>();
        for (int i = 0; i < parts.Count; i++) layers.Add(Inside(parts[i], i, i == 0 ? first : layers[^1].Output));
        _shape = first;
        return new FiniteSerial(first, layers);
    }

    private FiniteLayer[] Branches(ValueList<Network> branches) =>
        [.. branches.Select((branch, i) => Inside(branch, i, _shape))];

    /// <summary>Reads a part with its own path and input shape, and returns to where we were.</summary>
    private FiniteLayer Inside(Network part, int index, SampleShape shape)
    {
        (string path, SampleShape outside) = (_path, _shape);
        _path = path.Length == 0 ? $"{index}" : $"{path}/{index}";
        _shape = shape;
        FiniteLayer layer = part.Accept(this);
        (_path, _shape) = (path, outside);
        return layer;
    }

    /// <summary>Notes what to draw for a layer, if it fits; returns its entry.</summary>
    private int Draw(int outputs, int inputs, int copies, double weightStd, double? biasStd, double learningRate)
    {
        long rows = (long)outputs * copies, count = rows * inputs;
        _bytes += _numberSize * (count + rows);
        if (_bytes > _budget || count > Array.MaxLength)
        {
            throw new MemoryBudgetException(
                "Cannot sample this network", $"the weights up to {Place} ({rows} × {inputs}) take {_bytes / 1e9:0.###} GB",
                $"{_budget / 1e9:0.###} GB are available and one matrix holds at most {Array.MaxLength} numbers", "Use smaller widths");
        }

        _draws.Add(new LayerDraw(
            Place, (int)rows, inputs, new RandomStream(_seed, _draw, $"{_path} weights {rows}x{inputs}"), weightStd,
            new RandomStream(_seed, _draw, $"{_path} biases {rows}"), biasStd)
        { Copies = copies, LearningRate = learningRate });
        return _draws.Count - 1;
    }

    private FiniteLayer[] EqualShapes(FiniteLayer[] branches, string join) =>
        branches.All(branch => branch.Output == branches[0].Output) ? branches : throw Mismatch(join, branches.Select(branch => branch.Output));

    private ShapeMismatchException Mismatch(string join, IEnumerable<SampleShape> shapes) => new(
        "Cannot sample this network", $"the branches of the {join} at {Place} give {string.Join(" and ", shapes)}", "branches must fit together",
        "Give their last layers equal widths");
}
