using System.Numerics;
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

    public override LayerRun<T> Forward<T>(Signal<T> input, RunContext<T> context)
    {
        LayerParameters<T> parameters = context.Parameters.Layers[layer];
        Signal<T> output = context.Memory.Signal(input.Count, Output);
        map.Write(input.Rows, input.Values, parameters.Weights.Span, parameters.Biases.Span, context.Product, output.Values);
        return new Run<T>(layer, map, input, output, context);
    }

    private sealed class Run<T>(int layer, LinearMap map, Signal<T> a, Signal<T> output, RunContext<T> context) : ParameterizedRun<T>(output, layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Signal<T> _a = a;

        private LayerParameters<T> Parameters => context.Parameters.Layers[Layer];

        public override Signal<T>? Backward(Signal<T> gradient, IBackwardVisitor<T> visitor)
        {
            visitor.Visit(this, gradient);
            if (_a.IsConstant) return null;
            Signal<T> below = context.Memory.Signal(gradient.Count, _a.Shape);
            map.Back(gradient.Rows, gradient.Values, Parameters.Weights.Span, context.Product, below.Values);
            return below;
        }

        public override Signal<T> Tangent(Signal<T> inputTangent, ParameterSet<T> parameterTangent)
        {
            LayerParameters<T> direction = parameterTangent.Layers[Layer];
            Signal<T> y = context.Memory.Signal(_a.Count, Output.Shape);
            map.Write(_a.Rows, _a.Values, direction.Weights.Span, direction.Biases.Span, context.Product, y.Values);
            if (!_a.IsConstant) map.Add(_a.Rows, inputTangent.Values, Parameters.Weights.Span, context.Product, y.Values);
            return y;
        }

        public override void AddGradient(Signal<T> gradient, LayerParameters<T> target)
        {
            int directions = PerSample.Directions(gradient, _a);
            Signal<T> a = directions == 1 ? _a : Repeated(_a, directions);
            map.AddGradient(
                gradient.Rows, gradient.Values, a.Values, Parameters.LearningRate, context.Product, target.Weights.Span, target.Biases.Span);
        }

        public override void AddNtk(Signal<T> gradient, ParameterizedRun<T> other, Signal<T> otherGradient, NtkBlock target) =>
            LinearNtkTerm<T>.Of(map, Parameters, context.Product).Add(
                new Factors<T>(_a, gradient), new Factors<T>(((Run<T>)other)._a, otherGradient), target);

        /// <summary>Each sample as often as it has directions.</summary>
        private Signal<T> Repeated(Signal<T> signal, int times)
        {
            Signal<T> repeated = context.Memory.Signal(signal.Count * times, signal.Shape);
            for (int i = 0; i < repeated.Count; i++) signal.Sample(i / times).CopyTo(repeated.Sample(i));
            return repeated;
        }
    }
}
