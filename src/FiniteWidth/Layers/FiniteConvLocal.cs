using InfiniteNtk.FiniteWidth.EmpiricalKernels;
using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.Kernels.Inputs;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>
/// A locally connected layer: y(p) = α·W_p·patch(p) + β·b_p, weights and biases of each output position its own. Weights are positions ×
/// outputs × taps × channels, biases positions × outputs.
/// </summary>
internal sealed class FiniteConvLocal(int layer, Patches patches, LinearMap map)
    : FiniteLayer(patches.Input, patches.Shape with { Channels = map.Outputs })
{
    public override LayerRun Forward(Signal input, RunContext context)
    {
        LayerParameters parameters = context.Parameters.Layers[layer];
        return new Run(this, input, Apply(input, parameters, parameters.Biases, context), context);
    }

    private Signal Apply(Signal input, LayerParameters parameters, Memory<double> biases, RunContext context)
    {
        var output = new Signal(input.Count, Output);
        for (int p = 0; p < Output.PositionCount; p++)
        {
            var y = new Signal(input.Count, SampleShape.Features(map.Outputs));
            map.Add(input.Count, patches.At(input, p).Values, WeightsOf(parameters, p), Own(biases, p), context.Product, y.Values);
            for (int n = 0; n < y.Count; n++) y.Sample(n).CopyTo(At(output, n, p));
        }

        return output;
    }

    /// <summary>W_p.</summary>
    private Span<double> WeightsOf(LayerParameters parameters, int p) =>
        parameters.Weights.Span.Slice(p * map.Inputs * map.Outputs, map.Inputs * map.Outputs);

    /// <summary>b_p; nothing where there is no bias.</summary>
    private Span<double> Own(Memory<double> biases, int p) => biases.IsEmpty ? [] : biases.Span.Slice(p * map.Outputs, map.Outputs);

    private static Span<double> At(Signal signal, int n, int p) => signal.Sample(n).Slice(p * signal.Shape.Channels, signal.Shape.Channels);

    /// <summary>The rows of one position.</summary>
    private static Signal Rows(Signal signal, int p)
    {
        var rows = new Signal(signal.Count, SampleShape.Features(signal.Shape.Channels));
        for (int n = 0; n < signal.Count; n++) At(signal, n, p).CopyTo(rows.Sample(n));
        return rows;
    }

    private sealed class Run(FiniteConvLocal local, Signal a, Signal output, RunContext context) : ParameterizedRun(output, local.Layer)
    {
        private readonly Signal _a = a;

        private LayerParameters Parameters => context.Parameters.Layers[Layer];

        private int Positions => Output.Shape.PositionCount;

        public override Signal Backward(Signal gradient, IBackwardVisitor visitor)
        {
            visitor.Visit(this, gradient);
            var below = new Signal(gradient.Count, local.Input);
            for (int p = 0; p < Positions; p++)
            {
                var part = new Signal(gradient.Count, SampleShape.Features(local.Map.Inputs));
                local.Map.Back(gradient.Count, Rows(gradient, p).Values, local.WeightsOf(Parameters, p), context.Product, part.Values);
                local.Patches.AddBackAt(p, part, below);
            }

            return below;
        }

        public override Signal Tangent(Signal inputTangent, ParameterSet parameterTangent)
        {
            LayerParameters direction = parameterTangent.Layers[Layer];
            return PerSample.Sum([local.Apply(_a, direction, direction.Biases, context), local.Apply(inputTangent, Parameters, default, context)]);
        }

        public override void AddGradient(Signal gradient, LayerParameters target)
        {
            int directions = PerSample.Directions(gradient, _a);
            for (int p = 0; p < Positions; p++)
            {
                Signal a = local.Patches.At(_a, p), rows = Rows(gradient, p);
                for (int i = 0; i < rows.Count; i++)
                {
                    local.Map.AddGradient(
                        1, rows.Sample(i), a.Sample(i / directions), Parameters.LearningRate, context.Product,
                        local.WeightsOf(target, p), local.Own(target.Biases, p));
                }
            }
        }

        /// <summary>Positions share no parameter, so each adds a term of its own.</summary>
        public override void AddNtk(Signal gradient, ParameterizedRun other, Signal otherGradient, NtkBlock target)
        {
            var term = LinearNtkTerm.Of(local.Map, Parameters, context.Product);
            for (int p = 0; p < Positions; p++)
            {
                term.Add(
                    new Factors(local.Patches.At(_a, p), Rows(gradient, p)),
                    new Factors(local.Patches.At(((Run)other)._a, p), Rows(otherGradient, p)), target);
            }
        }
    }

    private int Layer => layer;

    private Patches Patches => patches;

    private LinearMap Map => map;
}
