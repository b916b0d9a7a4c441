using System.Text.Json;
using InfiniteNtk.Cli.Presentation;
using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Regression.Comparison;
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
    public void Regression_shows_the_targets_own_unit() => Assert.Contains("RMSE", Text(SampleComparison.Diabetes()), StringComparison.Ordinal);

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
        foreach (string name in new[] { "logEvidencePerPoint", "alignment", "effectiveDimension", "leverageSpread", "millisecondsPerEntry" })
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
