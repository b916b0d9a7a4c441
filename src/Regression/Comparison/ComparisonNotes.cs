using System.Globalization;

namespace InfiniteNtk.Regression.Comparison;

/// <summary>What a reader of a row must be told because the numbers alone would mislead.</summary>
internal static class ComparisonNotes
{
    /// <summary>Copies, skewed errors, and predictions that are off by more than a factor of 1.2.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<CurvePoint> points, int copied, int distinct, int population)
    {
        if (distinct == 1) yield return "tells no two points apart";
        else if (copied > 0) yield return $"{copied} of {population} points have exact copies, {distinct} are distinct: predicted as such, but the spectral prediction does not know";
        CurvePoint[] skewed = [.. points.Where(point => point.IsSkewed)];
        if (skewed.Length > 0)
        {
            yield return $"skewed errors: {List(skewed, point => Number($"mean {point.Measured:G3} and median {point.Median:G3} at n = {point.N}"))}";
        }

        CurvePoint[] far = [.. points.Where(point => IsFar(point.Factor(point.Predicted)))];
        if (far.Length > 0) yield return $"prediction {List(far, point => Off(point.Factor(point.Predicted), point.N))}";
        CurvePoint[] spectral = [.. points.Where(point => IsFar(point.Factor(point.Spectral)))];
        if (spectral.Length > 0) yield return $"spectral prediction {List(spectral, point => Off(point.Factor(point.Spectral), point.N))}";
    }

    private static bool IsFar(double factor) => factor is > CurvePoint.FarOff or < 1 / CurvePoint.FarOff;

    private static string Off(double factor, int n) => factor < 1
        ? Number($"{100 * (1 - factor):F0} % low at n = {n}")
        : factor < 3 ? Number($"{100 * (factor - 1):F0} % high at n = {n}") : Number($"{factor:G2} times too high at n = {n}");

    private static string List(CurvePoint[] points, Func<CurvePoint, string> text) => string.Join(", ", points.Select(text));

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
