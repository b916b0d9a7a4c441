using System.Numerics;
using InfiniteNtk.FiniteWidth.Randomness;

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

    public override LayerRun<T> Forward<T>(Signal<T> input, RunContext<T> context)
    {
        Signal<T> mask = context.Memory.Signal(input.Count, input.Shape) with { IsConstant = true };
        var uniform = new double[Input.Size];
        for (int n = 0; n < input.Count; n++)
        {
            stream.Uniform((long)(context.FirstSample + n) * Input.Size, uniform);
            Span<T> kept = mask.Sample(n);
            for (int i = 0; i < kept.Length; i++) kept[i] = uniform[i] < keepProbability ? T.CreateTruncating(1 / keepProbability) : T.Zero;
        }

        return new Run<T>(mask, PerSample.Multiply(input, mask, context.Memory), context.Memory);
    }

    private sealed class Run<T>(Signal<T> mask, Signal<T> output, SignalMemory<T> memory) : LayerRun<T>(output) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override Signal<T> Backward(Signal<T> gradient, IBackwardVisitor<T> visitor) => PerSample.Multiply(gradient, mask, memory);

        public override Signal<T> Tangent(Signal<T> inputTangent, ParameterSet<T> parameterTangent) => PerSample.Multiply(inputTangent, mask, memory);
    }
}
