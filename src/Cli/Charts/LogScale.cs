namespace InfiniteNtk.Cli.Charts;

/// <summary>A logarithmic axis: values in [<paramref name="Min"/>, <paramref name="Max"/>] to pixels between two ends.</summary>
/// <param name="Min">Smallest value shown, positive.</param>
/// <param name="Max">Largest value shown, above <paramref name="Min"/>.</param>
/// <param name="Start">Pixel of <paramref name="Min"/>.</param>
/// <param name="End">Pixel of <paramref name="Max"/>.</param>
internal readonly record struct LogScale(double Min, double Max, double Start, double End)
{
    /// <summary>The range of these values with a margin of one part in <paramref name="marginParts"/> at both ends; values that no
    /// logarithm shows (zero, negative, not finite) are passed over.</summary>
    public static LogScale Around(IEnumerable<double> values, double start, double end, double marginParts = 25)
    {
        double min = double.PositiveInfinity, max = 0;
        foreach (double value in values.Where(Shows))
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        if (max == 0) return new LogScale(0.1, 1, start, end);
        double margin = Math.Max(Math.Log(max / min) / marginParts, 0.02);
        return new LogScale(Math.Exp(Math.Log(min) - margin), Math.Exp(Math.Log(max) + margin), start, end);
    }

    /// <summary>Whether a logarithmic axis can show the value.</summary>
    public static bool Shows(double value) => value is > 0 and < double.PositiveInfinity;

    /// <summary>The pixel of a value; values outside the range land on its end.</summary>
    public double At(double value) => Math.Clamp(Beyond(value), Math.Min(Start, End), Math.Max(Start, End));

    /// <summary>The pixel of a value, also outside the range: for lines that are cut at the frame.</summary>
    public double Beyond(double value) => Start + (End - Start) * (Math.Log(value / Min) / Math.Log(Max / Min));
}
