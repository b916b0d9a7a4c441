namespace InfiniteNtk.Cli.Charts;

/// <summary>An axis: values in [<paramref name="Min"/>, <paramref name="Max"/>] to pixels between two ends.</summary>
/// <param name="Min">Smallest value shown; positive on a logarithmic axis.</param>
/// <param name="Max">Largest value shown, above <paramref name="Min"/>.</param>
/// <param name="Start">Pixel of <paramref name="Min"/>.</param>
/// <param name="End">Pixel of <paramref name="Max"/>.</param>
/// <param name="Linear">Whether pixels follow the values, not their logarithms.</param>
internal readonly record struct AxisScale(double Min, double Max, double Start, double End, bool Linear = false)
{
    /// <summary>The range of these values with a margin of one part in <paramref name="marginParts"/> at both ends; values that the
    /// axis cannot show (not finite; zero and negative ones on a logarithmic axis) are passed over.</summary>
    public static AxisScale Around(IEnumerable<double> values, double start, double end, bool linear = false, double marginParts = 25)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        foreach (double value in values.Where(value => Shows(value, linear)))
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        if (double.IsNegativeInfinity(max)) return new AxisScale(linear ? 0 : 0.1, 1, start, end, linear);
        if (linear)
        {
            double room = max > min ? (max - min) / marginParts : Math.Max(Math.Abs(max) / 2, 1e-9);
            return new AxisScale(min - room, max + room, start, end, linear);
        }

        double margin = Math.Max(Math.Log(max / min) / marginParts, 0.02);
        return new AxisScale(Math.Exp(Math.Log(min) - margin), Math.Exp(Math.Log(max) + margin), start, end);
    }

    /// <summary>Whether an axis can show the value.</summary>
    public static bool Shows(double value, bool linear) => linear ? double.IsFinite(value) : value is > 0 and < double.PositiveInfinity;

    /// <summary>The pixel of a value; values outside the range land on its end.</summary>
    public double At(double value) => Math.Clamp(Beyond(value), Math.Min(Start, End), Math.Max(Start, End));

    /// <summary>The pixel of a value, also outside the range: for lines that are cut at the frame.</summary>
    public double Beyond(double value) => Start + (End - Start) * (Linear ? (value - Min) / (Max - Min) : Math.Log(value / Min) / Math.Log(Max / Min));
}
