using InfiniteNtk.FiniteWidth.EmpiricalKernels;
using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.Kernels.Inputs;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>
/// A convolution, plain or transposed: y(p) = α·W·patch(p) + β·b with one W and b for all output positions p. Weights are outputs × taps ×
/// channels.
/// </summary>
/// <remarks>Patches are |k| times as large as the input, so they are made for some samples at a time and never kept.</remarks>
internal sealed class FiniteConv(int layer, Patches patches, LinearMap map) : FiniteLayer(patches.Input, patches.Shape with { Channels = map.Outputs })
{
    /// <summary>Bytes of patches at a time: they should stay in cache until they are multiplied.</summary>
    private const long BlockBytes = 1L << 24;

    public override LayerRun Forward(Signal input, RunContext context)
    {
        LayerParameters parameters = context.Parameters.Layers[layer];
        return new Run(this, input, Apply(input, parameters, parameters.Biases, context), context);
    }

    private SampleShape PatchShape => patches.Shape;

    private Signal Apply(Signal input, LayerParameters parameters, Memory<double> biases, RunContext context)
    {
        var output = new Signal(input.Count, Output);
        foreach ((int first, int count) in Blocks(input.Count))
        {
            Signal part = patches.Of(input, first, count);
            map.Add(part.Rows, part.Values, parameters.Weights.Span, biases.Span, context.Product, Part(output, first, count));
        }

        return output;
    }

    private IEnumerable<(int First, int Count)> Blocks(int samples)
    {
        int size = (int)Math.Clamp(BlockBytes / (8L * PatchShape.Size), 1, Math.Max(samples, 1));
        for (int first = 0; first < samples; first += size) yield return (first, Math.Min(size, samples - first));
    }

    private static Span<double> Part(Signal signal, int first, int count) =>
        signal.Values.AsSpan(first * signal.Shape.Size, count * signal.Shape.Size);

    private sealed class Run(FiniteConv conv, Signal a, Signal output, RunContext context) : ParameterizedRun(output, conv.Layer)
    {
        private readonly Signal _a = a;

        private LayerParameters Parameters => context.Parameters.Layers[Layer];

        public override Signal Backward(Signal gradient, IBackwardVisitor visitor)
        {
            visitor.Visit(this, gradient);
            var below = new Signal(gradient.Count, conv.Input);
            foreach ((int first, int count) in conv.Blocks(gradient.Count))
            {
                var part = new Signal(count, conv.PatchShape);
                conv.Map.Back(part.Rows, Part(gradient, first, count), Parameters.Weights.Span, context.Product, part.Values);
                conv.Patches.AddBack(part, first, below);
            }

            return below;
        }

        public override Signal Tangent(Signal inputTangent, ParameterSet parameterTangent)
        {
            LayerParameters direction = parameterTangent.Layers[Layer];
            return PerSample.Sum([conv.Apply(_a, direction, direction.Biases, context), conv.Apply(inputTangent, Parameters, default, context)]);
        }

        public override void AddGradient(Signal gradient, LayerParameters target)
        {
            int directions = PerSample.Directions(gradient, _a);
            foreach ((int first, int count) in conv.Blocks(gradient.Count))
            {
                Signal part = conv.Patches.Of(_a, first, count, directions);
                conv.Map.AddGradient(
                    part.Rows, Part(gradient, first, count), part.Values, Parameters.LearningRate, context.Product, target.Weights.Span, target.Biases.Span);
            }
        }

        public override void AddNtk(Signal gradient, ParameterizedRun other, Signal otherGradient, NtkBlock target) =>
            LinearNtkTerm.Of(conv.Map, Parameters, context.Product).Add(
                new Factors(_a, gradient, conv.Patches), new Factors(((Run)other)._a, otherGradient, conv.Patches), target);
    }

    /// <summary>Its entry of the parameter set.</summary>
    public int Layer => layer;

    /// <summary>What the filter sees.</summary>
    public Patches Patches => patches;

    /// <summary>What it does with each patch.</summary>
    public LinearMap Map => map;
}
