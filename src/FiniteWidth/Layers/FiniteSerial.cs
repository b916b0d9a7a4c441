using System.Numerics;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>Layers one after another; without any, the identity.</summary>
internal sealed class FiniteSerial(SampleShape input, IReadOnlyList<FiniteLayer> layers)
    : FiniteLayer(input, layers.Count == 0 ? input : layers[^1].Output)
{
    /// <summary>The layers, in order.</summary>
    public IReadOnlyList<FiniteLayer> Layers => layers;

    public override LayerRun<T> Forward<T>(Signal<T> input, RunContext<T> context)
    {
        var runs = new LayerRun<T>[layers.Count];
        Signal<T> signal = input;
        for (int i = 0; i < runs.Length; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            runs[i] = layers[i].Forward(signal, context);
            signal = runs[i].Output;
        }

        return new Run<T>(runs, signal, context.Cancellation);
    }

    private sealed class Run<T>(LayerRun<T>[] runs, Signal<T> output, CancellationToken cancellation) : LayerRun<T>(output) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override Signal<T>? Backward(Signal<T> gradient, IBackwardVisitor<T> visitor)
        {
            Signal<T>? below = gradient;
            for (int i = runs.Length - 1; i >= 0 && below is not null; i--)
            {
                cancellation.ThrowIfCancellationRequested();
                below = runs[i].Backward(below, visitor);
            }

            return below;
        }

        public override Signal<T> Tangent(Signal<T> inputTangent, ParameterSet<T> parameterTangent)
        {
            foreach (LayerRun<T> run in runs) inputTangent = run.Tangent(inputTangent, parameterTangent);
            return inputTangent;
        }
    }
}
