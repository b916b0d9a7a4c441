using System.Globalization;
using InfiniteNtk.Cli.Charts;
using InfiniteNtk.Cli.Presentation;

namespace InfiniteNtk.Cli.Report;

/// <summary>
/// A comparison as one self-contained HTML page: no scripts, no external references, readable without knowing the project, on screen
/// and in print.
/// </summary>
internal sealed class HtmlReport(ComparisonResult result, ComparisonContext context)
{
    private readonly RowKeys _keys = new(result);

    /// <summary>The whole page.</summary>
    public string Render()
    {
        var html = new Markup();
        html.Add($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        html.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"generator\" content=\"intk {context.Version}\"/>\n");
        html.Add($"<title>Infinitely wide networks on {context.Data}</title>\n<style>\n{Style()}</style>\n</head>\n<body>\n");
        Opening(html);
        bool measured = result.Rows.Count > 0;
        if (measured) Curves(html);
        if (measured || result.LeftOut.Count > 0) Table(html);
        if (measured)
        {
            Accuracy(html);
            Agreement(html);
            TestSet(html);
            Panels(html);
            Diagnostics(html);
        }

        Networks(html);
        Words(html);
        html.Add($"<div class=\"halves\"><section>\n");
        Limits(html);
        html.Add($"</section><section>\n");
        Provenance(html);
        html.Add($"</section></div>\n");
        return html.Add($"</body>\n</html>\n").ToString();
    }

    private void Opening(Markup html)
    {
        html.Add($"<h1>Which architecture suits {context.Data}?</h1>\n");
        html.Add($"<p class=\"subtitle\">Infinitely wide neural networks, compared without training them</p>\n");
        html.Add($"<div class=\"opening\"><p>Make every layer of a neural network infinitely wide, and training it becomes regression with an exactly computable kernel. ");
        html.Add($"Each row below is such a network, applied to {context.Data}: {context.DataDescription}. Its error was <em>predicted</em> for growing training sets from the kernel matrix and all labels, ");
        html.Add($"without training on any subset, and then <em>measured</em> on {NumberText.Count(result.Subsets, "random training set")} per size. ");
        html.Add($"Lower is better; an error of 1 is what predicting {result.ZeroPredictor} gives.</p>\n<ul class=\"findings\">\n");
        if (context.Part is { } part) html.Add($"<li class=\"miss\"><strong>Only a part.</strong> {part}.</li>\n");
        foreach ((string lead, string text) in ComparisonFindings.Of(result, _keys)) html.Add($"<li><strong>{lead}</strong> {text}</li>\n");
        html.Add($"</ul></div>\n");
    }

    private void Curves(Markup html)
    {
        var figures = new LearningCurveFigures(result, _keys);
        html.Add($"<h2>Learning curves</h2>\n<figure class=\"overview\"><div class=\"wide\">{figures.Overview(1180).Render()}</div><div class=\"narrow\">{figures.Narrow().Render()}</div>");
        html.Add($"<figcaption>Lines: predicted. Points: measured, with one standard error. The better kernel of each of the best networks and the best baseline; ");
        html.Add($"grey: the measured curves of all other rows, cut at the frame. Both axes are logarithmic.</figcaption></figure>\n");
    }

    private void Table(Markup html)
    {
        html.Add($"<h2>The comparison</h2>\n<p>Sorted by measured error at the largest n. <span class=\"tie\">●</span> marks the best row and those that tie with it ");
        html.Add($"at that n. Letters stand for the networks listed <a href=\"#networks\">below</a>; what the columns mean is explained <a href=\"#words\">there too</a>.</p>\n");
        html.Add($"{new ComparisonTables(result, _keys).Main()}");
    }

    private void Accuracy(Markup html)
    {
        if (result.Task != TaskKind.Classification) return;
        html.Add($"<h2>How many are right?</h2>\n<p>Share of points not trained on whose class is right, at every n; measured with one standard error.</p>\n");
        html.Add($"{new ComparisonTables(result, _keys).Accuracy()}");
    }

    private void Agreement(Markup html)
    {
        html.Add($"<h2>How well does theory predict?</h2>\n<div class=\"side\"><div><figure>{AgreementFigure.Of(result, _keys).Render()}</figure>\n");
        html.Add($"<p>Each point is a row at the largest n. On the dashed diagonal, prediction and measurement are equal; what matters for choosing an architecture is that the order is the same.</p>\n");
        html.Add($"<p>Rank correlation of predicted and measured error: <strong>{NumberText.Fixed(result.RankCorrelation, 3)}</strong>.</p>\n");
        html.Add($"<p>The table gives predicted / measured with its standard error, which comes from the measurement alone and which a few huge errors do not decide. ");
        html.Add($"<span class=\"miss\">Coloured</span> where they differ by more than three standard errors: there the theory is wrong by that much, not merely uncertain.</p></div>\n");
        html.Add($"<div>{new ComparisonTables(result, _keys).Agreement()}</div></div>\n");
    }

    private void TestSet(Markup html)
    {
        if (context.Test is not { } test) return;
        html.Add($"<h2>On the test set {test}</h2>\n<p>Trained on the same random training sets, tested on a separate file.</p>\n{new ComparisonTables(result, _keys).TestSet()}");
    }

    private void Panels(Markup html)
    {
        html.Add($"<h2>Each network</h2>\n<p>Solid and dashed lines: predicted. Dotted: predicted from the spectrum alone. Points: measured. Grey: all other rows.</p>\n<div class=\"panels\">\n");
        foreach (SvgChart panel in new LearningCurveFigures(result, _keys).Panels()) html.Add($"<figure>{panel.Render()}</figure>\n");
        html.Add($"</div>\n");
    }

    private void Diagnostics(Markup html) =>
        html.Add($"<h2>What the kernel matrices say</h2>\n<p>From each kernel matrix and all labels, without any training set.</p>\n{new ComparisonTables(result, _keys).Diagnostics()}");

    private void Networks(Markup html)
    {
        html.Add($"<h2 id=\"networks\">The networks</h2>\n<dl class=\"networks\">\n");
        foreach ((string key, string name) in _keys.Networks) html.Add($"<dt>{key}</dt><dd><code>{name}</code></dd>\n");
        foreach (ComparisonRow row in result.Rows.Where(row => !RowKeys.IsNetwork(row))) html.Add($"<dt></dt><dd>{row.Name} <span class=\"note\">(baseline, kernel {row.Kernel})</span></dd>\n");
        html.Add($"</dl>\n");
    }

    private void Words(Markup html)
    {
        html.Add($"<h2 id=\"words\">What the words mean</h2>\n<dl class=\"glossary\">\n");
        foreach ((string term, string meaning) in Glossary.Of(result.Task)) html.Add($"<dt>{term}</dt><dd>{meaning}</dd>\n");
        html.Add($"</dl>\n");
    }

    private static void Limits(Markup html)
    {
        html.Add($"<h2>What is not claimed</h2>\n<p>Both theories explain the given points; they do not forecast beyond the file: predicting at n uses the labels of all points, ");
        html.Add($"so the curves say what training on a part of this file gives, not what more data would. ");
        html.Add($"Infinitely wide networks are a limit: a network of finite width, trained with large steps or stopped early, may do better or worse. ");
        html.Add($"The ridge is the same for all rows and tuned for none.</p>\n");
    }

    private void Provenance(Markup html)
    {
        html.Add($"<h2>How this was made</h2>\n<table class=\"facts\"><tbody>\n");
        foreach ((string name, string value) in Facts()) html.Add($"<tr><td>{name}</td><td>{value}</td></tr>\n");
        html.Add($"</tbody></table>\n<pre>{context.Command}</pre>\n");
        html.Add($"<p class=\"note\">Made {context.Made.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)} by intk {context.Version}.</p>\n");
    }

    private IEnumerable<(string Name, string Value)> Facts()
    {
        yield return ("Data", $"{context.Data}: {context.DataDescription}");
        yield return ("Target", context.Target);
        if (context.Test is { } test) yield return ("Test set", test);
        yield return ("Preprocessing", context.Preprocessing);
        yield return ("Ridge", $"{result.Ridge}{(result.Ridge.EndsWith("rel", StringComparison.Ordinal) ? ": times the mean diagonal of the kernel matrix of all points" : "")}, the same for all rows");
        yield return ("Measured", $"{NumberText.Count(result.Subsets, "random training set")} per n without replacement, seed {result.Seed}, the same for all rows; error on all other points");
        yield return ("Error", $"nMSE: mean squared error / {NumberText.Significant(result.TargetPower, 4)}, the mean square of the target, so that 1 is predicting {result.ZeroPredictor}"
            + (result.Task == TaskKind.Regression ? " (centred), so R² = 1 − nMSE" : $" ({NumberText.Count(result.Outputs, "column")})"));
        yield return ("Precision", context.Precision);
        yield return ("Machine", context.Machine);
        yield return ("Time", $"{NumberText.Fixed(context.Elapsed.TotalSeconds, 1)} s");
    }

    internal static Markup Style()
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return Markup.Trusted(reader.ReadToEnd());
    }
}
