using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.Kernels;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>
/// Normalisation over the channels of each group of positions that differ along the given axes only: y = (z − m)/s with m = mean z,
/// s = √(mean (z − m)² + ε), without trained scale or shift. Without axes each position is a group.
/// </summary>
internal sealed class FiniteLayerNorm(SampleShape shape, ValueList<int> axes) : FiniteLayer(shape, shape)
{
    /// <summary>ε: keeps constant channels finite.</summary>
    public const double Epsilon = 1e-12;

    /// <summary>The positions of each group.</summary>
    private readonly int[][] _groups =
        [.. PositionMaps.Groups(shape.Positions, axes).Select((group, position) => (group, position)).GroupBy(one => one.group, one => one.position)
            .Select(group => group.ToArray())];

    /// <summary>The positions of each group.</summary>
    public IReadOnlyList<int[]> Groups => _groups;

    public override LayerRun Forward(Signal input, RunContext context)
    {
        var output = new Signal(input.Count, input.Shape);
        var deviations = new double[input.Count * _groups.Length];
        for (int n = 0; n < input.Count; n++)
        {
            for (int g = 0; g < _groups.Length; g++)
            {
                double[] y = Group(input.Sample(n), g);
                double mean = y.Sum() / y.Length;
                for (int i = 0; i < y.Length; i++) y[i] -= mean;
                double deviation = Math.Sqrt(MeanProduct(y, y) + Epsilon);
                for (int i = 0; i < y.Length; i++) y[i] /= deviation;
                deviations[n * _groups.Length + g] = deviation;
                Write(y, g, output.Sample(n));
            }
        }

        return new Run(this, output, deviations);
    }

    /// <summary>The numbers of one group.</summary>
    private double[] Group(ReadOnlySpan<double> sample, int group)
    {
        int channels = Input.Channels;
        int[] positions = _groups[group];
        var numbers = new double[positions.Length * channels];
        for (int i = 0; i < positions.Length; i++) sample.Slice(positions[i] * channels, channels).CopyTo(numbers.AsSpan(i * channels));
        return numbers;
    }

    private void Write(double[] numbers, int group, Span<double> sample)
    {
        int channels = Input.Channels;
        int[] positions = _groups[group];
        for (int i = 0; i < positions.Length; i++) numbers.AsSpan(i * channels, channels).CopyTo(sample[(positions[i] * channels)..]);
    }

    private static double MeanProduct(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum / a.Length;
    }

    private sealed class Run(FiniteLayerNorm norm, Signal output, double[] deviations) : LayerRun(output)
    {
        public override Signal Backward(Signal gradient, IBackwardVisitor visitor) => Project(gradient);

        public override Signal Tangent(Signal inputTangent, ParameterSet parameterTangent) => Project(inputTangent);

        /// <summary>The Jacobian (I − 11ᵀ/M − yyᵀ/M)/s of each group of M numbers: symmetric, so it serves both directions.</summary>
        private Signal Project(Signal change)
        {
            int directions = PerSample.Directions(change, Output);
            var result = new Signal(change.Count, change.Shape);
            for (int i = 0; i < change.Count; i++)
            {
                int n = i / directions;
                for (int g = 0; g < norm._groups.Length; g++)
                {
                    double[] y = norm.Group(Output.Sample(n), g), d = norm.Group(change.Sample(i), g);
                    double mean = d.Sum() / d.Length, along = MeanProduct(d, y);
                    for (int k = 0; k < d.Length; k++) d[k] = (d[k] - mean - along * y[k]) / deviations[n * norm._groups.Length + g];
                    norm.Write(d, g, result.Sample(i));
                }
            }

            return result;
        }
    }
}
