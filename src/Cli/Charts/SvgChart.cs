
namespace InfiniteNtk.Cli.Charts;

/// <summary>Where the legend stands.</summary>
internal enum LegendPlace
{
    None,

    /// <summary>A column to the right of the plot.</summary>
    Right,

    /// <summary>Under the plot and the title of its axis: for narrow charts.</summary>
    Below,

    /// <summary>Inside, bottom left: where falling curves leave room.</summary>
    BottomLeft,

    /// <summary>Inside, top left: where points along the diagonal leave room.</summary>
    TopLeft,
}

/// <summary>
/// A chart on two logarithmic (or linear) axes as SVG text: predicted lines, measured points with error bars, a legend, tooltips. Deterministic,
/// self-contained, and laid out with measured text so that nothing is clipped.
/// </summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="XLabel">What the horizontal axis shows.</param>
/// <param name="YLabel">What the vertical axis shows.</param>
/// <param name="Series">What is drawn, in the order of the legend.</param>
internal sealed record SvgChart(double Width, double Height, string XLabel, string YLabel, ValueList<ChartSeries> Series)
{
    /// <summary>Above the plot; empty: none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The whole title where <see cref="Title"/> had to be shortened; also what a screen reader says.</summary>
    public string Description { get; init; } = "";

    /// <summary>Faint lines behind, for orientation; they do not widen the axes and are cut at the frame.</summary>
    public ValueList<ValueList<ChartPoint>> Context { get; init; } = [];

    /// <summary>Where the horizontal axis is labelled; empty: round values.</summary>
    public ValueList<double> XTicks { get; init; } = [];

    /// <summary>Values that both axes must include beside the drawn ones (charts to be compared share them).</summary>
    public ValueList<ChartPoint> Include { get; init; } = [];

    /// <summary>Whether both axes have one range and the diagonal is drawn.</summary>
    public bool Diagonal { get; init; }

    /// <summary>Whether both axes are linear, the vertical one with its zero.</summary>
    public bool Linear { get; init; }

    /// <summary>Where the legend stands.</summary>
    public LegendPlace Legend { get; init; } = LegendPlace.Right;

    /// <summary>Size of labels; titles are one larger.</summary>
    public double FontSize { get; init; } = 12;

    /// <summary>The SVG element.</summary>
    public Markup Render()
    {
        PlotArea area = PlotArea.For(this);
        string name = Description.Length > 0 ? Description : Title;
        var svg = new Markup();
        svg.Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" ");
        svg.Add($"role=\"img\" aria-label=\"{name}\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"{FontSize}\">\n");
        svg.Add($"<title>{name}</title>\n<rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>\n");
        DrawTitle(svg, area);
        area.DrawAxes(svg);
        DrawContext(svg, area);
        // Lines first: a measured point is never hidden by a prediction.
        foreach (ChartSeries series in Series)
        {
            DrawLine(svg, area, series.Thin, series.Style.Colour, "1 3", 1.2);
            DrawLine(svg, area, series.Line, series.Style.Colour, series.Style.Dash, 2);
        }

        foreach (ChartSeries series in Series) DrawPoints(svg, area, series);
        PointNames.Draw(svg, area, this);
        new ChartLegend(this, area).Draw(svg);
        return svg.Add($"</svg>\n");
    }

    private void DrawTitle(Markup svg, PlotArea area)
    {
        if (Title.Length == 0) return;
        string title = TextWidth.Fit(Title, Width - area.Left - 4, FontSize + 1, bold: true);
        svg.Add($"<text x=\"{area.Left}\" y=\"{FontSize + 5}\" font-size=\"{FontSize + 1}\" font-weight=\"bold\" fill=\"#1b2430\">{title}</text>\n");
    }

    /// <summary>A nested drawing as large as the plot cuts what leaves it.</summary>
    private void DrawContext(Markup svg, PlotArea area)
    {
        double width = area.Right - area.Left, height = area.Bottom - area.Top;
        svg.Add($"<svg x=\"{area.Left}\" y=\"{area.Top}\" width=\"{width}\" height=\"{height}\" viewBox=\"{area.Left} {area.Top} {width} {height}\">\n");
        foreach (ValueList<ChartPoint> line in Context) DrawLine(svg, area, line, "#c9ced6", "", 1);
        svg.Add($"</svg>\n");
    }

    private void DrawLine(Markup svg, PlotArea area, ValueList<ChartPoint> line, string colour, string dash, double width)
    {
        ChartPoint[] shown = [.. line.Where(point => point.ShowsOn(Linear))];
        if (shown.Length < 2) return;
        svg.Add($"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"");
        if (dash.Length > 0) svg.Add($" stroke-dasharray=\"{dash}\"");
        svg.Add($" points=\"");
        foreach (ChartPoint point in shown) svg.Add($"{area.X.Beyond(point.X)},{area.Y.Beyond(point.Y)} ");
        svg.Add($"\"/>\n");
    }

    private void DrawPoints(Markup svg, PlotArea area, ChartSeries series)
    {
        foreach (ChartPoint point in series.Points.Where(point => point.ShowsOn(Linear)))
        {
            double x = area.X.At(point.X), y = area.Y.At(point.Y);
            svg.Add($"<g>");
            if (point.Tooltip.Length > 0) svg.Add($"<title>{point.Tooltip}</title>");
            if (point.Error > 0)
            {
                // A bar that reaches zero runs to the bottom of a logarithmic axis.
                double low = area.Y.At(Math.Max(point.Y - point.Error, area.Y.Min)), high = area.Y.At(point.Y + point.Error);
                svg.Add($"<path d=\"M{x} {low}V{high}M{x - 3} {low}h6M{x - 3} {high}h6\" stroke=\"{series.Style.Colour}\" stroke-width=\"1.2\" fill=\"none\"/>");
            }

            Markers.Draw(svg, series.Style, x, y, 3.6);
            svg.Add($"</g>\n");
        }
    }
}
