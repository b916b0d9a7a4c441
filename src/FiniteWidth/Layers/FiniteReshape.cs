using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.Kernels.Inputs;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>The same numbers in another shape.</summary>
internal sealed class FiniteReshape(SampleShape input, SampleShape output) : FiniteLayer(input, output)
{
    public override LayerRun Forward(Signal input, RunContext context) => new Run(input, Output);

    private sealed class Run(Signal input, SampleShape shape) : LayerRun(input with { Shape = shape })
    {
        public override Signal Backward(Signal gradient, IBackwardVisitor visitor) => gradient with { Shape = input.Shape };

        public override Signal Tangent(Signal inputTangent, ParameterSet parameterTangent) => inputTangent with { Shape = Output.Shape };
    }
}
