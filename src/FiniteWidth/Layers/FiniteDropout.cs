using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.FiniteWidth.Randomness;
using InfiniteNtk.Kernels.Inputs;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>
/// Each number is kept with probability r and divided by r, or set to zero. The mask is a function of the stream and of the sample's
/// number, so one sample meets one mask however often and in whatever batch it is run.
/// </summary>
internal sealed class FiniteDropout(SampleShape shape, double keepProbability, RandomStream stream) : FiniteLayer(shape, shape)
{
    /// <summary>r.</summary>
    public double KeepProbability => keepProbability;

    /// <summary>Where the masks come from.</summary>
    public RandomStream Stream => stream;

    public override LayerRun Forward(Signal input, RunContext context)
    {
        var mask = new Signal(input.Count, input.Shape);
        stream.Uniform((long)context.FirstSample * Input.Size, mask.Values);
        for (int i = 0; i < mask.Values.Length; i++) mask.Values[i] = mask.Values[i] < keepProbability ? 1 / keepProbability : 0;
        return new Run(mask, PerSample.Multiply(input, mask));
    }

    private sealed class Run(Signal mask, Signal output) : LayerRun(output)
    {
        public override Signal Backward(Signal gradient, IBackwardVisitor visitor) => PerSample.Multiply(gradient, mask);

        public override Signal Tangent(Signal inputTangent, ParameterSet parameterTangent) => PerSample.Multiply(inputTangent, mask);
    }
}
