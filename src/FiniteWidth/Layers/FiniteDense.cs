using InfiniteNtk.FiniteWidth.EmpiricalKernels;
using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.Kernels.Inputs;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>y = α·W·a + β·b at each position.</summary>
internal sealed class FiniteDense(int layer, SampleShape input, LinearMap map) : FiniteLayer(input, input with { Channels = map.Outputs })
{
    /// <summary>Its entry of the parameter set.</summary>
    public int Layer => layer;

    /// <summary>What it does at each position.</summary>
    public LinearMap Map => map;

    public override LayerRun Forward(Signal input, RunContext context)
    {
        LayerParameters parameters = context.Parameters.Layers[layer];
        var output = new Signal(input.Count, Output);
        map.Add(input.Rows, input.Values, parameters.Weights.Span, parameters.Biases.Span, context.Product, output.Values);
        return new Run(layer, map, input, output, context);
    }

    private sealed class Run(int layer, LinearMap map, Signal a, Signal output, RunContext context) : ParameterizedRun(output, layer)
    {
        private readonly Signal _a = a;

        private LayerParameters Parameters => context.Parameters.Layers[Layer];

        public override Signal Backward(Signal gradient, IBackwardVisitor visitor)
        {
            visitor.Visit(this, gradient);
            var below = new Signal(gradient.Count, _a.Shape);
            map.Back(gradient.Rows, gradient.Values, Parameters.Weights.Span, context.Product, below.Values);
            return below;
        }

        public override Signal Tangent(Signal inputTangent, ParameterSet parameterTangent)
        {
            LayerParameters direction = parameterTangent.Layers[Layer];
            var y = new Signal(_a.Count, Output.Shape);
            map.Add(_a.Rows, _a.Values, direction.Weights.Span, direction.Biases.Span, context.Product, y.Values);
            map.Add(_a.Rows, inputTangent.Values, Parameters.Weights.Span, [], context.Product, y.Values);
            return y;
        }

        public override void AddGradient(Signal gradient, LayerParameters target)
        {
            int directions = PerSample.Directions(gradient, _a);
            Signal a = directions == 1 ? _a : Repeated(_a, directions);
            map.AddGradient(
                gradient.Rows, gradient.Values, a.Values, Parameters.LearningRate, context.Product, target.Weights.Span, target.Biases.Span);
        }

        public override void AddNtk(Signal gradient, ParameterizedRun other, Signal otherGradient, NtkBlock target) =>
            LinearNtkTerm.Of(map, Parameters, context.Product).Add(
                new Factors(_a, gradient), new Factors(((Run)other)._a, otherGradient), target);

        /// <summary>Each sample as often as it has directions.</summary>
        private static Signal Repeated(Signal signal, int times)
        {
            var repeated = new Signal(signal.Count * times, signal.Shape);
            for (int i = 0; i < repeated.Count; i++) signal.Sample(i / times).CopyTo(repeated.Sample(i));
            return repeated;
        }
    }
}
