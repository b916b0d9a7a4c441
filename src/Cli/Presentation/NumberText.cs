using System.Globalization;

namespace InfiniteNtk.Cli.Presentation;

/// <summary>Numbers as people read them; what is not finite is a dash.</summary>
internal static class NumberText
{
    /// <summary>What stands for a number that does not exist.</summary>
    public const string None = "\u2013";

    /// <summary>Three significant digits (or as many as asked): 0.0701, 1.23, 152, 1.5e-7.</summary>
    public static string Significant(double? number, int digits = 3)
    {
        if (number is not { } value || !double.IsFinite(value)) return None;
        if (value == 0) return "0";
        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(double.Parse(value.ToString($"e{digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))));
        return exponent is < -4 or > 5
            ? value.ToString($"0.{new string('#', digits - 1)}e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal)
            : value.ToString($"F{Math.Max(digits - 1 - exponent, 0)}", CultureInfo.InvariantCulture);
    }

    /// <summary>A value to the digits its standard error leaves it: 0.0701 ± 0.0006.</summary>
    public static string WithError(double value, double standardError)
    {
        if (!double.IsFinite(value)) return None;
        if (!double.IsFinite(standardError) || standardError <= 0) return Significant(value);
        int decimals = Math.Max(1 - (int)Math.Floor(Math.Log10(standardError)), 0);
        // Four decimals are enough to read, but not for what is smaller itself.
        if (decimals > 4 && Math.Abs(value) < 1e-3) return $"{Significant(value)} ± {Significant(standardError, 1)}";
        decimals = Math.Min(decimals, 4);
        string error = standardError < 0.5 * Math.Pow(10, -decimals) ? Significant(standardError, 1) : standardError.ToString($"F{decimals}", CultureInfo.InvariantCulture);
        return $"{value.ToString($"F{decimals}", CultureInfo.InvariantCulture)} ± {error}";
    }

    /// <summary>A share as a percentage with one decimal: 98.1 %.</summary>
    public static string Percent(double? share, int decimals = 1) =>
        share is { } value && double.IsFinite(value) ? (100 * value).ToString($"F{decimals}", CultureInfo.InvariantCulture) + " %" : None;

    /// <summary>A fixed number of decimals.</summary>
    public static string Fixed(double? number, int decimals) =>
        number is { } value && double.IsFinite(value) ? value.ToString($"F{decimals}", CultureInfo.InvariantCulture) : None;

    /// <summary>A place in an order; equal ones share their mean, so that halves occur.</summary>
    public static string Rank(double? rank) => rank is { } value ? value.ToString("0.#", CultureInfo.InvariantCulture) : None;

    /// <summary>A count with its noun: 1 row, 2 rows.</summary>
    public static string Count(int count, string noun) => $"{count.ToString(CultureInfo.InvariantCulture)} {noun}{(count == 1 ? "" : "s")}";
}
