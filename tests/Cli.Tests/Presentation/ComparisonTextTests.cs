using System.Text.Json;
using InfiniteNtk.Cli.Presentation;
using InfiniteNtk.Cli.Report;
using InfiniteNtk.Cli.Terminal;
using Xunit;

namespace InfiniteNtk.Cli.Tests.Presentation;

public sealed class ComparisonTextTests
{
    private static string Text(ComparisonResult result, int width = 120, bool colours = false)
    {
        var console = new ToolConsole(new StringWriter(), TextWriter.Null) { Width = width, Colours = colours };
        new ComparisonText(result, SampleComparison.Context).Write(console);
        return console.Out.ToString()!;
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(160)]
    public void The_table_fits_the_width_and_has_every_row(int width)
    {
        ComparisonResult result = SampleComparison.Digits();
        string[] lines = Text(result, width).Split('\n');
        string[] table = [.. lines.SkipWhile(line => !line.StartsWith("--", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.Length > 0)];
        Assert.Equal(result.Rows.Count, table.Length);
        Assert.All(table, line => Assert.True(line.Length <= width, line));
        for (int i = 0; i < table.Length; i++)
        {
            Assert.StartsWith($"{i + 1,2}", table[i], StringComparison.Ordinal);
            Assert.Contains(NumberText.Significant(result.Rows[i].Points[^1].Predicted), table[i], StringComparison.Ordinal);
        }

        Assert.All(result.Rows, row => Assert.Contains(row.Name, string.Join('\n', lines), StringComparison.Ordinal));
    }

    [Fact]
    public void Predicted_accuracy_stays_in_the_usual_width_and_unexplained_figures_are_not_shown()
    {
        ComparisonResult result = SampleComparison.Digits();
        string text = Text(result, 120);
        string row = text.Split('\n').First(line => line.StartsWith(" 1  ", StringComparison.Ordinal));
        CurvePoint last = result.Rows[0].Points[^1];
        Assert.EndsWith($"{NumberText.Percent(last.PredictedAccuracy)}  {NumberText.Percent(last.Accuracy)}", row.TrimEnd(), StringComparison.Ordinal);
        foreach (string word in (string[])["spec.", "spectral", "alignment", "leverage"]) Assert.DoesNotContain(word, text, StringComparison.Ordinal);
        foreach (string word in (string[])["Log evidence:", "Effective dimension:", "Condition number:"]) Assert.Contains(word, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_set_has_its_table_and_a_part_of_the_points_is_said()
    {
        ComparisonRow row = SampleComparison.Row("linear", "linear", 0.5, 0.1, classes: true);
        row = row with { Points = [.. row.Points.Select(point => point with { Test = new TestPoint(0.312, 0.321, 0.011, 0.871, 0.882) })] };
        var console = new ToolConsole(new StringWriter(), TextWriter.Null) { Width = 120 };
        new ComparisonText(SampleComparison.Of(row), SampleComparison.Context with { Test = "t.csv (7 points)", Part = "100 of the 1797 points" }).Write(console);
        string text = console.Out.ToString()!;
        Assert.Contains("On the test set t.csv (7 points)", text, StringComparison.Ordinal);
        foreach (string number in (string[])["0.312", "0.321±0.011", "87.1 %", "88.2 %"]) Assert.Contains(number, text, StringComparison.Ordinal);
        Assert.Contains("Only a part: 100 of the 1797 points.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("test set", Text(SampleComparison.Digits()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_left_out_ends_the_table_and_says_why()
    {
        ComparisonResult result = SampleComparison.WithLeftOut();
        string[] lines = Text(result, 160).Split('\n');
        string[] table = [.. lines.SkipWhile(line => !line.StartsWith("--", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.Length > 0)];
        Assert.Equal(result.Rows.Count + 2, table.Length);
        Assert.Equal(["\u2013", "\u2013", "G", "Dense>>Tanh>>Dense", "NNGP"], table[^2].Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(5));
        Assert.All(table[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(5), cell => Assert.Equal(NumberText.None, cell));
        Assert.Contains("G NNGP, G NTK: left out: the series <q = 9> does not converge", lines);
        Assert.Contains("G  Flatten >> Dense(weightStd: 9) >> Tanh >> Dense()", lines);
        Assert.Contains(lines, line => line.StartsWith("Left out.", StringComparison.Ordinal));
        _ = Text(SampleComparison.Of() with { LeftOut = result.LeftOut });
    }

    [Fact]
    public void Colours_appear_only_where_they_are_allowed()
    {
        Assert.DoesNotContain('\e', Text(SampleComparison.Digits()));
        Assert.Contains('\e', Text(SampleComparison.Digits(), colours: true));
    }

    [Fact]
    public void Regression_shows_the_share_explained_and_the_targets_own_unit()
    {
        ComparisonResult result = SampleComparison.Diabetes();
        string text = Text(result, 200), page = new HtmlReport(result, SampleComparison.Context).Render();
        string[] table = [.. text.Split('\n').SkipWhile(line => !line.StartsWith('-')).Skip(1).TakeWhile(line => line.Length > 0)];
        Assert.Contains("RMSE", text, StringComparison.Ordinal);
        Assert.Equal(result.Rows.Count, table.Length);
        foreach ((ComparisonRow row, string line) in result.Rows.Zip(table))
        {
            double unexplained = row.Points[^1].Measured;
            string share = NumberText.Fixed(1 - unexplained, 3), own = NumberText.Significant(Math.Sqrt(unexplained * 5929.9));
            Assert.Contains($"  {share}  ", line, StringComparison.Ordinal);
            Assert.Contains($"  {own}  ", line, StringComparison.Ordinal);
            Assert.Contains($"<td>{share}</td><td class=\"wide\">{own}</td>", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_comparison_without_rows_or_with_one_is_written_too()
    {
        _ = Text(SampleComparison.Of());
        _ = Text(SampleComparison.Of(SampleComparison.Row("linear", "linear", 0.5, 0.1, classes: true)));
    }

    [Fact]
    public void Json_holds_the_contract_and_null_for_what_does_not_exist()
    {
        ComparisonResult result = SampleComparison.Digits();
        ComparisonRow first = result.Rows[0] with { ConditionNumber = double.PositiveInfinity };
        first = first with { Points = [first.Points[0] with { Predicted = double.NaN, Accuracy = null, Test = new TestPoint(0.1, 0.2, 0.01, null, null) }] };
        result = result with { Rows = [first, .. result.Rows.Skip(1)] };
        using var json = JsonDocument.Parse(ComparisonJson.Write(result, SampleComparison.Context));
        JsonElement root = json.RootElement, row = root.GetProperty("rows")[0], point = row.GetProperty("points")[0];
        Assert.Equal(1797, root.GetProperty("population").GetInt32());
        Assert.Equal(SampleComparison.Context.Preprocessing, root.GetProperty("preprocessing").GetString());
        Assert.Equal(0.987, root.GetProperty("rankCorrelation").GetDouble());
        Assert.Equal(result.Rows.Count, root.GetProperty("rows").GetArrayLength());
        Assert.Equal(first.Name, row.GetProperty("name").GetString());
        Assert.Equal("ntk", row.GetProperty("kernel").GetString());
        Assert.Equal(first.Ridge, row.GetProperty("ridge").GetDouble());
        foreach (string name in new[] { "logEvidencePerPoint", "alignment", "effectiveDimension", "copied", "millisecondsPerEntry" })
        {
            Assert.Equal(JsonValueKind.Number, row.GetProperty(name).ValueKind);
        }

        Assert.Equal(JsonValueKind.Null, row.GetProperty("conditionNumber").ValueKind);
        Assert.Equal(50, point.GetProperty("n").GetInt32());
        foreach (string name in new[] { "spectral", "measured", "standardError", "leaveOneOut", "predictedAccuracy" })
        {
            Assert.Equal(JsonValueKind.Number, point.GetProperty(name).ValueKind);
        }

        Assert.Equal(JsonValueKind.Null, point.GetProperty("predicted").ValueKind);
        Assert.Equal(JsonValueKind.Null, point.GetProperty("accuracy").ValueKind);
        Assert.Equal(0.2, point.GetProperty("test").GetProperty("measured").GetDouble());
        Assert.Equal(0, root.GetProperty("leftOut").GetArrayLength());
    }

    [Fact]
    public void Json_names_each_number_for_what_it_is()
    {
        var point = new CurvePoint
        {
            N = 50,
            Predicted = 0.01,
            Spectral = 0.02,
            Measured = 0.03,
            StandardError = 0.04,
            LeaveOneOut = 0.05,
            PredictedAccuracy = 0.06,
            Accuracy = 0.07,
            AccuracyStandardError = 0.08,
            TiedWithBest = true,
            Median = 0.09,
            TypicalError = 0.1,
            Test = new TestPoint(0.11, 0.12, 0.13, 0.14, 0.15),
        };
        var row = new ComparisonRow
        {
            Name = "net",
            Kernel = "ntk",
            Ridge = 1,
            Points = [point],
            LogEvidencePerPoint = 2,
            Alignment = 3,
            EffectiveDimension = 4,
            ConditionNumber = 5,
            MillisecondsPerEntry = 7,
            Notes = ["a note"],
            Copied = 6,
        };
        ComparisonResult result = SampleComparison.Of(row) with { TargetPower = 8, Subsets = 9, Seed = 10, Outputs = 11, IntrinsicDimension = 12, ZeroPredictor = "the mean" };
        using var json = JsonDocument.Parse(ComparisonJson.Write(result, SampleComparison.Context with { Test = "t.csv" }));
        JsonElement root = json.RootElement, written = root.GetProperty("rows")[0], curve = written.GetProperty("points")[0];
        Assert.Equal(
            """{"n":50,"predicted":0.01,"spectral":0.02,"measured":0.03,"standardError":0.04,"median":0.09,"typicalError":0.1,"leaveOneOut":0.05,"predictedAccuracy":0.06,"accuracy":0.07,"accuracyStandardError":0.08,"tiedWithBest":true,"test":{"predicted":0.11,"measured":0.12,"standardError":0.13,"predictedAccuracy":0.14,"accuracy":0.15}}""",
            JsonSerializer.Serialize(curve));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], Numbers(written, "ridge", "logEvidencePerPoint", "alignment", "effectiveDimension", "conditionNumber", "copied", "millisecondsPerEntry"));
        Assert.Equal([8, 9, 10, 11, 12], Numbers(root, "targetPower", "subsets", "seed", "outputs", "intrinsicDimension"));
        Assert.Equal("the mean", Text("zeroPredictor"));
        Assert.Equal("a note", written.GetProperty("notes")[0].GetString());
        Assert.Equal(
            ("digits.npz", "t.csv", "classify", "1e-06rel", SampleComparison.Context.Command, "0.1.0"),
            (Text("data"), Text("test"), Text("task"), Text("ridge"), Text("command"), Text("version")));

        string? Text(string name) => root.GetProperty(name).GetString();
        static double[] Numbers(JsonElement element, params string[] names) => [.. names.Select(name => element.GetProperty(name).GetDouble())];
    }

    [Fact]
    public void The_tables_cells_are_the_rows_numbers_with_their_marks()
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
            TiedWithBest = true,
        };
        CurvePoint miss = first with { N = 100, Predicted = 0.31, Measured = 0.421, TiedWithBest = false };
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
        };
        var row = new ComparisonRow
        {
            Name = "linear",
            Kernel = "linear",
            Ridge = 0.015,
            Points = [first, miss, last],
            LogEvidencePerPoint = -1.25,
            Alignment = 0.123,
            EffectiveDimension = 45.67,
            ConditionNumber = 8900,
            MillisecondsPerEntry = 0.0777,
            Notes = ["rank 3"],
        };
        ComparisonResult result = SampleComparison.Of(row with { Name = "best", Kernel = "best", Points = [first, miss, last with { Measured = 0.2 }] }, row);
        result = result with { Rows = [result.Rows[0], result.Rows[1] with { PredictedRank = 1.5 }] };
        string[] lines = Text(result, 240).Split('\n');
        string[] cells = Cells("2  ", 0);
        Assert.Equal(
            ["2", "1.5", "linear", "0.500!", "0.421=", "0.021", "95.5", "%", "0.310!", "0.421", "0.021", "95.5", "%", "0.211", "0.233±0.010=", "0.244", "91.1", "%", "92.2", "%", "0.078"],
            cells);
        Assert.Equal(["2", "linear", "-1.250", "45.7", "8900", "0.0150", "0.078"], Cells("2  ", 1));
        Assert.Contains("best, linear: rank 3", lines);
        Assert.Contains("Order. Sorted by the predicted error, without training, the 2 rows have a rank correlation of 0.987 with the order by measured error (1 = the same order).", lines);
        Assert.Contains(lines, line => line.StartsWith("Best. At n = 200, best (baseline): measured nMSE 0.200 ± 0.010, 92.2 % of unseen points right.", StringComparison.Ordinal)
            && line.EndsWith("do as well, a tie: linear.", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("at 4 of 6 points, by more than a factor of 1.2 at 2 of them; furthest at", StringComparison.Ordinal) && line.Contains("theory is 26 % low here", StringComparison.Ordinal));
        string bold = Text(result, 160, colours: true);
        Assert.Contains("\e[1m1 ", bold, StringComparison.Ordinal);

        string[] Cells(string start, int table) =>
            lines.Where(line => line.StartsWith(start, StringComparison.Ordinal)).ElementAt(table).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void What_would_mislead_is_said()
    {
        var point = new CurvePoint
        {
            N = 5,
            Predicted = 0.6,
            Spectral = 0.5,
            Measured = 3.77,
            StandardError = 3.1,
            LeaveOneOut = 0.4,
            PredictedAccuracy = 0.9,
            Accuracy = 0.9,
            AccuracyStandardError = 0.01,
            TiedWithBest = false,
            Median = 0.55,
            TypicalError = 0.1,
        };
        var row = new ComparisonRow
        {
            Name = "Dense() >> Relu >> Dense()",
            Kernel = "ntk",
            Ridge = 1e-6,
            Points = [point],
            LogEvidencePerPoint = -1,
            Alignment = 0.1,
            EffectiveDimension = 3,
            ConditionNumber = 1e6,
            MillisecondsPerEntry = 0.01,
            Notes = ["skewed errors"],
            Copied = 40,
        };
        ComparisonResult result = SampleComparison.Of(row, row with { Kernel = "nngp" }) with { Population = 240, IntrinsicDimension = 3.14, ZeroPredictor = "the class frequencies" };
        string text = Text(result, 400);
        string[] lines = text.Split('\n');
        string caution = Assert.Single(lines, line => line.StartsWith("Caution.", StringComparison.Ordinal));
        foreach (string part in (string[])["mean 3.77, median 0.550", "40 of the 240 points have exact copies", "about 3.1 dimensions"]) Assert.Contains(part, caution, StringComparison.Ordinal);
        Assert.Contains("(1 = predicting the class frequencies)", text, StringComparison.Ordinal);
        Assert.Contains("median", text, StringComparison.Ordinal);
        // Between median and mean a prediction is no miss; two rows with the same note share its line.
        Assert.Contains(lines, line => line.StartsWith("Theory agrees", StringComparison.Ordinal));
        Assert.Single(lines, line => line.EndsWith(": skewed errors", StringComparison.Ordinal));
        Assert.DoesNotContain("Caution.", Text(SampleComparison.Digits(), 200), StringComparison.Ordinal);
        result = result with { Rows = [row with { Points = [point with { Predicted = 0.2 }] }] };
        Assert.Contains("theory is 64 % low", Text(result, 400), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_what_was_left_out_beside_the_rows()
    {
        ComparisonResult result = SampleComparison.WithLeftOut();
        using var json = JsonDocument.Parse(ComparisonJson.Write(result, SampleComparison.Context));
        Assert.Equal(result.Rows.Count, json.RootElement.GetProperty("rows").GetArrayLength());
        JsonElement[] leftOut = [.. json.RootElement.GetProperty("leftOut").EnumerateArray()];
        Assert.Equal(["nngp", "ntk"], leftOut.Select(kernel => kernel.GetProperty("kernel").GetString()));
        Assert.Equal("Flatten >> Dense(weightStd: 9) >> Tanh >> Dense()", leftOut[0].GetProperty("name").GetString());
        Assert.Equal("the series <q = 9> does not converge", leftOut[0].GetProperty("reason").GetString());
    }
}
