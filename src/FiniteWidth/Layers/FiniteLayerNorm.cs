using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.Kernels.Inputs;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>
/// Normalisation over the channels of each position: y = (z − m)/s with m = mean z, s = √(mean (z − m)² + ε), without trained scale
/// or shift.
/// </summary>
internal sealed class FiniteLayerNorm(SampleShape shape) : FiniteLayer(shape, shape)
{
    /// <summary>ε: keeps constant channels finite.</summary>
    public const double Epsilon = 1e-12;

    public override LayerRun Forward(Signal input, RunContext context)
    {
        int channels = input.Shape.Channels;
        var output = new Signal(input.Count, input.Shape);
        var deviations = new double[input.Rows];
        for (int row = 0; row < input.Rows; row++)
        {
            Span<double> z = input.Values.AsSpan(row * channels, channels);
            Span<double> y = output.Values.AsSpan(row * channels, channels);
            double mean = Mean(z);
            for (int c = 0; c < channels; c++) y[c] = z[c] - mean;
            deviations[row] = Math.Sqrt(MeanProduct(y, y) + Epsilon);
            for (int c = 0; c < channels; c++) y[c] /= deviations[row];
        }

        return new Run(output, deviations);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum / values.Length;
    }

    private static double MeanProduct(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int c = 0; c < a.Length; c++) sum += a[c] * b[c];
        return sum / a.Length;
    }

    private sealed class Run(Signal output, double[] deviations) : LayerRun(output)
    {
        public override Signal Backward(Signal gradient, IBackwardVisitor visitor) => Project(gradient);

        public override Signal Tangent(Signal inputTangent, ParameterSet parameterTangent) => Project(inputTangent);

        /// <summary>The Jacobian (I − 11ᵀ/C − yyᵀ/C)/s of each position: symmetric, so it serves both directions.</summary>
        private Signal Project(Signal change)
        {
            int channels = change.Shape.Channels;
            int positions = change.Shape.PositionCount;
            int directions = PerSample.Directions(change, Output);
            var result = new Signal(change.Count, change.Shape);
            for (int row = 0; row < change.Rows; row++)
            {
                int own = row / positions / directions * positions + row % positions;
                Span<double> y = Output.Values.AsSpan(own * channels, channels);
                Span<double> d = change.Values.AsSpan(row * channels, channels);
                Span<double> target = result.Values.AsSpan(row * channels, channels);
                double mean = Mean(d);
                double along = MeanProduct(d, y);
                for (int c = 0; c < channels; c++) target[c] = (d[c] - mean - along * y[c]) / deviations[own];
            }

            return result;
        }
    }
}
