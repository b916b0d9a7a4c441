using System.Numerics;
using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>y(p) = Σ_s L(p, s)·x(s) for each channel: pooling, resizing, a choice of positions.</summary>
internal sealed class FiniteMix(SampleShape input, ValueList<AxisMap> maps) : FiniteLayer(
    input, input with { Positions = maps.Where(map => !map.RemovesAxis).Select(map => map.OutputExtent).ToValueList() })
{
    private readonly AxisWeight[][] _weights = PositionMaps.Weights(maps);

    /// <summary>L: for each output position the input positions that contribute and their weights.</summary>
    public AxisWeight[][] Weights => _weights;

    public override LayerRun<T> Forward<T>(Signal<T> input, RunContext<T> context) =>
        new Run<T>(this, Mixed(input, context.Memory) with { IsConstant = input.IsConstant }, context.Memory);

    private Signal<T> Mixed<T>(Signal<T> x, SignalMemory<T> memory) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Signal<T> y = memory.Zeros(x.Count, Output);
        ForEach(x.Count, (n, p, s, weight) => Add<T>(y.Sample(n), p, weight, x.Sample(n), s));
        return y;
    }

    private Signal<T> Adjoint<T>(Signal<T> gradient, SignalMemory<T> memory) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Signal<T> below = memory.Zeros(gradient.Count, Input);
        ForEach(gradient.Count, (n, p, s, weight) => Add<T>(below.Sample(n), s, weight, gradient.Sample(n), p));
        return below;
    }

    private void ForEach(int samples, Action<int, int, int, double> visit)
    {
        for (int n = 0; n < samples; n++)
        {
            for (int p = 0; p < _weights.Length; p++)
            {
                foreach (AxisWeight weight in _weights[p]) visit(n, p, weight.Source, weight.Weight);
            }
        }
    }

    private void Add<T>(Span<T> target, int to, double weight, ReadOnlySpan<T> source, int from) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int channels = Input.Channels;
        Vectors.Add(target.Slice(to * channels, channels), weight, source.Slice(from * channels, channels));
    }

    private sealed class Run<T>(FiniteMix mix, Signal<T> output, SignalMemory<T> memory) : LayerRun<T>(output) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override Signal<T> Backward(Signal<T> gradient, IBackwardVisitor<T> visitor) => mix.Adjoint(gradient, memory);

        public override Signal<T> Tangent(Signal<T> inputTangent, ParameterSet<T> parameterTangent) => mix.Mixed(inputTangent, memory);
    }
}
