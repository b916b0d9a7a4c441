using InfiniteNtk.FiniteWidth.EmpiricalKernels;
using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.FiniteWidth.Products;
using InfiniteNtk.Kernels.Inputs;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>y = α·W·a + β·b at each position. Parameterizations differ in α, β and in the law W and b are drawn from.</summary>
internal sealed class FiniteDense(int layer, SampleShape input, int width, double alpha, double beta)
    : FiniteLayer(input, input with { Channels = width })
{
    public override LayerRun Forward(Signal input, RunContext context)
    {
        LayerParameters parameters = context.Parameters.Layers[layer];
        return new Run(this, input, Affine(input, parameters.Weights.Span, parameters.Biases.Span, context.Product), context);
    }

    /// <summary>α·W·a + β·b with any weights: the layer itself, or its derivative along a change of parameters.</summary>
    private Signal Affine(Signal a, ReadOnlySpan<double> weights, ReadOnlySpan<double> biases, IMatrixProduct product)
    {
        var y = new Signal(a.Count, Output);
        AddBias(y.Values, biases);
        product.Multiply(a.Rows, Output.Channels, Input.Channels, alpha, a.Values, false, weights, true, 1, y.Values);
        return y;
    }

    private void AddBias(Span<double> y, ReadOnlySpan<double> biases)
    {
        if (biases.IsEmpty) return;
        for (int i = 0; i < y.Length; i++) y[i] += beta * biases[i % biases.Length];
    }

    private sealed class Run(FiniteDense dense, Signal a, Signal output, RunContext context) : ParameterizedRun(output, dense.Layer)
    {
        private readonly FiniteDense _dense = dense;
        private readonly Signal _a = a;

        private LayerParameters Parameters => context.Parameters.Layers[Layer];

        public override Signal Backward(Signal gradient, IBackwardVisitor visitor)
        {
            visitor.Visit(this, gradient);
            var below = new Signal(gradient.Count, _dense.Input);
            context.Product.Multiply(
                gradient.Rows, _dense.Input.Channels, _dense.Output.Channels, _dense.Alpha, gradient.Values, false,
                Parameters.Weights.Span, false, 0, below.Values);
            return below;
        }

        public override Signal Tangent(Signal inputTangent, ParameterSet parameterTangent)
        {
            LayerParameters direction = parameterTangent.Layers[Layer];
            Signal y = _dense.Affine(_a, direction.Weights.Span, direction.Biases.Span, context.Product);
            context.Product.Multiply(
                _a.Rows, _dense.Output.Channels, _dense.Input.Channels, _dense.Alpha, inputTangent.Values, false,
                Parameters.Weights.Span, true, 1, y.Values);
            return y;
        }

        public override void AddGradient(Signal gradient, LayerParameters target)
        {
            int directions = gradient.Count / _a.Count;
            Signal a = directions == 1 ? _a : Repeated(_a, directions);
            context.Product.Multiply(
                _dense.Output.Channels, _dense.Input.Channels, gradient.Rows, _dense.Alpha, gradient.Values, true, a.Values, false, 1,
                target.Weights.Span);
            Span<double> biases = target.Biases.Span;
            if (biases.IsEmpty) return;
            for (int i = 0; i < gradient.Values.Length; i++) biases[i % biases.Length] += _dense.Beta * gradient.Values[i];
        }

        public override void AddNtk(Signal gradient, ParameterizedRun other, Signal otherGradient, NtkBlock target)
        {
            var theirs = (Run)other;
            double biasScale = Parameters.Biases.IsEmpty ? 0 : _dense.Beta * _dense.Beta;
            new LinearNtkTerm(_dense.Alpha * _dense.Alpha, biasScale, context.Product).Add(
                new Factors(_a, gradient), new Factors(theirs._a, otherGradient), target);
        }

        /// <summary>Each sample as often as it has directions.</summary>
        private static Signal Repeated(Signal signal, int times)
        {
            var repeated = new Signal(signal.Count * times, signal.Shape);
            for (int i = 0; i < repeated.Count; i++) signal.Sample(i / times).CopyTo(repeated.Sample(i));
            return repeated;
        }
    }

    /// <summary>Its entry of the parameter set.</summary>
    public int Layer => layer;

    /// <summary>α.</summary>
    public double Alpha => alpha;

    /// <summary>β.</summary>
    public double Beta => beta;
}
