namespace InfiniteNtk.Cli.Charts;

/// <summary>The inner rectangle of a chart with its two scales; it knows how much room the labels around it need.</summary>
internal sealed class PlotArea
{
    private readonly SvgChart _chart;
    private readonly (double Value, string Label)[] _xTicks, _yTicks;

    private PlotArea(SvgChart chart, AxisScale x, AxisScale y, (double, string)[] xTicks, (double, string)[] yTicks)
    {
        _chart = chart;
        X = x;
        Y = y;
        _xTicks = xTicks;
        _yTicks = yTicks;
    }

    public AxisScale X { get; }

    public AxisScale Y { get; }

    public double Left => X.Start;

    public double Right => X.End;

    public double Top => Y.End;

    public double Bottom => Y.Start;

    public static PlotArea For(SvgChart chart)
    {
        ChartPoint[] points =
        [
            .. chart.Series.SelectMany(series => series.Line.Concat(series.Thin).Concat(series.Points)), .. chart.Include,
        ];
        points = [.. points.Where(point => point.ShowsOn(chart.Linear))];
        IEnumerable<double> xs = points.Select(point => point.X);
        IEnumerable<double> ys = points.Select(point => point.Y).Concat(points.Select(point => point.Y + point.Error));
        if (chart.Linear) ys = ys.Concat(points.Select(point => point.Y - point.Error)).Append(0);
        if (chart.Diagonal) xs = ys = [.. xs, .. ys];

        double size = chart.FontSize;
        double top = chart.Title.Length > 0 ? size * 2.1 : size;
        double bottom = chart.Height - size * 1.9 - (chart.XLabel.Length > 0 ? size * 1.6 : 0) - (chart.Legend == LegendPlace.Below ? ChartLegend.HeightOf(chart) : 0);
        var y = AxisScale.Around(ys, bottom, top, chart.Linear);
        (double, string)[] yTicks = [.. TicksOf(y, (bottom - top) / size > 25 ? 4 : 3).Select(value => (value, Ticks.Label(value)))];

        double left = yTicks.Max(tick => TextWidth.Of(tick.Item2, size)) + size * 0.9 + (chart.YLabel.Length > 0 ? size * 1.7 : 0);
        double right = chart.Width - (chart.Legend == LegendPlace.Right ? ChartLegend.WidthOf(chart) : 0) - size;
        var x = AxisScale.Around(xs, left, right, chart.Linear);
        IEnumerable<double> xValues = chart.XTicks.Count > 0 ? chart.XTicks : TicksOf(x, (right - left) / size > 30 ? 4 : 3);
        return new PlotArea(chart, x, y, Spaced(xValues, x, size), yTicks);
    }

    private static IReadOnlyList<double> TicksOf(AxisScale scale, int least) => scale.Linear ? Ticks.Even(scale.Min, scale.Max) : Ticks.For(scale.Min, scale.Max, least);

    /// <summary>Frame, grid, tick labels and axis titles.</summary>
    public void DrawAxes(Markup svg)
    {
        double size = _chart.FontSize;
        foreach ((double value, string label) in _yTicks)
        {
            double y = Y.At(value);
            svg.Add($"<path d=\"M{Left} {y}H{Right}\" stroke=\"#e6e9ee\" stroke-width=\"1\"/>");
            svg.Add($"<text x=\"{Left - 6}\" y=\"{y + size * 0.35}\" text-anchor=\"end\" fill=\"#4a5564\">{label}</text>\n");
        }

        foreach ((double value, string label) in _xTicks)
        {
            double x = X.At(value);
            svg.Add($"<path d=\"M{x} {Top}V{Bottom}\" stroke=\"#eef0f4\" stroke-width=\"1\"/><path d=\"M{x} {Bottom}v4\" stroke=\"#7a8494\"/>");
            if (label.Length > 0) svg.Add($"<text x=\"{x}\" y=\"{Bottom + size * 1.45}\" text-anchor=\"middle\" fill=\"#4a5564\">{label}</text>\n");
        }

        svg.Add($"<path d=\"M{Left} {Top}V{Bottom}H{Right}\" fill=\"none\" stroke=\"#7a8494\" stroke-width=\"1\"/>\n");
        if (_chart.Linear && Y.Min < 0) svg.Add($"<path d=\"M{Left} {Y.At(0)}H{Right}\" stroke=\"#7a8494\" stroke-width=\"1\"/>\n");
        if (_chart.Diagonal) svg.Add($"<path d=\"M{Left} {Bottom}L{Right} {Top}\" stroke=\"#7a8494\" stroke-width=\"1\" stroke-dasharray=\"4 3\"/>\n");
        DrawTitles(svg, size);
    }

    private void DrawTitles(Markup svg, double size)
    {
        if (_chart.XLabel.Length > 0)
        {
            svg.Add($"<text x=\"{(Left + Right) / 2}\" y=\"{Bottom + size * 3}\" text-anchor=\"middle\" fill=\"#1b2430\">{_chart.XLabel}</text>\n");
        }

        if (_chart.YLabel.Length > 0)
        {
            double x = size * 1.1, y = (Top + Bottom) / 2;
            svg.Add($"<text transform=\"translate({x} {y}) rotate(-90)\" text-anchor=\"middle\" fill=\"#1b2430\">{_chart.YLabel}</text>\n");
        }
    }

    // Every tick keeps its mark; a label that would touch its right neighbour is left out, the last one never.
    private static (double Value, string Label)[] Spaced(IEnumerable<double> values, AxisScale scale, double size)
    {
        double[] shown = [.. values.Where(value => value >= scale.Min && value <= scale.Max).Order()];
        var ticks = new (double, string)[shown.Length];
        double limit = double.PositiveInfinity;
        for (int i = shown.Length - 1; i >= 0; i--)
        {
            string label = Ticks.Label(shown[i]);
            double half = TextWidth.Of(label, size) / 2 + size * 0.25, x = scale.At(shown[i]);
            bool fits = x + half <= limit;
            ticks[i] = (shown[i], fits ? label : "");
            if (fits) limit = x - half;
        }

        return ticks;
    }
}
