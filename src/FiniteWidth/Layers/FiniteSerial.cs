using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.Kernels.Inputs;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>Layers one after another; without any, the identity.</summary>
internal sealed class FiniteSerial(SampleShape input, IReadOnlyList<FiniteLayer> layers)
    : FiniteLayer(input, layers.Count == 0 ? input : layers[^1].Output)
{
    /// <summary>The layers, in order.</summary>
    public IReadOnlyList<FiniteLayer> Layers => layers;

    public override LayerRun Forward(Signal input, RunContext context)
    {
        var runs = new LayerRun[layers.Count];
        Signal signal = input;
        for (int i = 0; i < runs.Length; i++)
        {
            runs[i] = layers[i].Forward(signal, context);
            signal = runs[i].Output;
        }

        return new Run(runs, signal);
    }

    private sealed class Run(LayerRun[] runs, Signal output) : LayerRun(output)
    {
        public override Signal Backward(Signal gradient, IBackwardVisitor visitor)
        {
            for (int i = runs.Length - 1; i >= 0; i--) gradient = runs[i].Backward(gradient, visitor);
            return gradient;
        }

        public override Signal Tangent(Signal inputTangent, ParameterSet parameterTangent)
        {
            foreach (LayerRun run in runs) inputTangent = run.Tangent(inputTangent, parameterTangent);
            return inputTangent;
        }
    }
}
