using System.Globalization;

namespace InfiniteNtk.Cli.Charts;

/// <summary>Where an axis is labelled, and how numbers on axes are written.</summary>
internal static class Ticks
{
    // From sparse to dense: the first that gives enough labels inside the range is taken.
    private static readonly double[][] _mantissas = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7]];

    /// <summary>
    /// Round values inside [min, max]: decades where the range spans many, else 1-3, 1-2-5 or finer steps of each decade, else
    /// evenly spaced round values. At least <paramref name="least"/> labels where steps allow it, at most about nine.
    /// </summary>
    public static IReadOnlyList<double> For(double min, double max, int least = 3)
    {
        int low = (int)Math.Floor(Math.Log10(min)), high = (int)Math.Ceiling(Math.Log10(max));
        foreach (double[] mantissas in _mantissas)
        {
            double[] ticks =
            [
                .. Enumerable.Range(low, high - low + 1)
                    .SelectMany(decade => mantissas.Select(mantissa => Round(mantissa, decade)))
                    .Where(tick => tick >= min && tick <= max),
            ];
            if (ticks.Length < least) continue;
            int stride = (ticks.Length + 8) / 9;
            return [.. ticks.Where((_, index) => index % stride == 0)];
        }

        return Even(min, max);
    }

    /// <summary>A number as axes show it: 0.05, 200, 20000, 1e-5.</summary>
    public static string Label(double value)
    {
        double size = Math.Abs(value);
        return size is 0 or (>= 1e-3 and < 1e5)
            ? value.ToString("0.######", CultureInfo.InvariantCulture)
            : value.ToString("0.##e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal);
    }

    /// <summary>Evenly spaced round values inside [min, max]: the coarsest step that gives three.</summary>
    public static double[] Even(double min, double max)
    {
        for (int power = (int)Math.Ceiling(Math.Log10(max - min)); ; power--)
        {
            foreach (int factor in (ReadOnlySpan<int>)[5, 2, 1])
            {
                // Multiples of a negative power of ten are taken as quotients: 0.3 is 3/10 and not 3 x 0.1.
                double scale = Math.Pow(10, Math.Abs(power));
                double step = power < 0 ? factor / scale : factor * scale;
                double first = Math.Ceiling(min / step), last = Math.Floor(max / step);
                if (last - first < 2) continue;
                return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => power < 0 ? (first + i) * factor / scale : (first + i) * step)];
            }
        }
    }

    private static double Round(double mantissa, int decade) =>
        double.Parse($"{mantissa.ToString(CultureInfo.InvariantCulture)}e{decade}", CultureInfo.InvariantCulture);
}
