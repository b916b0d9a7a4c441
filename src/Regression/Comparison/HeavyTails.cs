namespace InfiniteNtk.Regression.Comparison;

/// <summary>
/// Statistics of errors over training sets that a few huge ones do not decide: a tenth of the sets can carry nearly all of a mean, and then its
/// standard error is as large as it is itself, so that everything would agree with it.
/// </summary>
internal static class HeavyTails
{
    /// <summary>Of normal numbers the standard deviation is this many times the median distance from their median.</summary>
    private const double NormalDeviation = 1.4826;

    /// <summary>A spread beyond this many times what the bulk says is the tail's.</summary>
    private const double TailAllowed = 1.5;

    /// <summary>log of each error; one of 0 counts as the smallest number there is.</summary>
    public static double[] Logs(ReadOnlySpan<double> errors)
    {
        double[] logs = new double[errors.Length];
        for (int s = 0; s < logs.Length; s++) logs[s] = Math.Log(Math.Max(errors[s], double.Epsilon));
        return logs;
    }

    /// <summary>
    /// Standard error of the typical value: the standard deviation, but at most 1.5 times 1.4826 times the median distance from the median,
    /// divided by the root of the number.
    /// </summary>
    public static double StandardError(ReadOnlySpan<double> values)
    {
        double median = Measurement.MedianOf(values), mean = 0, squares = 0;
        double[] distances = new double[values.Length];
        for (int s = 0; s < values.Length; s++)
        {
            distances[s] = Math.Abs(values[s] - median);
            mean += values[s] / values.Length;
        }

        foreach (double value in values) squares += (value - mean) * (value - mean);
        double deviation = Math.Sqrt(squares / Math.Max(values.Length - 1, 1));
        double bulk = TailAllowed * NormalDeviation * Measurement.MedianOf(distances);
        return Math.Min(deviation, bulk > 0 ? bulk : deviation) / Math.Sqrt(values.Length);
    }

    /// <summary>
    /// Wilcoxon's signed ranks as a standard normal variable: above 0 where the differences tend to be positive. Differences of 0 are left out.
    /// </summary>
    public static double SignedRanks(ReadOnlySpan<double> differences)
    {
        double[] some = [.. differences.ToArray().Where(difference => difference != 0)];
        double[] ranks = RankCorrelation.Ranks([.. some.Select(Math.Abs)]);
        double n = some.Length, positive = 0;
        for (int s = 0; s < some.Length; s++) positive += some[s] > 0 ? ranks[s] : 0;
        return n == 0 ? 0 : (positive - n * (n + 1) / 4) / Math.Sqrt(n * (n + 1) * (2 * n + 1) / 24);
    }
}
