using InfiniteNtk.Cli.Presentation;
using InfiniteNtk.Kernels;
using InfiniteNtk.Regression.Comparison;
using InfiniteNtk.Regression.Data;

namespace InfiniteNtk.Cli.Report;

/// <summary>What a comparison says, in sentences: the winner and its ties, the ranking claim, every miss of the theory, and what was left out.</summary>
internal static class ComparisonFindings
{
    /// <summary>Four sentences at most.</summary>
    public static IEnumerable<(string Lead, string Text)> Of(ComparisonResult result, RowKeys keys)
    {
        if (result.Rows.Count > 0)
        {
            yield return Best(result, keys);
            if (double.IsFinite(result.RankCorrelation)) yield return Ranking(result);
            yield return Misses(result, keys);
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
            : $"Within two standard errors of it (paired), so a tie: {string.Join(", ", ties)}.";
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
        var worst = misses.MaxBy(item => Math.Abs(Math.Log(item.Deviation.Ratio)));
        return ("Theory", $"misses the measurement by more than three standard errors at {misses.Length} of {points.Length} points; "
            + $"furthest at {keys.Tag(worst.Row)}, n = {worst.Point.N}: {worst.Deviation.Text}.");
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
