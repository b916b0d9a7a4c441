using InfiniteNtk.Cli.Charts;
using InfiniteNtk.Cli.Presentation;

namespace InfiniteNtk.Cli.Report;

/// <summary>Predicted against measured error, one point a row: the claim "compare without training" at a glance.</summary>
internal static class AgreementFigure
{
    /// <summary>The rows at their largest n.</summary>
    public static SvgChart Of(ComparisonResult result, RowKeys keys, double width = 500, double height = 440)
    {
        ChartSeries[] series =
        [
            Series("NNGP", 0, row => row.Kernel == "nngp"),
            Series("NTK", 1, row => row.Kernel == "ntk"),
            Series("baseline", 2, row => !RowKeys.IsNetwork(row)),
        ];
        return new SvgChart(width, height, "predicted error (nMSE)", "measured error (nMSE)", [.. series.Where(one => one.Points.Count > 0)])
        {
            Diagonal = true,
            Legend = LegendPlace.TopLeft,
            Description = "Predicted against measured error at the largest training set; on the diagonal both are equal",
        };

        ChartSeries Series(string label, int style, Func<ComparisonRow, bool> belongs) =>
            new(label, SeriesStyle.Of(style), [], [.. result.Rows.Where(row => belongs(row) && row.Points.Count > 0).Select(Point)]);

        ChartPoint Point(ComparisonRow row)
        {
            CurvePoint last = row.Points[^1];
            string tooltip = $"{keys.Label(row)}\nn = {last.N}: predicted {NumberText.Significant(last.Predicted)}, "
                + $"measured {NumberText.WithError(last.Measured, last.StandardError)}";
            return new ChartPoint(last.Predicted, last.Measured, last.StandardError, tooltip)
            {
                Name = RowKeys.IsNetwork(row) ? keys.Key(row) : row.Name,
            };
        }
    }
}
