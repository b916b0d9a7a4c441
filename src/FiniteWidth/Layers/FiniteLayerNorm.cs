using System.Numerics;
using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>
/// Normalisation over the channels of each group of positions that differ along the given axes only: y = (z − m)/s with m = mean z,
/// s = √(mean (z − m)² + ε), without trained scale or shift. Without axes each position is a group. Groups are normalised in double precision.
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

    public override LayerRun<T> Forward<T>(Signal<T> input, RunContext<T> context)
    {
        Signal<T> output = context.Memory.Signal(input.Count, input.Shape) with { IsConstant = input.IsConstant };
        var deviations = new double[input.Count * _groups.Length];
        for (int n = 0; n < input.Count; n++)
        {
            for (int g = 0; g < _groups.Length; g++)
            {
                double[] y = Group<T>(input.Sample(n), g);
                double mean = y.Sum() / y.Length;
                for (int i = 0; i < y.Length; i++) y[i] -= mean;
                double deviation = Math.Sqrt(MeanProduct(y, y) + Epsilon);
                for (int i = 0; i < y.Length; i++) y[i] /= deviation;
                deviations[n * _groups.Length + g] = deviation;
                Write(y, g, output.Sample(n));
            }
        }

        return new Run<T>(this, output, deviations, context.Memory);
    }

    /// <summary>The numbers of one group.</summary>
    private double[] Group<T>(ReadOnlySpan<T> sample, int group) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int channels = Input.Channels;
        int[] positions = _groups[group];
        var numbers = new double[positions.Length * channels];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = double.CreateTruncating(sample[positions[i / channels] * channels + i % channels]);
        return numbers;
    }

    private void Write<T>(double[] numbers, int group, Span<T> sample) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int channels = Input.Channels;
        int[] positions = _groups[group];
        for (int i = 0; i < numbers.Length; i++) sample[positions[i / channels] * channels + i % channels] = T.CreateTruncating(numbers[i]);
    }

    private static double MeanProduct(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum / a.Length;
    }

    private sealed class Run<T>(FiniteLayerNorm norm, Signal<T> output, double[] deviations, SignalMemory<T> memory) : LayerRun<T>(output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override Signal<T> Backward(Signal<T> gradient, IBackwardVisitor<T> visitor) => Project(gradient);

        public override Signal<T> Tangent(Signal<T> inputTangent, ParameterSet<T> parameterTangent) => Project(inputTangent);

        /// <summary>The Jacobian (I − 11ᵀ/M − yyᵀ/M)/s of each group of M numbers: symmetric, so it serves both directions.</summary>
        private Signal<T> Project(Signal<T> change)
        {
            int directions = PerSample.Directions(change, Output);
            Signal<T> result = memory.Signal(change.Count, change.Shape);
            for (int i = 0; i < change.Count; i++)
            {
                int n = i / directions;
                for (int g = 0; g < norm._groups.Length; g++)
                {
                    double[] y = norm.Group<T>(Output.Sample(n), g), d = norm.Group<T>(change.Sample(i), g);
                    double mean = d.Sum() / d.Length, along = MeanProduct(d, y);
                    for (int k = 0; k < d.Length; k++) d[k] = (d[k] - mean - along * y[k]) / deviations[n * norm._groups.Length + g];
                    norm.Write(d, g, result.Sample(i));
                }
            }

            return result;
        }
    }
}
