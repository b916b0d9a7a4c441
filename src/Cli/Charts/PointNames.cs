namespace InfiniteNtk.Cli.Charts;

/// <summary>Names beside points, each on the first side where it touches neither a point nor another name; else left to the tooltip.</summary>
internal static class PointNames
{
    private readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        public bool Meets(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
    }

    /// <summary>Draws the names of all points that have one.</summary>
    public static void Draw(Markup svg, PlotArea area, SvgChart chart)
    {
        const double radius = 4.5;
        double size = chart.FontSize - 1;
        var named = chart.Series
            .SelectMany(series => series.Points.Where(point => point.ShowsOn(chart.Linear)), (series, point) => (Point: point, series.Style.Colour))
            .Select(item => (item.Point, item.Colour, X: area.X.At(item.Point.X), Y: area.Y.At(item.Point.Y)))
            .ToArray();
        List<Box> taken = [.. named.Select(item => new Box(item.X - radius, item.Y - radius, item.X + radius, item.Y + radius))];
        foreach (var (point, colour, x, y) in named.Where(item => item.Point.Name.Length > 0))
        {
            double width = TextWidth.Of(point.Name, size), half = size / 2;
            (double X, double Y)[] centres =
            [
                (x + radius + 2 + width / 2, y), (x - radius - 2 - width / 2, y),
                (x, y - radius - half), (x, y + radius + half),
                (x + radius + width / 2, y - radius - 1), (x - radius - width / 2, y + radius + 1),
            ];
            foreach ((double cx, double cy) in centres)
            {
                var box = new Box(cx - width / 2, cy - half + 1, cx + width / 2, cy + half - 1);
                if (box.Left < area.Left || box.Right > area.Right || taken.Any(box.Meets)) continue;
                taken.Add(box);
                svg.Add($"<text x=\"{cx}\" y=\"{cy + size * 0.35}\" text-anchor=\"middle\" font-size=\"{size}\" fill=\"{colour}\">{point.Name}</text>\n");
                break;
            }
        }
    }
}
