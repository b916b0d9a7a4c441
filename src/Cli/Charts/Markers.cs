namespace InfiniteNtk.Cli.Charts;

/// <summary>The shapes of measured points.</summary>
internal static class Markers
{
    /// <summary>Draws the marker of a style, about <paramref name="r"/> pixels in radius, with a white edge that keeps it off lines.</summary>
    public static void Draw(Markup svg, SeriesStyle style, double x, double y, double r)
    {
        double a = r * 0.9, d = r * 1.25;
        string colour = style.Colour;
        switch (style.Marker)
        {
            case Marker.Circle:
                svg.Add($"<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"{colour}\" stroke=\"#ffffff\" stroke-width=\"0.8\"/>");
                break;
            case Marker.Square:
                svg.Add($"<path d=\"M{x - a} {y - a}h{2 * a}v{2 * a}h{-2 * a}z\" fill=\"{colour}\" stroke=\"#ffffff\" stroke-width=\"0.8\"/>");
                break;
            case Marker.Diamond:
                svg.Add($"<path d=\"M{x} {y - d}l{d} {d}l{-d} {d}l{-d} {-d}z\" fill=\"{colour}\" stroke=\"#ffffff\" stroke-width=\"0.8\"/>");
                break;
            case Marker.Triangle:
                svg.Add($"<path d=\"M{x} {y - d}l{d} {2 * a}h{-2 * d}z\" fill=\"{colour}\" stroke=\"#ffffff\" stroke-width=\"0.8\"/>");
                break;
            case Marker.Down:
                svg.Add($"<path d=\"M{x} {y + d}l{d} {-2 * a}h{-2 * d}z\" fill=\"{colour}\" stroke=\"#ffffff\" stroke-width=\"0.8\"/>");
                break;
            case Marker.Cross:
                svg.Add($"<path d=\"M{x - a} {y - a}l{2 * a} {2 * a}M{x - a} {y + a}l{2 * a} {-2 * a}\" stroke=\"{colour}\" stroke-width=\"2\" fill=\"none\"/>");
                break;
        }
    }
}
