namespace InfiniteNtk;

/// <summary>A loss of outputs f against targets y, both samples × outputs, row-major. Another loss is another record with a gradient.</summary>
public abstract record TrainingLoss
{
    /// <summary>½ mean over samples and outputs of (f − y)².</summary>
    public static TrainingLoss SquaredError { get; } = new Squared();

    /// <summary>−mean over samples of Σ_o y_o ln softmax(f)_o; y are class probabilities, one-hot or not.</summary>
    public static TrainingLoss CrossEntropy { get; } = new SoftmaxCrossEntropy();

    /// <summary>The loss.</summary>
    /// <param name="outputs">f.</param>
    /// <param name="targets">y.</param>
    /// <param name="width">Outputs of a sample.</param>
    public abstract double Value(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, int width);

    /// <summary>Its gradient with respect to f, written to <paramref name="gradient"/>.</summary>
    /// <param name="outputs">f.</param>
    /// <param name="targets">y.</param>
    /// <param name="width">Outputs of a sample.</param>
    /// <param name="gradient">∂L/∂f.</param>
    public abstract void Gradient(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, int width, Span<double> gradient);

    private sealed record Squared : TrainingLoss
    {
        public override double Value(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, int width)
        {
            double sum = 0;
            for (int k = 0; k < outputs.Length; k++) sum += (outputs[k] - targets[k]) * (outputs[k] - targets[k]);
            return sum / (2.0 * outputs.Length);
        }

        public override void Gradient(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, int width, Span<double> gradient)
        {
            for (int k = 0; k < outputs.Length; k++) gradient[k] = (outputs[k] - targets[k]) / outputs.Length;
        }
    }

    private sealed record SoftmaxCrossEntropy : TrainingLoss
    {
        public override double Value(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, int width)
        {
            double sum = 0;
            for (int first = 0; first < outputs.Length; first += width)
            {
                double total = LogSum(outputs.Slice(first, width));
                for (int o = first; o < first + width; o++) sum += targets[o] * (total - outputs[o]);
            }

            return sum * width / outputs.Length;
        }

        public override void Gradient(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, int width, Span<double> gradient)
        {
            double samples = (double)outputs.Length / width;
            for (int first = 0; first < outputs.Length; first += width)
            {
                double total = LogSum(outputs.Slice(first, width)), mass = 0;
                for (int o = first; o < first + width; o++) mass += targets[o];
                for (int o = first; o < first + width; o++) gradient[o] = (mass * Math.Exp(outputs[o] - total) - targets[o]) / samples;
            }
        }

        /// <summary>ln Σ e^f, without overflow.</summary>
        private static double LogSum(ReadOnlySpan<double> outputs)
        {
            double largest = double.NegativeInfinity, sum = 0;
            foreach (double output in outputs) largest = Math.Max(largest, output);
            foreach (double output in outputs) sum += Math.Exp(output - largest);
            return largest + Math.Log(sum);
        }
    }
}
