namespace InfiniteNtk.Cli.Charts;

/// <summary>The legend of a chart: a sample of line and marker beside each label.</summary>
internal sealed class ChartLegend(SvgChart chart, PlotArea area)
{
    private const double Sample = 30;
    private const double Gap = 8;
    private const double LargestShare = 0.34;

    /// <summary>The room a legend at the right needs, at most a third of the chart.</summary>
    public static double WidthOf(SvgChart chart)
    {
        double widest = chart.Series.Count == 0 ? 0 : chart.Series.Max(series => TextWidth.Of(series.Label, chart.FontSize));
        return Math.Min(Math.Ceiling(widest) + Sample + 2 * Gap + chart.FontSize, chart.Width * LargestShare);
    }

    /// <summary>The room a legend below the plot needs.</summary>
    public static double HeightOf(SvgChart chart) => LineHeight(chart) * chart.Series.Count;

    public void Draw(Markup svg)
    {
        if (chart.Legend == LegendPlace.None || chart.Series.Count == 0) return;
        double size = chart.FontSize, line = LineHeight(chart);
        bool inside = chart.Legend is LegendPlace.BottomLeft or LegendPlace.TopLeft;
        double left = chart.Legend switch { LegendPlace.Right => area.Right + size, LegendPlace.Below => 4, _ => area.Left + 6 };
        double room = (inside ? area.Right : chart.Width) - left - Sample - Gap - 2;
        double top = chart.Legend switch
        {
            LegendPlace.BottomLeft => area.Bottom - 4 - line * chart.Series.Count,
            LegendPlace.Below => chart.Height - line * chart.Series.Count - 2,
            _ => area.Top + 2,
        };
        if (inside)
        {
            double width = chart.Series.Max(series => Math.Min(TextWidth.Of(series.Label, size), room)) + Sample + Gap + 4;
            svg.Add($"<rect x=\"{left - 3}\" y=\"{top - 1}\" width=\"{width + 3}\" height=\"{line * chart.Series.Count}\" fill=\"#ffffff\" fill-opacity=\"0.82\"/>\n");
        }

        for (int i = 0; i < chart.Series.Count; i++) DrawEntry(svg, chart.Series[i], left, top + line * (i + 0.5), room);
    }

    private static double LineHeight(SvgChart chart) => chart.FontSize * 1.55;

    private void DrawEntry(Markup svg, ChartSeries series, double left, double y, double room)
    {
        SeriesStyle style = series.Style;
        svg.Add($"<g><title>{series.Label}</title>");
        if (series.Line.Count > 0)
        {
            svg.Add($"<path d=\"M{left} {y}h{Sample}\" stroke=\"{style.Colour}\" stroke-width=\"2\"");
            if (style.Dash.Length > 0) svg.Add($" stroke-dasharray=\"{style.Dash}\"");
            svg.Add($"/>");
        }

        if (series.Points.Count > 0) Markers.Draw(svg, style, left + Sample / 2, y, 3.6);
        string label = TextWidth.Fit(series.Label, room, chart.FontSize);
        svg.Add($"<text x=\"{left + Sample + Gap}\" y=\"{y + chart.FontSize * 0.35}\" fill=\"#1b2430\">{label}</text></g>\n");
    }
}
