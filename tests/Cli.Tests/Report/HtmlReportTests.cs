using System.Text.RegularExpressions;
using System.Xml.Linq;
using InfiniteNtk.Cli.Charts;
using InfiniteNtk.Cli.Presentation;
using InfiniteNtk.Cli.Report;
using Xunit;

namespace InfiniteNtk.Cli.Tests.Report;

public sealed class HtmlReportTests
{
    private static string Digits() => new HtmlReport(SampleComparison.Digits(), SampleComparison.Context).Render();

    private static XElement Parse(string html) => XElement.Parse(html[html.IndexOf("<html", StringComparison.Ordinal)..]);

    private static XElement Table(XElement page, string id) => page.Descendants("table").Single(table => (string?)table.Attribute("id") == id);

    [Fact]
    public void The_page_is_well_formed_and_refers_to_nothing_outside()
    {
        string html = Digits();
        XElement page = Parse(html);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe");
        Assert.All(page.Descendants().Attributes("href"), link => Assert.StartsWith("#", link.Value, StringComparison.Ordinal));
        Assert.Equal("http://www.w3.org/2000/svg", Assert.Single(Regex.Matches(html, "https?://[^\"' )]*").Select(match => match.Value).Distinct()));
        string style = page.Descendants("style").Single().Value;
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_every_row_in_the_order_of_the_result()
    {
        ComparisonResult result = SampleComparison.Digits();
        var keys = new RowKeys(result);
        XElement[] rows = [.. Table(Parse(Digits()), "comparison").Element("tbody")!.Elements("tr")];
        Assert.Equal(result.Rows.Count, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            string[] cells = [.. rows[i].Elements("td").Select(cell => cell.Value)];
            ComparisonRow row = result.Rows[i];
            Assert.Equal($"{i + 1}", cells[0]);
            Assert.EndsWith(NetworkLabel.Short(row.Name), cells[2], StringComparison.Ordinal);
            Assert.Equal(RowKeys.KernelName(row), cells[3]);
            CurvePoint last = row.Points[^1];
            Assert.Equal(NumberText.Significant(last.Predicted), cells[8]);
            Assert.StartsWith(NumberText.WithError(last.Measured, last.StandardError), cells[9], StringComparison.Ordinal);
            Assert.Equal(NumberText.Percent(last.Accuracy), cells[^1]);
        }

        string text = Parse(Digits()).Value;
        Assert.All(result.Rows, row => Assert.Contains(row.Name, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_table_holds_its_rows_numbers()
    {
        var first = new CurvePoint
        {
            N = 50,
            Predicted = 0.5,
            Spectral = 0.41,
            Measured = 0.421,
            StandardError = 0.0213,
            LeaveOneOut = 0.43,
            PredictedAccuracy = 0.944,
            Accuracy = 0.955,
            AccuracyStandardError = 0.001,
            TiedWithBest = false,
            Test = new TestPoint(0.31, 0.32, 0.011, 0.871, 0.882),
        };
        var last = new CurvePoint
        {
            N = 200,
            Predicted = 0.211,
            Spectral = 0.222,
            Measured = 0.233,
            StandardError = 0.0101,
            LeaveOneOut = 0.244,
            PredictedAccuracy = 0.911,
            Accuracy = 0.922,
            AccuracyStandardError = 0.002,
            TiedWithBest = true,
            Test = new TestPoint(0.25, 0.26, 0.012, 0.893, 0.894),
        };
        var row = new ComparisonRow
        {
            Name = "linear",
            Kernel = "linear",
            Ridge = 0.015,
            Points = [first, last],
            LogEvidencePerPoint = -1.25,
            Alignment = 0.123,
            EffectiveDimension = 45.67,
            ConditionNumber = 8900,
            MillisecondsPerEntry = 0.0777,
            Notes = ["rank 3"],
        };
        string html = new HtmlReport(SampleComparison.Of(row), SampleComparison.Context with { Test = "t.csv (7 points)" }).Render();
        XElement page = Parse(html);
        Assert.Equal(
            ["1", "1", "linear", "linear", "0.500", "0.421 ± 0.021", "0.211", "0.233 ± 0.010●", "0.244", "91.1 %", "92.2 %"], Cells("comparison"));
        Assert.Equal(["1", "linear", "linear", "94.4 %", "95.50 ± 0.10 %", "91.1 %", "92.20 ± 0.20 %"], Cells("accuracy"));
        Assert.Equal(["1", "linear", "linear", "0.310", "0.320 ± 0.011", "87.1 %", "88.2 %", "0.250", "0.260 ± 0.012", "89.3 %", "89.4 %"], Cells("test"));
        Assert.Equal(["1", "linear", "linear", "-1.250", "0.123", "45.7", "8900", "0.222", "0.0150", "0.078"], Cells("diagnostics"));
        foreach (string part in (string[])["linear: rank 3.", "On the test set t.csv (7 points)", "What is not claimed", "do not forecast beyond the file", SampleComparison.Context.Command, "Made 2026-01-02 03:04 UTC", "12.3 s", "seed 0", "float64"])
        {
            Assert.Contains(part, page.Value, StringComparison.Ordinal);
        }

        string[] Cells(string table) => [.. Table(page, table).Element("tbody")!.Elements("tr").First().Elements("td").Select(cell => cell.Value)];
    }

    [Fact]
    public void The_glossary_says_how_far_the_spectral_column_can_be_trusted()
    {
        XElement glossary = Parse(Digits()).Descendants("dl").Single(list => (string?)list.Attribute("class") == "glossary");
        string[] terms = [.. glossary.Elements("dt").Select(term => term.Value)];
        Assert.Contains("Trust it where it agrees with the measurement", glossary.Elements("dd").ElementAt(Array.IndexOf(terms, "spectral")).Value, StringComparison.Ordinal);
        Assert.DoesNotContain("leverage spread", terms);
        Assert.Equal(terms.Length, glossary.Elements("dd").Count(meaning => meaning.Value.Length > 20));
    }

    [Fact]
    public void Figures_draw_predictions_as_lines_and_measurements_as_points()
    {
        ComparisonResult result = SampleComparison.Digits();
        var keys = new RowKeys(result);
        var figures = new LearningCurveFigures(result, keys);
        SvgChart overview = figures.Overview();
        ComparisonRow best = result.Rows[0];
        Assert.Equal(best.Points.Select(point => (point.N + 0.0, point.Predicted)), overview.Series[0].Line.Select(point => (point.X, point.Y)));
        Assert.Equal(best.Points.Select(point => (point.N + 0.0, point.Measured, point.StandardError)), overview.Series[0].Points.Select(point => (point.X, point.Y, point.Error)));
        Assert.Equal(result.Rows.Count, overview.Series.Count + overview.Context.Count);
        SvgChart[] panels = [.. figures.Panels()];
        Assert.Equal(keys.Networks.Count() + 1, panels.Length);
        ComparisonRow nngp = result.Rows.First(row => row.Kernel == "nngp" && row.Name == best.Name);
        Assert.Equal(["NNGP", "NTK"], panels[0].Series.Select(series => series.Label));
        Assert.Equal(nngp.Points.Select(point => point.Spectral), panels[0].Series[0].Thin.Select(point => point.Y));
        SvgChart agreement = AgreementFigure.Of(result, keys);
        ChartPoint shown = agreement.Series.Single(series => series.Label == "NTK").Points[0];
        Assert.Equal((best.Points[^1].Predicted, best.Points[^1].Measured, best.Points[^1].StandardError), (shown.X, shown.Y, shown.Error));
        Assert.True(agreement.Diagonal);
    }

    [Fact]
    public void What_was_left_out_stands_at_the_end_of_the_table_with_its_reason()
    {
        ComparisonResult result = SampleComparison.WithLeftOut();
        XElement page = Parse(new HtmlReport(result, SampleComparison.Context).Render());
        XElement[] rows = [.. Table(page, "comparison").Element("tbody")!.Elements("tr")];
        Assert.Equal(result.Rows.Count + 2, rows.Length);
        XElement[] cells = [.. rows[^1].Elements("td")];
        Assert.Equal(["\u2013", "\u2013", "G Flatten >> Dense >> Tanh >> Dense", "NTK", "left out: the series <q = 9> does not converge"], cells.Select(cell => cell.Value));
        int columns = rows[0].Elements("td").Count();
        Assert.Equal(columns, cells.Sum(cell => (int?)cell.Attribute("colspan") ?? 1));
        Assert.Contains("2 kernels could not be compared", page.Value, StringComparison.Ordinal);
        Assert.Contains(result.LeftOut[0].Name, page.Descendants("dl").First().Value, StringComparison.Ordinal);
        page = Parse(new HtmlReport(SampleComparison.Of() with { LeftOut = result.LeftOut }, SampleComparison.Context).Render());
        Assert.Equal(2, Table(page, "comparison").Element("tbody")!.Elements("tr").Count());
    }

    [Fact]
    public void A_miss_beyond_three_standard_errors_is_said_with_its_size()
    {
        ComparisonRow row = SampleComparison.Row("Dense() >> Relu >> Dense()", "ntk", 0.2, 0.5, classes: true);
        CurvePoint good = row.Points[0] with { Measured = 0.2, StandardError = 0.01, Predicted = 0.171 };
        CurvePoint low = row.Points[0] with { N = 100, Measured = 0.2, StandardError = 0.01, Predicted = 0.168 };
        CurvePoint high = row.Points[0] with { N = 200, Measured = 0.1, StandardError = 0.001, Predicted = 0.125 };
        string html = new HtmlReport(SampleComparison.Of(row with { Points = [good, low, high] }), SampleComparison.Context).Render();
        XElement[] cells = [.. Table(Parse(html), "agreement").Element("tbody")!.Element("tr")!.Elements("td")];
        Assert.Equal(["0.855 ± 0.043", "0.840 ± 0.042", "1.250 ± 0.012", "theory is 25 % high here"], cells.Skip(3).Select(cell => cell.Value));
        Assert.Equal([false, true, true], cells.Skip(3).Take(3).Select(cell => ((string)cell.Attribute("class")!).Contains("miss", StringComparison.Ordinal)));
        Assert.Contains("at 2 of 3 points", html, StringComparison.Ordinal);
    }

    /// <summary>A chart that drew in a colour without a counterpart would be dark on dark, or a white sheet in a dark page.</summary>
    [Fact]
    public void Every_colour_that_a_chart_draws_has_its_counterpart_on_a_dark_page()
    {
        string html = Digits(), style = Parse(html).Descendants("style").Single().Value;
        string dark = style[style.IndexOf("prefers-color-scheme: dark", StringComparison.Ordinal)..];
        string[] drawn =
        [
            .. Regex.Matches(html[html.IndexOf("<body", StringComparison.Ordinal)..], "(fill|stroke)=\"#[0-9A-Fa-f]{6}\"").Select(match => match.Value),
            .. Enumerable.Range(0, SeriesStyle.Count).Select(SeriesStyle.Of).SelectMany(series => new[] { $"fill=\"{series.Colour}\"", $"stroke=\"{series.Colour}\"" }),
        ];
        Assert.All(drawn.Distinct(), colour => Assert.Contains($"[{colour}]", dark, StringComparison.Ordinal));
    }

    /// <summary>Narrow screens show the largest size of every table, and the overview in a size of its own.</summary>
    [Fact]
    public void What_narrow_screens_leave_out_leaves_the_predicted_and_measured_columns_of_the_largest_size()
    {
        ComparisonResult result = SampleComparison.Digits();
        XElement page = Parse(Digits());
        foreach (string id in (string[])["comparison", "accuracy", "agreement", "diagnostics"])
        {
            foreach (XElement row in Table(page, id).Element("tbody")!.Elements("tr"))
            {
                string[] kept = [.. row.Elements("td").Where(cell => !Classes(cell).Contains("wide")).Select(cell => cell.Value)];
                Assert.InRange(kept.Length, 5, 7);
                if (id == "comparison") Assert.Contains(kept, value => result.Rows.Any(one => NumberText.Significant(one.Points[^1].Predicted) == value));
            }

            XElement last = Table(page, id).Element("thead")!.Elements("tr").Last();
            Assert.Equal(
                last.Elements("th").Select(cell => Classes(cell).Contains("wide")),
                Table(page, id).Element("tbody")!.Elements("tr").First().Elements("td").Select(cell => Classes(cell).Contains("wide")));
        }

        XElement[] overview = [.. page.Descendants("figure").First().Descendants().Where(element => element.Name.LocalName == "svg" && element.Parent!.Name.LocalName == "div")];
        Assert.Equal(["wide", "narrow"], overview.Select(svg => (string?)svg.Parent!.Attribute("class")));
        Assert.True((double)overview[1].Attribute("width")! < 400);

        static string[] Classes(XElement cell) => ((string?)cell.Attribute("class") ?? "").Split(' ');
    }

    [Fact]
    public void Names_and_files_cannot_smuggle_markup_in()
    {
        ComparisonRow row = SampleComparison.Row("Elementwise(\"x<1 & </svg><script>alert(1)</script>\")", "ntk", 0.2, 0.5, classes: true);
        string html = new HtmlReport(SampleComparison.Of(row), SampleComparison.Context with { Data = "<img src=x onerror=alert(1)>.csv", Command = "intk '</pre>'" }).Render();
        XElement page = Parse(html);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "img");
        Assert.Contains(row.Name, page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Regression_is_reported_in_the_targets_own_unit()
    {
        ComparisonResult result = SampleComparison.Diabetes();
        string html = new HtmlReport(result, SampleComparison.Context).Render();
        XElement row = Table(Parse(html), "comparison").Element("tbody")!.Elements("tr").First();
        double measured = result.Rows[0].Points[^1].Measured;
        Assert.Equal(
            [NumberText.Fixed(1 - measured, 3), NumberText.Significant(Math.Sqrt(measured * result.TargetPower))],
            row.Elements("td").TakeLast(2).Select(cell => cell.Value));
        Assert.DoesNotContain("accuracy", Table(Parse(html), "comparison").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_do_not_exist_are_dashes()
    {
        ComparisonRow row = SampleComparison.Row("constant", "constant", 1, 0, classes: true);
        row = row with
        {
            Points = [row.Points[0] with { Predicted = double.NaN, Spectral = double.PositiveInfinity, Accuracy = null, PredictedAccuracy = null }],
            ConditionNumber = double.PositiveInfinity,
        };
        string html = new HtmlReport(SampleComparison.Of(row), SampleComparison.Context).Render();
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u221E", html, StringComparison.Ordinal);
        Assert.Equal(4, Table(Parse(html), "comparison").Descendants("td").Count(cell => cell.Value == NumberText.None));
        _ = Parse(new HtmlReport(SampleComparison.Of(), SampleComparison.Context).Render());
    }

    [Theory]
    [InlineData("Flatten >> Dense(weightStd: sqrt(2)) >> Relu >> Dense(1.5, 0.1) >> Relu >> Dense()", "Flatten >> (Dense >> Relu) × 2 >> Dense")]
    [InlineData("Repeat(4, Identity + (LayerNorm() >> Relu >> Dense(weightStd: 1.4))) >> Dense()", "(Identity + (LayerNorm >> Relu >> Dense)) × 4 >> Dense")]
    [InlineData("Flatten >> Repeat(2, Dense(weightStd: Sqrt2, biasStd: 0.1, parameterization: Standard) >> Erf()) >> Dense()", "Flatten >> (Dense >> Erf) × 2 >> Dense")]
    [InlineData("Conv(3, 3) >> Elementwise(\"x*sigmoid(x)\")", "Conv(3, 3) >> Elementwise(\"x*sigmoid(x)\")")]
    [InlineData("linear", "linear")]
    [InlineData("Dense(", "Dense(")]
    public void Labels_leave_out_numbers_and_gather_repetitions(string text, string label) => Assert.Equal(label, NetworkLabel.Short(text));

    [Theory]
    [InlineData(0.070149, 0.00062, "0.0701 ± 0.0006")]
    [InlineData(152.3, 2.1, "152.3 ± 2.1")]
    [InlineData(1.0007, 0.012, "1.001 ± 0.012")]
    [InlineData(0.5, 0, "0.500")]
    [InlineData(0.5, 1e-6, "0.5000 ± 1e-6")]
    [InlineData(1.234e-5, 8e-8, "1.23e-5 ± 8e-8")]
    [InlineData(0.00071, 3e-6, "0.000710 ± 3e-6")]
    [InlineData(double.NaN, 1, "\u2013")]
    public void A_number_shows_the_digits_its_error_leaves_it(double value, double error, string text) => Assert.Equal(text, NumberText.WithError(value, error));

    [Theory]
    [InlineData(0.09996, "0.100")]
    [InlineData(999.6, "1000")]
    [InlineData(3.2e7, "3.2e7")]
    [InlineData(-1.5e-7, "-1.5e-7")]
    [InlineData(0, "0")]
    public void Three_significant_digits(double value, string text) => Assert.Equal(text, NumberText.Significant(value));
}
