using System.Numerics;
using InfiniteNtk.FiniteWidth.Activations;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>y = φ(z) for each number.</summary>
internal sealed class FiniteElementwise(SampleShape shape, ElementwiseFunction function) : FiniteLayer(shape, shape)
{
    /// <summary>φ.</summary>
    public Activation Activation => function.Activation;

    public override LayerRun<T> Forward<T>(Signal<T> input, RunContext<T> context)
    {
        Signal<T> output = context.Memory.Signal(input.Count, input.Shape) with { IsConstant = input.IsConstant };
        function.Value<T>(input.Values, output.Values);
        return new Run<T>(function, input, output, context.Memory);
    }

    private sealed class Run<T>(ElementwiseFunction function, Signal<T> z, Signal<T> output, SignalMemory<T> memory) : LayerRun<T>(output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>φ′(z), once for all directions and both ways.</summary>
        private readonly Lazy<Signal<T>> _slope = new(() =>
        {
            Signal<T> slope = memory.Signal(z.Count, z.Shape);
            function.Slope<T>(z.Values, slope.Values);
            return slope;
        });

        public override Signal<T> Backward(Signal<T> gradient, IBackwardVisitor<T> visitor) => PerSample.Multiply(gradient, _slope.Value, memory);

        public override Signal<T> Tangent(Signal<T> inputTangent, ParameterSet<T> parameterTangent) => PerSample.Multiply(inputTangent, _slope.Value, memory);
    }
}
