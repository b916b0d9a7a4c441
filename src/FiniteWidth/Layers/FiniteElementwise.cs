using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Inputs;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>y = φ(z) for each number.</summary>
internal sealed class FiniteElementwise(SampleShape shape, Activation activation) : FiniteLayer(shape, shape)
{
    /// <summary>φ.</summary>
    public Activation Activation => activation;

    public override LayerRun Forward(Signal input, RunContext context)
    {
        var output = new Signal(input.Count, input.Shape);
        for (int i = 0; i < input.Values.Length; i++) output.Values[i] = activation.Value(input.Values[i]);
        return new Run(activation, input, output);
    }

    private sealed class Run(Activation activation, Signal z, Signal output) : LayerRun(output)
    {
        /// <summary>φ′(z), once for all directions and both ways.</summary>
        private readonly Lazy<Signal> _slope = new(() => new Signal(z.Count, z.Shape, Array.ConvertAll(z.Values, activation.Derivative)));

        public override Signal Backward(Signal gradient, IBackwardVisitor visitor) => PerSample.Multiply(gradient, _slope.Value);

        public override Signal Tangent(Signal inputTangent, ParameterSet parameterTangent) => PerSample.Multiply(inputTangent, _slope.Value);
    }
}
