using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.FiniteWidth.EmpiricalKernels;

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

    public override LayerRun<T> Forward<T>(Signal<T> input, RunContext<T> context)
    {
        LayerParameters<T> parameters = context.Parameters.Layers[layer];
        return new Run<T>(this, input, Apply(input, parameters, parameters.Biases, context), context);
    }

    private SampleShape PatchShape => patches.Shape;

    private Signal<T> Apply<T>(Signal<T> input, LayerParameters<T> parameters, Memory<T> biases, RunContext<T> context) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Signal<T> output = context.Memory.Signal(input.Count, Output);
        foreach ((int first, int count) in Blocks<T>(input.Count))
        {
            using var memory = new SignalMemory<T>();
            Signal<T> part = patches.Of(input, first, count, memory);
            map.Write(part.Rows, part.Values, parameters.Weights.Span, biases.Span, context.Product, output.Slice(first, count).Values);
        }

        return output;
    }

    private IEnumerable<(int First, int Count)> Blocks<T>(int samples)
    {
        int size = (int)Math.Clamp(BlockBytes / ((long)Unsafe.SizeOf<T>() * PatchShape.Size), 1, Math.Max(samples, 1));
        for (int first = 0; first < samples; first += size) yield return (first, Math.Min(size, samples - first));
    }

    private sealed class Run<T>(FiniteConv conv, Signal<T> input, Signal<T> output, RunContext<T> context)
        : ParameterizedRun<T>(conv.Layer, input, output, context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override Signal<T>? Backward(Signal<T> gradient, IBackwardVisitor<T> visitor)
        {
            visitor.Visit(this, gradient);
            if (Input.IsConstant) return null;
            Signal<T> below = Context.Memory.Zeros(gradient.Count, conv.Input);
            foreach ((int first, int count) in conv.Blocks<T>(gradient.Count))
            {
                using var memory = new SignalMemory<T>();
                Signal<T> part = memory.Signal(count, conv.PatchShape);
                conv.Map.Back(part.Rows, gradient.Slice(first, count).Values, Parameters.Weights.Span, Context.Product, part.Values);
                conv.Patches.AddBack(part, first, below);
            }

            return below;
        }

        public override Signal<T> Tangent(Signal<T> inputTangent, ParameterSet<T> parameterTangent)
        {
            LayerParameters<T> direction = parameterTangent.Layers[Layer];
            Signal<T> ofParameters = conv.Apply(Input, direction, direction.Biases, Context);
            if (Input.IsConstant) return ofParameters;
            return PerSample.Sum([ofParameters, conv.Apply(inputTangent, Parameters, default, Context)], Context.Memory);
        }

        public override void AddGradient(Signal<T> gradient, LayerParameters<T> target)
        {
            int directions = PerSample.Directions(gradient, Input);
            foreach ((int first, int count) in conv.Blocks<T>(gradient.Count))
            {
                using var memory = new SignalMemory<T>();
                Signal<T> part = conv.Patches.Of(Input, first, count, memory, directions);
                conv.Map.AddGradient(
                    part.Rows, gradient.Slice(first, count).Values, part.Values, Parameters.LearningRate, Context.Product, target.Weights.Span, target.Biases.Span);
            }
        }

        public override void AddNtk(Signal<T> gradient, ParameterizedRun<T> other, Signal<T> otherGradient, NtkBlock target) =>
            LinearNtkTerm<T>.Of(conv.Map, Parameters, Context.Product).Add(
                new Factors<T>(Input, gradient, conv.Patches), new Factors<T>(other.Input, otherGradient, conv.Patches), target);
    }

    /// <summary>Its entry of the parameter set.</summary>
    public int Layer => layer;

    /// <summary>What the filter sees.</summary>
    public Patches Patches => patches;

    /// <summary>What it does with each patch.</summary>
    public LinearMap Map => map;
}
