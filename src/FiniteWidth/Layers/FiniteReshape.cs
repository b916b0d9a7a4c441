using System.Numerics;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>The same numbers in another shape.</summary>
internal sealed class FiniteReshape(SampleShape input, SampleShape output) : FiniteLayer(input, output)
{
    public override LayerRun<T> Forward<T>(Signal<T> input, RunContext<T> context) => new Run<T>(input, Output);

    private sealed class Run<T>(Signal<T> input, SampleShape shape) : LayerRun<T>(input with { Shape = shape }) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override Signal<T> Backward(Signal<T> gradient, IBackwardVisitor<T> visitor) => gradient with { Shape = input.Shape };

        public override Signal<T> Tangent(Signal<T> inputTangent, ParameterSet<T> parameterTangent) => inputTangent with { Shape = Output.Shape };
    }
}
