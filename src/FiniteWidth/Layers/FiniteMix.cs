using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.Kernels;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>y(p) = Σ_s L(p, s)·x(s) for each channel: pooling, resizing, a choice of positions.</summary>
internal sealed class FiniteMix(SampleShape input, ValueList<AxisMap> maps) : FiniteLayer(
    input, input with { Positions = maps.Where(map => !map.RemovesAxis).Select(map => map.OutputExtent).ToValueList() })
{
    private readonly AxisWeight[][] _weights = PositionMaps.Weights(maps);

    /// <summary>L: for each output position the input positions that contribute and their weights.</summary>
    public AxisWeight[][] Weights => _weights;

    public override LayerRun Forward(Signal input, RunContext context) => new Run(this, Mixed(input));

    private Signal Mixed(Signal x)
    {
        var y = new Signal(x.Count, Output);
        ForEach(x.Count, (n, p, s, weight) => Add(y.Sample(n), p, weight, x.Sample(n), s));
        return y;
    }

    private Signal Adjoint(Signal gradient)
    {
        var below = new Signal(gradient.Count, Input);
        ForEach(gradient.Count, (n, p, s, weight) => Add(below.Sample(n), s, weight, gradient.Sample(n), p));
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

    private void Add(Span<double> target, int to, double weight, ReadOnlySpan<double> source, int from)
    {
        int channels = Input.Channels;
        for (int c = 0; c < channels; c++) target[to * channels + c] += weight * source[from * channels + c];
    }

    private sealed class Run(FiniteMix mix, Signal output) : LayerRun(output)
    {
        public override Signal Backward(Signal gradient, IBackwardVisitor visitor) => mix.Adjoint(gradient);

        public override Signal Tangent(Signal inputTangent, ParameterSet parameterTangent) => mix.Mixed(inputTangent);
    }
}
