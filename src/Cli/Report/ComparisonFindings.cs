using InfiniteNtk.Cli.Presentation;

namespace InfiniteNtk.Cli.Report;

/// <summary>What a comparison says, in sentences: the winner and its ties, the ranking claim, every miss of the theory, and what was left out.</summary>
internal static class ComparisonFindings
{
    /// <summary>In fewer dimensions than this, predictions were found 10 to 30 % low (docs/decisions/0252).</summary>
    private const double FewDimensions = 5;

    /// <summary>Five sentences at most.</summary>
    public static IEnumerable<(string Lead, string Text)> Of(ComparisonResult result, RowKeys keys)
    {
        if (result.Rows.Count > 0)
        {
            yield return Best(result, keys);
            if (double.IsFinite(result.RankCorrelation)) yield return Ranking(result);
            yield return Misses(result, keys);
            string caution = string.Join(" ", Cautions(result, keys));
            if (caution.Length > 0) yield return ("Caution.", caution);
        }

        if (result.LeftOut.Count > 0) yield return LeftOut(result, keys);
    }

    private static (string, string) Best(ComparisonResult result, RowKeys keys)
    {
        ComparisonRow best = result.Rows[0];
        CurvePoint point = best.Points[^1];
        string accuracy = point.Accuracy is { } share ? $", {NumberText.Percent(share)} of unseen points right" : "";
        string units = result.Task == TaskKind.Regression ? $", R² {NumberText.Fixed(1 - point.Measured, 3)}" : "";
        string[] ties = [.. result.Rows.Skip(1).Where(row => row.Points[^1].TiedWithBest).Select(keys.Tag)];
        string tied = ties.Length == 0
            ? "No other row ties with it."
            : $"On the same training sets these do as well, a tie: {string.Join(", ", ties)}.";
        return ("Best.", $"At n = {point.N}, {keys.Label(best)}: measured nMSE {NumberText.WithError(point.Measured, point.StandardError)}{accuracy}{units}. {tied}");
    }

    private static (string, string) Ranking(ComparisonResult result) =>
        ("Order.", $"Sorted by the predicted error, without training, the {NumberText.Count(result.Rows.Count, "row")} have a rank correlation of "
        + $"{NumberText.Fixed(result.RankCorrelation, 3)} with the order by measured error (1 = the same order).");

    private static (string, string) Misses(ComparisonResult result, RowKeys keys)
    {
        var points = result.Rows.SelectMany(row => row.Points, (row, point) => (Row: row, Point: point, Deviation: Deviation.Of(point)))
            .Where(item => double.IsFinite(item.Deviation.Ratio)).ToArray();
        var misses = points.Where(item => item.Deviation.IsMiss).ToArray();
        if (misses.Length == 0) return ("Theory", $"agrees with measurement within three standard errors at all {points.Length} points.");
        var worst = misses.MaxBy(item => Math.Abs(Math.Log(item.Deviation.Factor)));
        int far = misses.Count(item => item.Deviation.IsFarOff);
        string by = far == 0 ? "" : $", by more than a factor of {NumberText.Significant(CurvePoint.FarOff, 2)} at {far} of them";
        return ("Theory", $"misses the measurement by more than three standard errors at {misses.Length} of {points.Length} points{by}; "
            + $"furthest at {keys.Tag(worst.Row)}, n = {worst.Point.N}: {worst.Deviation.Text}.");
    }

    /// <summary>What would mislead who reads the means and predictions alone.</summary>
    private static IEnumerable<string> Cautions(ComparisonResult result, RowKeys keys)
    {
        ComparisonRow[] skewed = [.. result.Rows.Where(row => row.Points.Any(point => point.IsSkewed))];
        if (skewed.Length > 0)
        {
            (ComparisonRow row, CurvePoint point) = skewed.SelectMany(row => row.Points, (row, point) => (row, point)).MaxBy(item => Math.Abs(Math.Log(item.point.Measured / item.point.Median)));
            yield return $"A few training sets carry the mean error of {NumberText.Count(skewed.Length, "row")}, most at {keys.Tag(row)}, n = {point.N}: mean "
                + $"{NumberText.Significant(point.Measured)}, median {NumberText.Significant(point.Median)}.";
        }

        int copied = result.Rows.Where(RowKeys.IsNetwork).Select(row => row.Copied).Where(count => count < result.Population).DefaultIfEmpty().Max();
        if (copied > 0)
        {
            yield return $"{copied} of the {result.Population} points have exact copies: a copy that is trained on gives the others away, so errors say less about new points. "
                + "Predictions count copies, the spectral ones do not.";
        }

        if (result.IntrinsicDimension < FewDimensions)
        {
            yield return $"The inputs fill about {NumberText.Significant(result.IntrinsicDimension, 2)} dimensions: in so few, predictions tend to be low, by up to 30 %, "
                + "because neighbours in a training set act together and their variance is missed.";
        }
    }

    private static (string, string) LeftOut(ComparisonResult result, RowKeys keys) =>
        ("Left out.", $"{NumberText.Count(result.LeftOut.Count, "kernel")} could not be compared, each for the reason given: {string.Join(", ", result.LeftOut.Select(keys.Tag))}.");

    /// <summary>At most three indices of a curve to show in a table: the smallest, the middle and the largest n.</summary>
    public static ValueList<int> ShownPoints(ComparisonResult result)
    {
        int count = result.Rows.Count == 0 ? 0 : result.Rows[0].Points.Count;
        return count <= 3 ? [.. Enumerable.Range(0, count)] : [0, (count - 1) / 2, count - 1];
    }
}
