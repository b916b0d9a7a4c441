using InfiniteNtk.Cli.Charts;
using InfiniteNtk.Cli.Presentation;

namespace InfiniteNtk.Cli.Report;

/// <summary>The figures of a verification: errors against width with their fits, scatter, and trained outputs over time.</summary>
internal sealed class WidthFigures(VerificationContext context)
{
    private const double PanelWidth = 500;
    private const double PanelHeight = 300;
    private const int LineParts = 40;

    /// <summary>The worst entry of each quantity over 1/width, with error bars, and its fit; where the line meets 0 is a.</summary>
    public IEnumerable<SvgChart> Errors()
    {
        foreach ((VerifiedQuantity quantity, int index) in context.Quantities.Select((one, i) => (one, i)))
        {
            LimitVerdict verdict = quantity.Verdict;
            double widest = verdict.Widths.Max(width => 1.0 / width);
            ChartPoint[] line = [.. Enumerable.Range(0, LineParts + 1).Select(i => (double)i / LineParts * widest).Select(x => new ChartPoint(x, verdict.At(x)))];
            ChartPoint[] points =
            [
                .. verdict.Worst.Points.Select(point => new ChartPoint(
                    1.0 / point.Width, point.Error, point.StandardError, $"width {point.Width}, {point.Draws} networks: {NumberText.WithError(point.Error, point.StandardError)}")),
                new(0, verdict.Intercept, verdict.StandardError, $"a = {NumberText.WithError(verdict.Intercept, verdict.StandardError)}") { Name = "a" },
            ];
            yield return new SvgChart(PanelWidth, PanelHeight, "1 / width", "error", [new ChartSeries(quantity.Place, SeriesStyle.Of(index), [.. line], [.. points])])
            {
                Title = $"{quantity.Name}: {quantity.Title}",
                Description = $"{quantity.Name}: error of the mean over networks against 1/width, and its straight-line fit",
                Linear = true,
                Legend = LegendPlace.TopLeft,
            };
        }
    }

    /// <summary>Root mean square errors of single networks over width.</summary>
    public SvgChart Scatter() => new(PanelWidth, PanelHeight, "width", "error of one network", [.. context.Quantities.Select(Scatter)])
    {
        Title = "One network",
        Description = "Root mean square error of a single network against width, with lines of slope -1/2",
        XTicks = [.. context.Quantities[0].Verdict.Widths.Select(width => (double)width)],
        Legend = LegendPlace.BottomLeft,
    };

    /// <summary>Outputs over training steps: predicted lines, seen points.</summary>
    public SvgChart Trajectories()
    {
        IEnumerable<ChartSeries> series = context.Trajectories.GroupBy(point => point.Point).Select(group => new ChartSeries(
            $"point {group.Key}", SeriesStyle.Of(group.Key),
            [.. group.Select(point => new ChartPoint(point.Step, point.Predicted))],
            [.. group.Select(point => new ChartPoint(point.Step, point.Seen, point.StandardError, $"step {point.Step}: {NumberText.WithError(point.Seen, point.StandardError)}"))]));
        return new SvgChart(2 * PanelWidth + 20, PanelHeight, "steps of gradient descent", "mean output", [.. series.Take(SeriesStyle.Count)])
        {
            Description = "Mean outputs over training: predicted and seen at the largest width",
            Linear = true,
        };
    }

    private static ChartSeries Scatter(VerifiedQuantity quantity, int index)
    {
        LimitVerdict verdict = quantity.Verdict;
        (int width, double error) = (verdict.Widths[^1], verdict.SingleDrawErrors[^1]);
        return new ChartSeries(
            $"{quantity.Name}, slope {NumberText.Fixed(verdict.SingleDrawSlope, 2)}", SeriesStyle.Of(index),
            [.. verdict.Widths.Select(one => new ChartPoint(one, error * Math.Sqrt((double)width / one)))],
            [.. verdict.Widths.Zip(verdict.SingleDrawErrors, (one, own) => new ChartPoint(one, own, 0, $"width {one}: {NumberText.Significant(own)}"))]);
    }
}
