using InfiniteNtk.Cli.Charts;
using InfiniteNtk.Cli.Presentation;

namespace InfiniteNtk.Cli.Report;

/// <summary>The tables of a report.</summary>
internal sealed class ComparisonTables(ComparisonResult result, RowKeys keys)
{
    private readonly ValueList<int> _shown = ComparisonFindings.ShownPoints(result);
    private readonly bool _classes = result.Task == TaskKind.Classification;

    /// <summary>The comparison itself: errors at three n, ranks, accuracy or units; at its end what was left out, and why.</summary>
    public Markup Main()
    {
        var html = new Markup();
        html.Add($"{AtLargest()}<div class=\"scroll\"><table id=\"comparison\">\n<thead><tr class=\"groups\"><th class=\"group\" colspan=\"2\">rank</th><th colspan=\"2\"></th>");
        foreach (int index in _shown) html.Add($"<th class=\"group start\" colspan=\"2\">n = {result.Rows[0].Points[index].N}, nMSE</th>");
        html.Add($"<th class=\"group start\" colspan=\"3\">at the largest n</th></tr>\n<tr><th>meas.</th><th class=\"wide\">pred.</th><th class=\"text\">network</th><th class=\"text\">kernel</th>");
        foreach (int index in _shown) html.Add($"<th class=\"start{Wide(index)}\">predicted</th><th class=\"size{Wide(index)}\">measured</th>");
        html.Add($"<th class=\"start wide\">leave-<br/>one-out</th>");
        if (_classes) html.Add($"<th class=\"wide\">accuracy<br/>predicted</th><th>accuracy<br/>measured</th>");
        else html.Add($"<th>R²</th><th class=\"wide\">RMSE</th>");
        html.Add($"</tr></thead>\n<tbody>\n");
        for (int i = 0; i < result.Rows.Count; i++) MainRow(html, i);
        foreach (LeftOutKernel kernel in result.LeftOut) LeftOutRow(html, kernel);
        return html.Add($"</tbody></table></div>\n");
    }

    private void MainRow(Markup html, int index)
    {
        ComparisonRow row = result.Rows[index];
        html.Add($"<tr{RowClass(row)}><td>{index + 1}</td><td class=\"rank wide\">{NumberText.Rank(row.PredictedRank)}</td>{Name(row)}<td class=\"text\">{RowKeys.KernelName(row)}</td>");
        foreach (int shown in _shown)
        {
            CurvePoint point = row.Points[shown];
            html.Add($"<td class=\"start{Wide(shown)}\">{NumberText.Significant(point.Predicted)}</td>");
            html.Add($"<td class=\"measured{Wide(shown)}\">{WithError(point.Measured, point.StandardError)}{Median(point)}{Tie(point)}</td>");
        }

        CurvePoint last = row.Points[^1];
        html.Add($"<td class=\"start wide\">{NumberText.Significant(last.LeaveOneOut)}</td>");
        if (_classes) html.Add($"<td class=\"wide\">{NumberText.Percent(last.PredictedAccuracy)}</td><td>{NumberText.Percent(last.Accuracy)}</td>");
        else html.Add($"<td>{NumberText.Fixed(1 - last.Measured, 3)}</td><td class=\"wide\">{NumberText.Significant(Math.Sqrt(last.Measured * result.TargetPower))}</td>");
        html.Add($"</tr>\n");
    }

    private void LeftOutRow(Markup html, LeftOutKernel kernel)
    {
        html.Add($"<tr class=\"left-out\"><td>{NumberText.None}</td><td class=\"rank wide\">{NumberText.None}</td>{Name(keys.Key(kernel), kernel.Name)}");
        html.Add($"<td class=\"text\">{RowKeys.KernelName(kernel)}</td><td class=\"start reason\" colspan=\"{2 * _shown.Count + 3}\">left out: {kernel.Reason}</td></tr>\n");
    }

    /// <summary>Share of right classes at every n, predicted and measured; empty for a regression.</summary>
    public Markup Accuracy()
    {
        var html = new Markup();
        if (!_classes) return html;
        html.Add($"{AtLargest()}<div class=\"scroll\"><table id=\"accuracy\">\n<thead><tr class=\"groups\"><th colspan=\"3\"></th>");
        foreach (CurvePoint point in result.Rows[0].Points) html.Add($"<th class=\"group start\" colspan=\"2\">n = {point.N}</th>");
        html.Add($"</tr><tr><th>#</th><th class=\"text\">network</th><th class=\"text\">kernel</th>");
        for (int at = 0; at < Sizes; at++) html.Add($"<th class=\"start{Wide(at)}\">predicted</th><th class=\"size{Wide(at)}\">measured</th>");
        html.Add($"</tr></thead>\n<tbody>\n");
        for (int i = 0; i < result.Rows.Count; i++)
        {
            ComparisonRow row = result.Rows[i];
            html.Add($"<tr{RowClass(row)}><td>{i + 1}</td>{Name(row)}<td class=\"text\">{RowKeys.KernelName(row)}</td>");
            for (int at = 0; at < Sizes; at++)
            {
                CurvePoint point = row.Points[at];
                html.Add($"<td class=\"start{Wide(at)}\">{NumberText.Percent(point.PredictedAccuracy)}</td>");
                html.Add($"<td class=\"measured{Wide(at)}\">{WithError(100 * point.Accuracy ?? double.NaN, 100 * point.AccuracyStandardError ?? 0)} %</td>");
            }

            html.Add($"</tr>\n");
        }

        return html.Add($"</tbody></table></div>\n");
    }

    /// <summary>Predicted / measured at every n, misses marked.</summary>
    public Markup Agreement()
    {
        var html = new Markup();
        html.Add($"<div class=\"scroll\"><table id=\"agreement\">\n<thead><tr><th>#</th><th class=\"text\">network</th><th class=\"text\">kernel</th>");
        for (int at = 0; at < Sizes; at++) html.Add($"<th class=\"start{Wide(at)}\">n = {result.Rows[0].Points[at].N}</th>");
        html.Add($"<th class=\"start text\">at the largest n</th></tr></thead>\n<tbody>\n");
        for (int i = 0; i < result.Rows.Count; i++)
        {
            ComparisonRow row = result.Rows[i];
            html.Add($"<tr{RowClass(row)}><td>{i + 1}</td>{Name(row)}<td class=\"text\">{RowKeys.KernelName(row)}</td>");
            for (int at = 0; at < Sizes; at++)
            {
                Deviation deviation = Deviation.Of(row.Points[at]);
                html.Add($"<td class=\"start{Wide(at)}{(deviation.IsMiss ? " miss" : "")}\">{WithError(deviation.Ratio, deviation.StandardError)}</td>");
            }

            html.Add($"<td class=\"start remark miss\">{Deviation.Of(row.Points[^1]).Text}</td></tr>\n");
        }

        return html.Add($"</tbody></table></div>\n");
    }

    /// <summary>Error and accuracy on a separate test set; empty without one.</summary>
    public Markup TestSet()
    {
        var html = new Markup();
        if (result.Rows.All(row => row.Points.All(point => point.Test is null))) return html;
        html.Add($"{AtLargest()}<div class=\"scroll\"><table id=\"test\">\n<thead><tr class=\"groups\"><th colspan=\"3\"></th>");
        foreach (int index in _shown) html.Add($"<th class=\"group start\" colspan=\"{(_classes ? 4 : 2)}\">n = {result.Rows[0].Points[index].N}</th>");
        html.Add($"</tr><tr><th>#</th><th class=\"text\">network</th><th class=\"text\">kernel</th>");
        foreach (int index in _shown)
        {
            html.Add($"<th class=\"start{Wide(index)}\">predicted</th><th class=\"size{Wide(index)}\">measured</th>");
            if (_classes) html.Add($"<th class=\"wide\">accuracy<br/>predicted</th><th class=\"size{Wide(index)}\">accuracy<br/>measured</th>");
        }

        html.Add($"</tr></thead>\n<tbody>\n");
        for (int i = 0; i < result.Rows.Count; i++)
        {
            ComparisonRow row = result.Rows[i];
            html.Add($"<tr{RowClass(row)}><td>{i + 1}</td>{Name(row)}<td class=\"text\">{RowKeys.KernelName(row)}</td>");
            foreach (int index in _shown)
            {
                TestPoint? test = row.Points[index].Test;
                html.Add($"<td class=\"start{Wide(index)}\">{NumberText.Significant(test?.Predicted)}</td>");
                html.Add($"<td class=\"measured{Wide(index)}\">{WithError(test?.Measured ?? double.NaN, test?.StandardError ?? 0)}</td>");
                if (_classes) html.Add($"<td class=\"wide\">{NumberText.Percent(test?.PredictedAccuracy)}</td><td class=\"size{Wide(index)}\">{NumberText.Percent(test?.Accuracy)}</td>");
            }

            html.Add($"</tr>\n");
        }

        return html.Add($"</tbody></table></div>\n");
    }

    /// <summary>What the kernel matrix itself says, and the notes of each row.</summary>
    public Markup Diagnostics()
    {
        var html = new Markup();
        html.Add($"<div class=\"scroll\"><table id=\"diagnostics\">\n<thead><tr><th>#</th><th class=\"text\">network</th><th class=\"text\">kernel</th>");
        html.Add($"<th class=\"start\">log evidence<br/>per point</th><th class=\"wide\">alignment</th><th class=\"wide\">effective<br/>dimension</th><th>condition<br/>number</th>");
        html.Add($"<th>spectral nMSE,<br/>largest n</th><th class=\"wide\">ridge δ</th><th class=\"wide\">ms per<br/>entry</th></tr></thead>\n<tbody>\n");
        for (int i = 0; i < result.Rows.Count; i++)
        {
            ComparisonRow row = result.Rows[i];
            html.Add($"<tr{RowClass(row)}><td>{i + 1}</td>{Name(row)}<td class=\"text\">{RowKeys.KernelName(row)}</td>");
            html.Add($"<td class=\"start\">{NumberText.Fixed(row.LogEvidencePerPoint, 3)}</td><td class=\"wide\">{NumberText.Significant(row.Alignment)}</td>");
            html.Add($"<td class=\"wide\">{NumberText.Fixed(row.EffectiveDimension, 1)}</td><td>{NumberText.Significant(row.ConditionNumber, 2)}</td>");
            html.Add($"<td>{NumberText.Significant(row.Points[^1].Spectral)}</td>");
            html.Add($"<td class=\"wide\">{NumberText.Significant(row.Ridge)}</td><td class=\"wide\">{NumberText.Significant(row.MillisecondsPerEntry, 2)}</td></tr>\n");
        }

        html.Add($"</tbody></table></div>\n");
        foreach (IGrouping<string, string> rows in result.Rows.Where(row => row.Notes.Count > 0).GroupBy(row => string.Join("; ", row.Notes), keys.Tag))
        {
            html.Add($"<p class=\"note\"><strong>{string.Join(", ", rows)}</strong>: {rows.Key}.</p>\n");
        }

        return html;
    }

    private int Sizes => result.Rows[0].Points.Count;

    /// <summary>The class of cells that narrow screens leave out: of every size but the largest.</summary>
    private string Wide(int index) => index == Sizes - 1 ? "" : " wide";

    /// <summary>What stands for the headings of groups on narrow screens.</summary>
    private Markup AtLargest() => result.Rows.Count == 0
        ? new Markup()
        : new Markup().Add($"<p class=\"narrow note\">At n = {result.Rows[0].Points[^1].N}; a wider window, or paper, shows all sizes.</p>\n");

    private Markup Name(ComparisonRow row) => Name(keys.Key(row), row.Name);

    private static Markup Name(string key, string name) => key.Length > 0
        ? new Markup().Add($"<td class=\"network\" title=\"{name}\"><span class=\"key\">{key}</span> {NetworkLabel.Short(name)}</td>")
        : new Markup().Add($"<td class=\"network\">{name}</td>");

    private static Markup RowClass(ComparisonRow row) => RowKeys.IsNetwork(row) ? new Markup() : new Markup().Add($" class=\"baseline\"");

    private static Markup WithError(double value, double error)
    {
        string[] parts = NumberText.WithError(value, error).Split(" ± ");
        var html = new Markup().Add($"{parts[0]}");
        return parts.Length == 1 ? html : html.Add($" <span class=\"error\">± {parts[1]}</span>");
    }

    private static Markup Median(CurvePoint point) =>
        point.IsSkewed ? new Markup().Add($"<br/><span class=\"error\">median {NumberText.Significant(point.Median)}</span>") : new Markup();

    private static Markup Tie(CurvePoint point) =>
        point.TiedWithBest ? new Markup().Add($" <span class=\"tie\" title=\"best, or tied with the best\">●</span>") : new Markup();
}
