using System.Globalization;
using System.Xml.Linq;
using InfiniteNtk.Cli.Charts;
using Xunit;

namespace InfiniteNtk.Cli.Tests.Charts;

public sealed class SvgChartTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private static SvgChart Chart(string label = "ReLU <b>&\"'") => new(600, 300, "n", "error",
        [new ChartSeries(label, SeriesStyle.Of(0), [new(50, 0.2), new(1000, 0.05)], [new(50, 0.21, 0.01, "n = 50"), new(1000, 0.06, 0.002)])]);

    [Fact]
    public void A_chart_is_well_formed_whatever_its_labels_hold()
    {
        XElement svg = XElement.Parse(Chart("<script>alert('&')</script>\u0000\uD800").Render().ToString());
        Assert.Equal(s_svg + "svg", svg.Name);
        Assert.Empty(svg.Descendants(s_svg + "script"));
        Assert.Contains(svg.Descendants(s_svg + "title"), title => title.Value.StartsWith("<script>", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_text_lies_inside_the_picture()
    {
        XElement svg = XElement.Parse(Chart("a label so long that it cannot possibly fit beside a plot of this width, whatever happens").Render().ToString());
        foreach (XElement text in svg.Descendants(s_svg + "text").Where(text => text.Attribute("x") is not null))
        {
            double size = (double?)text.Attribute("font-size") ?? 12, x = Number(text, "x"), width = TextWidth.Of(text.Value, size);
            double left = (string?)text.Attribute("text-anchor") switch { "middle" => x - width / 2, "end" => x - width, _ => x };
            Assert.True(left >= 0 && left + width <= 600, text.Value);
            Assert.InRange(Number(text, "y"), size * 0.7, 300);
        }

        Assert.Contains(svg.Descendants(s_svg + "text"), text => text.Value.EndsWith('\u2026'));
    }

    [Fact]
    public void Points_lie_where_the_logarithms_of_their_values_say()
    {
        XElement svg = XElement.Parse(Chart().Render().ToString());
        double[] x = [.. svg.Elements(s_svg + "g").SelectMany(g => g.Elements(s_svg + "circle")).Select(circle => Number(circle, "cx"))];
        double[] ticks = [.. svg.Elements(s_svg + "text").Where(text => text.Value is "50" or "1000").Select(text => Number(text, "x"))];
        Assert.Equal(ticks.Order(), x.Take(2).Order());
        var line = (string)svg.Element(s_svg + "polyline")!.Attribute("points")!;
        Assert.Equal(2, line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Error_bars_span_one_standard_error_on_either_side_and_lines_pass_through_their_values()
    {
        XElement svg = XElement.Parse(Chart().Render().ToString());
        XElement point = svg.Elements(s_svg + "g").First(g => g.Element(s_svg + "path") is not null && g.Element(s_svg + "circle") is not null);
        double[] bar = [.. ((string)point.Element(s_svg + "path")!.Attribute("d")!).Split(['M', 'V', 'h', ' '], StringSplitOptions.RemoveEmptyEntries).Take(3).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        double y = Number(point.Element(s_svg + "circle")!, "cy"), perLog = (bar[1] - bar[2]) / Math.Log(0.22 / 0.2);
        Assert.Equal(Math.Log(0.21 / 0.2), (bar[1] - y) / perLog, 1e-2);
        string[] line = ((string)svg.Element(s_svg + "polyline")!.Attribute("points")!).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        double[] heights = [.. line.Where((_, i) => i % 2 == 1).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Assert.Equal(Math.Log(0.2 / 0.05), (heights[1] - heights[0]) / perLog, 2e-2);
    }

    [Fact]
    public void Values_that_no_logarithm_shows_are_left_out_and_do_no_harm()
    {
        SvgChart chart = Chart() with
        {
            Series =
            [
                new ChartSeries("odd", SeriesStyle.Of(1), [new(50, double.NaN), new(100, 0), new(200, -1)],
                    [new(50, double.PositiveInfinity), new(100, 0.5, 0.7), new(0, 0.5)]),
            ],
        };
        XElement svg = XElement.Parse(chart.Render().ToString());
        Assert.Empty(svg.Elements(s_svg + "polyline"));
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, svg.Elements(s_svg + "g").Count());
        _ = XElement.Parse((chart with { Series = [] }).Render().ToString());
    }

    [Fact]
    public void Text_widths_are_those_of_the_fonts_metrics()
    {
        Assert.Equal(10 * (0.722 + 0.222 + 0.556), TextWidth.Of("Ria", 10), 10);
        Assert.Equal("Dense >> R\u2026", TextWidth.Fit("Dense >> Relu >> Dense", 80, 12));
        Assert.True(TextWidth.Of(TextWidth.Fit("Dense >> Relu >> Dense", 80, 12), 12) <= 80);
        Assert.Equal("Relu", TextWidth.Fit("Relu", 80, 12));
    }

    private static double Number(XElement element, string name) => double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);
}
