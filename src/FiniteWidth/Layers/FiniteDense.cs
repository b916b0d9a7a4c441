using System.Numerics;
using InfiniteNtk.FiniteWidth.EmpiricalKernels;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>y = α·W·a + β·b at each position.</summary>
internal sealed class FiniteDense(int layer, SampleShape input, LinearMap map) : FiniteLayer(input, input with { Channels = map.Outputs })
{
    /// <summary>Its entry of the parameter set.</summary>
    public int Layer => layer;

    /// <summary>What it does at each position.</summary>
    public LinearMap Map => map;

    public override LayerRun<T> Forward<T>(Signal<T> input, RunContext<T> context)
    {
        LayerParameters<T> parameters = context.Parameters.Layers[layer];
        Signal<T> output = context.Memory.Signal(input.Count, Output);
        map.Write(input.Rows, input.Values, parameters.Weights.Span, parameters.Biases.Span, context.Product, output.Values);
        return new Run<T>(layer, map, input, output, context);
    }

    private sealed class Run<T>(int layer, LinearMap map, Signal<T> input, Signal<T> output, RunContext<T> context)
        : ParameterizedRun<T>(layer, input, output, context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override Signal<T>? Backward(Signal<T> gradient, IBackwardVisitor<T> visitor)
        {
            visitor.Visit(this, gradient);
            if (Input.IsConstant) return null;
            Signal<T> below = Context.Memory.Signal(gradient.Count, Input.Shape);
            map.Back(gradient.Rows, gradient.Values, Parameters.Weights.Span, Context.Product, below.Values);
            return below;
        }

        public override Signal<T> Tangent(Signal<T> inputTangent, ParameterSet<T> parameterTangent)
        {
            LayerParameters<T> direction = parameterTangent.Layers[Layer];
            Signal<T> y = Context.Memory.Signal(Input.Count, Output.Shape);
            map.Write(Input.Rows, Input.Values, direction.Weights.Span, direction.Biases.Span, Context.Product, y.Values);
            if (!Input.IsConstant) map.Add(Input.Rows, inputTangent.Values, Parameters.Weights.Span, Context.Product, y.Values);
            return y;
        }

        public override void AddGradient(Signal<T> gradient, LayerParameters<T> target)
        {
            int directions = PerSample.Directions(gradient, Input);
            Signal<T> a = directions == 1 ? Input : Repeated(Input, directions);
            map.AddGradient(
                gradient.Rows, gradient.Values, a.Values, Parameters.LearningRate, Context.Product, target.Weights.Span, target.Biases.Span);
        }

        public override void AddNtk(Signal<T> gradient, ParameterizedRun<T> other, Signal<T> otherGradient, NtkBlock target) =>
            LinearNtkTerm<T>.Of(map, Parameters, Context.Product).Add(
                new Factors<T>(Input, gradient), new Factors<T>(other.Input, otherGradient), target);

        /// <summary>Each sample as often as it has directions.</summary>
        private Signal<T> Repeated(Signal<T> signal, int times)
        {
            Signal<T> repeated = Context.Memory.Signal(signal.Count * times, signal.Shape);
            for (int i = 0; i < repeated.Count; i++) signal.Sample(i / times).CopyTo(repeated.Sample(i));
            return repeated;
        }
    }
}
