using InfiniteNtk.Cli.Report;
using InfiniteNtk.Cli.Terminal;

namespace InfiniteNtk.Cli.Presentation;

/// <summary>A comparison on a terminal or in a pipe: the setting, the table, what it says, the kernels' own figures, the networks.</summary>
internal sealed class ComparisonText(ComparisonResult result, ComparisonContext context)
{
    private readonly RowKeys _keys = new(result);
    private readonly bool _classes = result.Task == TaskKind.Classification;

    /// <summary>Writes all of it to the results stream.</summary>
    public void Write(ToolConsole console)
    {
        console.Out.WriteLine($"{console.Bold(context.Data)}: {context.DataDescription}");
        if (context.Part is { } part) WriteWrapped(console, "Only a part:", $"{part}.");
        console.Out.WriteLine($"Inputs {context.Preprocessing}.");
        console.Out.WriteLine($"Error: nMSE on points not trained on (1 = predicting {result.ZeroPredictor}). Ridge {result.Ridge}; {NumberText.Count(result.Subsets, "training set")} per n, seed {result.Seed}.");
        console.Out.WriteLine();
        foreach (string line in Main(console).Lines(console.Width)) console.Out.WriteLine(line);
        console.Out.WriteLine();
        foreach ((string lead, string text) in ComparisonFindings.Of(result, _keys)) WriteWrapped(console, lead, text);
        console.Out.WriteLine();
        if (context.Test is { } test && result.Rows.Count > 0)
        {
            WriteWrapped(console, $"On the test set {test}:", "trained on the same random training sets.");
            foreach (string line in TestSet().Lines(console.Width)) console.Out.WriteLine(line);
            console.Out.WriteLine();
        }

        foreach (string line in Kernels().Lines(console.Width)) console.Out.WriteLine(line);
        console.Out.WriteLine();
        WriteWrapped(console, "Log evidence:", "of all targets, per point and output; higher is better. Effective dimension: the directions that the ridge leaves free. "
            + "Condition number: a solution loses about its logarithm in digits. The report and the JSON have more.");
        console.Out.WriteLine();
        foreach ((string key, string name) in _keys.Networks) console.Out.WriteLine($"{console.Bold(key.PadRight(2))} {name}");
        foreach (IGrouping<string, string> rows in result.Rows.Where(row => row.Notes.Count > 0).GroupBy(row => string.Join("; ", row.Notes), _keys.Tag))
        {
            console.Out.WriteLine(console.Warning($"{string.Join(", ", rows)}: {rows.Key}"));
        }

        foreach (IGrouping<string, string> leftOut in result.LeftOut.GroupBy(kernel => kernel.Reason, _keys.Tag))
        {
            console.Out.WriteLine(console.Warning($"{string.Join(", ", leftOut)}: left out: {leftOut.Key}"));
        }

        console.Out.WriteLine();
        WriteWrapped(console, "pred.", "is theory, from the kernel and all labels without training; it explains the given points and does not forecast beyond the file. "
            + "meas. is measured. = marks ties with the best, ! theory off by more than 3 standard errors of a typical error.");
    }

    private TextTable Main(ToolConsole console)
    {
        ValueList<int> shown = ComparisonFindings.ShownPoints(result);
        List<TextColumn> columns = [new("#"), new("pred\n#"), new("network", Left: true, Shrinks: true), new("kernel", Left: true)];
        foreach (int index in shown)
        {
            bool last = index == shown[^1];
            // Narrow terminals show fewer sizes, the largest always.
            int drop = last ? 0 : index == shown[0] ? 3 : 1;
            columns.Add(new TextColumn($"n = {result.Rows[0].Points[index].N}\npred. ", Drop: drop));
            columns.Add(new TextColumn("\nmeas. ", Drop: drop));
            if (IsSkewed(index)) columns.Add(new TextColumn("\nmedian", Drop: Math.Max(drop, 1)));
            if (last) continue;
            columns.Add(new TextColumn("\n±", Drop: 7));
            if (_classes) columns.Add(new TextColumn("\nright", Drop: 9));
        }

        columns.Add(new TextColumn("leave-\none-out", Drop: 6));
        columns.Add(new TextColumn(_classes ? "right\npred." : "R²", Drop: 2));
        columns.Add(new TextColumn(_classes ? "right\nmeas." : "RMSE"));
        columns.Add(new TextColumn("\nms/entry", Drop: 8));
        var table = new TextTable([.. columns]);
        for (int i = 0; i < result.Rows.Count; i++)
        {
            bool tied = result.Rows[i].Points.Count > 0 && result.Rows[i].Points[^1].TiedWithBest;
            table.Add([.. Cells(i, shown)], tied ? console.Bold : null);
        }

        foreach (LeftOutKernel kernel in result.LeftOut)
        {
            string[] named = [NumberText.None, NumberText.None, Label(_keys.Key(kernel), kernel.Name), RowKeys.IsNetwork(kernel) ? RowKeys.KernelName(kernel) : ""];
            table.Add([.. named, .. Enumerable.Repeat(NumberText.None, columns.Count - named.Length)], console.Faint);
        }

        return table;
    }

    private IEnumerable<string> Cells(int index, ValueList<int> shown)
    {
        ComparisonRow row = result.Rows[index];
        yield return $"{index + 1}";
        yield return NumberText.Rank(row.PredictedRank);
        yield return Label(row);
        yield return Kernel(row);
        foreach (int at in shown)
        {
            CurvePoint point = row.Points[at];
            yield return NumberText.Significant(point.Predicted) + (Deviation.Of(point).IsMiss ? "!" : " ");
            bool last = at == shown[^1];
            yield return (last ? NumberText.WithError(point.Measured, point.StandardError).Replace(" ± ", "±", StringComparison.Ordinal) : NumberText.Significant(point.Measured))
                + (point.TiedWithBest ? "=" : " ");
            if (IsSkewed(at)) yield return NumberText.Significant(point.Median);
            if (last) continue;
            yield return NumberText.Significant(point.StandardError, 2);
            if (_classes) yield return NumberText.Percent(point.Accuracy);
        }

        CurvePoint end = row.Points[^1];
        yield return NumberText.Significant(end.LeaveOneOut);
        yield return _classes ? NumberText.Percent(end.PredictedAccuracy) : NumberText.Fixed(1 - end.Measured, 3);
        yield return _classes ? NumberText.Percent(end.Accuracy) : NumberText.Significant(Math.Sqrt(end.Measured * result.TargetPower));
        yield return NumberText.Significant(row.MillisecondsPerEntry, 2);
    }

    private TextTable TestSet()
    {
        ValueList<int> shown = ComparisonFindings.ShownPoints(result);
        List<TextColumn> columns = [new("#"), new("network", Left: true, Shrinks: true), new("kernel", Left: true)];
        foreach (int index in shown)
        {
            int drop = index == shown[^1] ? 0 : index == shown[0] ? 3 : 1;
            columns.Add(new TextColumn($"n = {result.Rows[0].Points[index].N}\npred.", Drop: drop));
            columns.Add(new TextColumn("\nmeas.", Drop: drop));
            if (_classes) columns.Add(new TextColumn("right\npred.", Drop: drop == 0 ? 2 : drop + 3));
            if (_classes) columns.Add(new TextColumn("right\nmeas.", Drop: drop));
        }

        var table = new TextTable([.. columns]);
        for (int i = 0; i < result.Rows.Count; i++)
        {
            ComparisonRow row = result.Rows[i];
            table.Add([$"{i + 1}", Label(row), Kernel(row), .. shown.SelectMany(index => TestCells(row.Points[index].Test))]);
        }

        return table;
    }

    private IEnumerable<string> TestCells(TestPoint? test)
    {
        yield return NumberText.Significant(test?.Predicted);
        yield return NumberText.WithError(test?.Measured ?? double.NaN, test?.StandardError ?? 0).Replace(" ± ", "±", StringComparison.Ordinal);
        if (!_classes) yield break;
        yield return NumberText.Percent(test?.PredictedAccuracy);
        yield return NumberText.Percent(test?.Accuracy);
    }

    /// <summary>Whether the median of some row at that n says something else than its mean.</summary>
    private bool IsSkewed(int index) => result.Rows.Any(row => row.Points[index].IsSkewed);

    private TextTable Kernels()
    {
        var table = new TextTable(
            new TextColumn("#"), new TextColumn("network", Left: true, Shrinks: true), new TextColumn("kernel", Left: true),
            new TextColumn("log evidence\nper point"), new TextColumn("effective\ndimension"), new TextColumn("condition\nnumber"),
            new TextColumn("ridge", Drop: 2), new TextColumn("ms per\nentry", Drop: 1));
        for (int i = 0; i < result.Rows.Count; i++)
        {
            ComparisonRow row = result.Rows[i];
            table.Add(
            [
                $"{i + 1}", Label(row), Kernel(row),
                NumberText.Fixed(row.LogEvidencePerPoint, 3), NumberText.Fixed(row.EffectiveDimension, 1), NumberText.Significant(row.ConditionNumber, 2),
                NumberText.Significant(row.Ridge), NumberText.Significant(row.MillisecondsPerEntry, 2),
            ]);
        }

        return table;
    }

    private string Label(ComparisonRow row) => Label(_keys.Key(row), row.Name);

    private static string Label(string key, string name) => key.Length > 0 ? $"{key} {NetworkLabel.Compact(name)}" : name;

    private static string Kernel(ComparisonRow row) => RowKeys.IsNetwork(row) || row.Kernel != row.Name ? RowKeys.KernelName(row) : "";

    private static void WriteWrapped(ToolConsole console, string lead, string text)
    {
        string line = console.Bold(lead);
        int length = lead.Length;
        foreach (string word in text.Split(' '))
        {
            if (length + word.Length + 1 > console.Width)
            {
                console.Out.WriteLine(line);
                (line, length) = ("  " + word, word.Length + 2);
            }
            else
            {
                (line, length) = ($"{line} {word}", length + word.Length + 1);
            }
        }

        console.Out.WriteLine(line);
    }
}
