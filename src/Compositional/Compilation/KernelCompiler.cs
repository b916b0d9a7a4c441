using InfiniteNtk.Compositional.Geometry;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Compositional.Signals;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Compositional.Compilation;

/// <summary>The reading that turns a lowered network into its kernel program: one step per layer, one rule per method.</summary>
internal sealed class KernelCompiler : ILayerReader<Step>
{
    private const double LayerNormEpsilon = 1e-12;
    private readonly SignalFlow _flow;
    private readonly bool _flattenedInput;
    private readonly int[] _register;
    private FlowNode _node;
    private int _target;

    private KernelCompiler(SignalFlow flow)
    {
        _flow = flow;
        _node = flow.Nodes[0];
        _register = new int[flow.Nodes.Count];

        // A mean over positions of inner products is the inner product of flattened samples: one product instead of S.
        FlowNode[] readers = [.. flow.Nodes.Where(node => node.Sources.Contains(0))];
        _flattenedInput = readers.Length > 0 && readers.All(node => node.Layer is Flatten);
    }

    public static KernelProgram Compile(SignalFlow flow) => CompileWithRegisters(flow).Program;

    /// <summary>The program, and for each node the register that holds it; null for an input that is only read flattened.</summary>
    public static (KernelProgram Program, ValueList<int?> Registers) CompileWithRegisters(SignalFlow flow)
    {
        var compiler = new KernelCompiler(flow);
        var steps = new List<Step> { new InputProduct(0, compiler._flattenedInput) };
        foreach (FlowNode node in flow.Nodes.Skip(1))
        {
            if (compiler._flattenedInput && node.Sources.Contains(0)) continue;
            compiler._node = node;
            compiler._target = steps.Count;
            compiler._register[node.Index] = steps.Count;
            steps.Add(node.Layer!.Accept(compiler));
        }

        IEnumerable<int?> registers = compiler._register.Select((register, node) => compiler._flattenedInput && node == 0 ? null : (int?)register);
        return (new KernelProgram(flow.Input, [.. steps]), registers.ToValueList());
    }

    private int Source => _register[_node.Sources[0]];

    private ValueList<int> Sources => [.. _node.Sources.Select(source => _register[source])];

    private ValueList<int> Arriving => _flow.Nodes[_node.Sources[0]].Output.Positions;

    public Step Read(Dense layer)
    {
        (double ntkScale, double ntkShift) = OwnTerm(layer, taps: 1);
        return new Affine(_target, Source, Square(layer.WeightStd), Square(layer.BiasStd), ntkScale, ntkShift);
    }

    public Step Read(Conv layer) => Taps(layer, local: false);

    public Step Read(ConvLocal layer) => Taps(layer, local: true);

    public Step Read(ConvTranspose layer) => Taps(layer, local: false);

    public Step Read(AveragePool layer) => new MixPositions(_target, Source, LayerGeometry.Maps(layer, Arriving, _node.Path));

    public Step Read(SumPool layer) => new MixPositions(_target, Source, LayerGeometry.Maps(layer, Arriving, _node.Path));

    public Step Read(GlobalAveragePool layer) => new MixPositions(_target, Source, LayerGeometry.GlobalMaps(average: true, Arriving, _node.Path));

    public Step Read(GlobalSumPool layer) => new MixPositions(_target, Source, LayerGeometry.GlobalMaps(average: false, Arriving, _node.Path));

    public Step Read(ImageResize layer) => new MixPositions(_target, Source, LayerGeometry.Maps(layer, Arriving, _node.Path));

    public Step Read(Networks.Index layer) => new MixPositions(_target, Source, LayerGeometry.Maps(layer, Arriving, _node.Path));

    public Step Read(ActivationLayer layer) => new Dual(_target, Source, layer.Activation);

    public Step Read(LayerNorm layer) => new Normalize(_target, Source, LayerNormEpsilon)
    {
        MeanAxes = LayerGeometry.MeanAxes(layer, Arriving, _node.Path),
    };

    public Step Read(Dropout layer) => new Drop(_target, Source, layer.KeepProbability);

    public Step Read(Flatten layer) => new FlattenPositions(_target, Source);

    public Step Read(Sum layer) => new Combine(_target, Sources, [.. Enumerable.Repeat(1.0, layer.Branches.Count)]);

    public Step Read(Product layer) => new Multiply(_target, Sources);

    public Step Read(Concat layer)
    {
        if (layer.Axis >= 0) return new ConcatPositions(_target, Sources, layer.Axis);
        double[] widths = [.. _node.Sources.Select(source => (double?)_flow.Nodes[source].Output.Channels ?? 1)];
        double total = widths.Sum();
        return new Combine(_target, Sources, [.. widths.Select(width => width / total)]);
    }

    private TapSum Taps(FilterLayer layer, bool local)
    {
        (double ntkScale, double ntkShift) = OwnTerm(layer, layer.Taps);
        return new TapSum(
            _target, Source, LayerGeometry.Windows(layer, Arriving, _node.Path),
            Square(layer.WeightStd), Square(layer.BiasStd), ntkScale, ntkShift, local);
    }

    /// <summary>What the layer's own parameters add to Θ: scale·A[K] + shift.</summary>
    private (double Scale, double Shift) OwnTerm(ParametricLayer layer, int taps)
    {
        double factor = layer.OwnTermFactor;
        if (factor == 0) return (0, 0);
        return layer.Parameterization == Parameterization.Ntk
            ? (factor * Square(layer.WeightStd), factor * Square(layer.BiasStd))
            : (factor * taps * _flow.Nodes[_node.Sources[0]].Output.Channels!.Value, layer.BiasStd != 0 ? factor : 0);
    }

    private static double Square(double value) => value * value;
}
