using System.Numerics;
using InfiniteNtk.FiniteWidth.EmpiricalKernels;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>
/// A locally connected layer: y(p) = α·W_p·patch(p) + β·b_p, weights and biases of each output position its own. Weights are positions ×
/// outputs × taps × channels, biases positions × outputs.
/// </summary>
internal sealed class FiniteConvLocal(int layer, Patches patches, LinearMap map)
    : FiniteLayer(patches.Input, patches.Shape with { Channels = map.Outputs })
{
    public override LayerRun<T> Forward<T>(Signal<T> input, RunContext<T> context)
    {
        LayerParameters<T> parameters = context.Parameters.Layers[layer];
        return new Run<T>(this, input, Apply(input, parameters, parameters.Biases, context), context);
    }

    private Signal<T> Apply<T>(Signal<T> input, LayerParameters<T> parameters, Memory<T> biases, RunContext<T> context) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Signal<T> output = context.Memory.Signal(input.Count, Output);
        for (int p = 0; p < Output.PositionCount; p++)
        {
            using var memory = new SignalMemory<T>();
            Signal<T> y = memory.Signal(input.Count, SampleShape.Features(map.Outputs));
            map.Write(input.Count, patches.At(input, p, memory).Values, WeightsOf(parameters, p), Own(biases, p), context.Product, y.Values);
            for (int n = 0; n < y.Count; n++) y.Sample(n).CopyTo(At(output, n, p));
        }

        return output;
    }

    /// <summary>W_p.</summary>
    private Span<T> WeightsOf<T>(LayerParameters<T> parameters, int p) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        parameters.Weights.Span.Slice(p * map.Inputs * map.Outputs, map.Inputs * map.Outputs);

    /// <summary>b_p; nothing where there is no bias.</summary>
    private Span<T> Own<T>(Memory<T> biases, int p) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        biases.IsEmpty ? [] : biases.Span.Slice(p * map.Outputs, map.Outputs);

    private static Span<T> At<T>(Signal<T> signal, int n, int p) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        signal.Sample(n).Slice(p * signal.Shape.Channels, signal.Shape.Channels);

    /// <summary>The rows of one position.</summary>
    private static Signal<T> Rows<T>(Signal<T> signal, int p, SignalMemory<T> memory) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Signal<T> rows = memory.Signal(signal.Count, SampleShape.Features(signal.Shape.Channels));
        for (int n = 0; n < signal.Count; n++) At(signal, n, p).CopyTo(rows.Sample(n));
        return rows;
    }

    private sealed class Run<T>(FiniteConvLocal local, Signal<T> input, Signal<T> output, RunContext<T> context)
        : ParameterizedRun<T>(local.Layer, input, output, context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private int Positions => Output.Shape.PositionCount;

        public override Signal<T>? Backward(Signal<T> gradient, IBackwardVisitor<T> visitor)
        {
            visitor.Visit(this, gradient);
            if (Input.IsConstant) return null;
            Signal<T> below = Context.Memory.Zeros(gradient.Count, local.Input);
            for (int p = 0; p < Positions; p++)
            {
                using var memory = new SignalMemory<T>();
                Signal<T> part = memory.Signal(gradient.Count, SampleShape.Features(local.Map.Inputs));
                local.Map.Back(gradient.Count, Rows(gradient, p, memory).Values, local.WeightsOf(Parameters, p), Context.Product, part.Values);
                local.Patches.AddBackAt(p, part, below);
            }

            return below;
        }

        public override Signal<T> Tangent(Signal<T> inputTangent, ParameterSet<T> parameterTangent)
        {
            LayerParameters<T> direction = parameterTangent.Layers[Layer];
            Signal<T> ofParameters = local.Apply(Input, direction, direction.Biases, Context);
            if (Input.IsConstant) return ofParameters;
            return PerSample.Sum([ofParameters, local.Apply(inputTangent, Parameters, default, Context)], Context.Memory);
        }

        public override void AddGradient(Signal<T> gradient, LayerParameters<T> target)
        {
            int directions = PerSample.Directions(gradient, Input);
            for (int p = 0; p < Positions; p++)
            {
                using var memory = new SignalMemory<T>();
                Signal<T> a = local.Patches.At(Input, p, memory), rows = Rows(gradient, p, memory);
                for (int i = 0; i < rows.Count; i++)
                {
                    local.Map.AddGradient(
                        1, rows.Sample(i), a.Sample(i / directions), Parameters.LearningRate, Context.Product,
                        local.WeightsOf(target, p), local.Own(target.Biases, p));
                }
            }
        }

        /// <summary>Positions share no parameter, so each adds a term of its own.</summary>
        public override void AddNtk(Signal<T> gradient, ParameterizedRun<T> other, Signal<T> otherGradient, NtkBlock target)
        {
            var term = LinearNtkTerm<T>.Of(local.Map, Parameters, Context.Product);
            for (int p = 0; p < Positions; p++)
            {
                using var memory = new SignalMemory<T>();
                Factors<T> mine = Of(this, gradient, p, memory);
                term.Add(mine, ReferenceEquals(gradient, otherGradient) ? mine : Of(other, otherGradient, p, memory), target);
            }

            Factors<T> Of(ParameterizedRun<T> run, Signal<T> delta, int p, SignalMemory<T> memory) =>
                new(local.Patches.At(run.Input, p, memory), Rows(delta, p, memory));
        }
    }

    private int Layer => layer;

    private Patches Patches => patches;

    private LinearMap Map => map;
}
