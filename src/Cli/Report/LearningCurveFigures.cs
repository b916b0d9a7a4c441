using InfiniteNtk.Cli.Charts;
using InfiniteNtk.Cli.Presentation;

namespace InfiniteNtk.Cli.Report;

/// <summary>Learning curves of a comparison: one overview of the best rows, and one small panel for each network.</summary>
internal sealed class LearningCurveFigures(ComparisonResult result, RowKeys keys)
{
    private const int OverviewNetworks = 5;
    private const string XLabel = "training points n";
    private const string YLabel = "error on unseen points (nMSE)";

    /// <summary>The best kernel of each of the best networks and of the best baseline; every other row as a faint line.</summary>
    public SvgChart Overview(double width = 1040, double height = 430) => Overview(width, height, LegendPlace.Right);

    /// <summary>The same for narrow screens, at the size at which they show it: letters keep their size, and the legend stands below.</summary>
    public SvgChart Narrow() => Overview(380, 470, LegendPlace.Below);

    private SvgChart Overview(double width, double height, LegendPlace legend)
    {
        ComparisonRow[] chosen =
        [
            .. result.Rows.Where(RowKeys.IsNetwork).DistinctBy(row => row.Name).Take(OverviewNetworks),
            .. result.Rows.Where(row => !RowKeys.IsNetwork(row)).Take(1),
        ];
        chosen = [.. result.Rows.Where(chosen.Contains)];
        return new SvgChart(width, height, XLabel, YLabel, [.. chosen.Select((row, i) => Series(row, keys.Label(row), SeriesStyle.Of(i)))])
        {
            Description = $"Learning curves: predicted (lines) and measured (points) error of {NumberText.Count(chosen.Length, "row")}",
            Context = [.. result.Rows.Except(chosen).Select(Measured)],
            XTicks = Sizes,
            Legend = legend,
        };
    }

    /// <summary>A panel for each measured network with its kernels, on shared axes; then one with all baselines, on axes of its own.</summary>
    public IEnumerable<SvgChart> Panels(double width = 336, double height = 250)
    {
        foreach ((string key, string name) in keys.Networks)
        {
            ComparisonRow[] rows = [.. result.Rows.Where(row => RowKeys.IsNetwork(row) && row.Name == name).OrderBy(row => row.Kernel, StringComparer.Ordinal)];
            if (rows.Length > 0) yield return Panel($"{key}: {NetworkLabel.Short(name)}", $"{key}: {name}", rows, width, height);
        }

        ComparisonRow[] baselines = [.. result.Rows.Where(row => !RowKeys.IsNetwork(row))];
        if (baselines.Length > 0) yield return Panel("Baselines", "Baselines", baselines, width, height);
    }

    private SvgChart Panel(string title, string description, ComparisonRow[] rows, double width, double height) =>
        new(width, height, "", "", [.. rows.Select((row, i) => Series(row, RowKeys.IsNetwork(row) ? RowKeys.KernelName(row) : row.Name, SeriesStyle.Of(i)) with { Thin = Spectral(row) })])
        {
            Title = title,
            Description = description,
            Context = [.. result.Rows.Except(rows).Select(Measured)],
            XTicks = Sizes,
            Include = [.. result.Rows.Where(row => RowKeys.IsNetwork(row) && RowKeys.IsNetwork(rows[0])).SelectMany(row => Measured(row).Concat(Spectral(row)))],
            Legend = LegendPlace.BottomLeft,
            FontSize = 11,
        };

    private ValueList<double> Sizes => result.Rows.Count == 0 ? [] : [.. result.Rows[0].Points.Select(point => (double)point.N)];

    private ChartSeries Series(ComparisonRow row, string label, SeriesStyle style) => new(
        label, style,
        [.. row.Points.Select(point => new ChartPoint(point.N, point.Predicted))],
        [.. row.Points.Select(point => new ChartPoint(point.N, point.Measured, point.StandardError, Tooltip(row, point)))]);

    private static ValueList<ChartPoint> Measured(ComparisonRow row) => [.. row.Points.Select(point => new ChartPoint(point.N, point.Measured))];

    private static ValueList<ChartPoint> Spectral(ComparisonRow row) => [.. row.Points.Select(point => new ChartPoint(point.N, point.Spectral))];

    private string Tooltip(ComparisonRow row, CurvePoint point)
    {
        Deviation deviation = Deviation.Of(point);
        string miss = deviation.IsMiss ? $"; {deviation.Text}" : "";
        return $"{keys.Label(row)}\nn = {point.N}: measured {NumberText.WithError(point.Measured, point.StandardError)}, "
            + $"predicted {NumberText.Significant(point.Predicted)}{miss}";
    }
}
