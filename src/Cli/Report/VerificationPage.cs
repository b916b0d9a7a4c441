using System.Globalization;
using InfiniteNtk.Cli.Charts;
using InfiniteNtk.Cli.Presentation;

namespace InfiniteNtk.Cli.Report;

/// <summary>A verification as one self-contained HTML page: no scripts, no external references.</summary>
internal sealed class VerificationPage(VerificationContext context)
{
    /// <summary>The whole page.</summary>
    public string Render()
    {
        var html = new Markup();
        html.Add($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        html.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"generator\" content=\"intk {context.Version}\"/>\n");
        html.Add($"<title>Do networks confirm the kernels of {context.Network}?</title>\n<style>\n{HtmlReport.Style()}</style>\n</head>\n<body>\n");
        html.Add($"<h1>Do finite networks confirm the infinitely wide one?</h1>\n<p class=\"subtitle\"><code>{context.Network}</code></p>\n");
        html.Add($"<p>Networks of growing width with random weights were run and differentiated{(context.Trajectories.Count > 0 ? ", and trained," : "")} on {context.Points}, ");
        html.Add($"and compared with {Claim()}. They share no formula with it.</p>\n<ul class=\"findings\">\n");
        foreach (VerifiedQuantity one in context.Quantities) html.Add($"<li><strong>{one.Name}: {one.Title}.</strong> {Sentence(one.Reason)}{(one.Small is { } small ? " " + Sentence(small) : "")}</li>\n");
        html.Add($"</ul>\n");
        Errors(html);
        Trajectories(html);
        Words(html);
        Provenance(html);
        return html.Add($"</body>\n</html>\n").ToString();
    }

    private void Errors(Markup html)
    {
        html.Add($"<h2>Error against width</h2>\n<p>The worst entry of each: mean over networks less the claim, with one standard error. A true limit leaves an error of order 1/width, ");
        html.Add($"a straight line here that meets zero at infinite width; what is left there is <em>a</em>.</p>\n<div class=\"panels two\">\n");
        var figures = new WidthFigures(context);
        foreach (SvgChart chart in figures.Errors()) html.Add($"<figure>{chart.Render()}</figure>\n");
        html.Add($"<figure>{figures.Scatter().Render()}</figure>\n</div>\n{Table()}");
    }

    private Markup Table()
    {
        var html = new Markup().Add($"<div class=\"scroll\"><table id=\"widths\">\n<thead><tr><th>width</th><th>networks</th>");
        foreach (VerifiedQuantity one in context.Quantities) html.Add($"<th class=\"start\">{one.Name},<br/>{one.Place}</th><th>one network</th>");
        html.Add($"</tr></thead>\n<tbody>\n");
        LimitVerdict first = context.Quantities[0].Verdict;
        foreach ((string networks, int i) in context.DrawnAtWidths.Select((drawn, row) => (drawn, row)))
        {
            html.Add($"<tr><td>{first.Widths[i]}</td><td>{networks}</td>");
            foreach (LimitVerdict verdict in context.Quantities.Select(one => one.Verdict))
            {
                ErrorAtWidth point = verdict.Worst.Points[i];
                html.Add($"<td class=\"start\">{NumberText.WithError(point.Error, point.StandardError)}</td><td>{NumberText.Significant(verdict.SingleDrawErrors[i])}</td>");
            }

            html.Add($"</tr>\n");
        }

        html.Add($"<tr><td>infinite</td><td></td>");
        foreach (LimitVerdict verdict in context.Quantities.Select(one => one.Verdict))
        {
            html.Add($"<td class=\"start measured\">{NumberText.WithError(verdict.Intercept, verdict.StandardError)}</td><td>slope {NumberText.Fixed(verdict.SingleDrawSlope, 2)}</td>");
        }

        return html.Add($"</tr>\n</tbody></table></div>\n");
    }

    private void Trajectories(Markup html)
    {
        if (context.Trajectories.Count == 0) return;
        html.Add($"<h2>Training</h2>\n<p>Mean outputs of the widest networks over steps of gradient descent. Lines join the predictions; points with one standard error were seen. ");
        html.Add($"The last point was not trained on. At finite width they differ by about 1/width.</p>\n<figure class=\"broad\">{new WidthFigures(context).Trajectories().Render()}</figure>\n");
    }

    private static void Words(Markup html)
    {
        html.Add($"<h2>What the words mean</h2>\n<dl class=\"glossary\">\n");
        html.Add($"<dt>error</dt><dd>Mean over sampled networks less the claim, divided by √(K(x,x) K(x′,x′)), the diagonal at the two points: 0.01 is one percent of it, and much more of an entry that is small itself.</dd>\n");
        html.Add($"<dt>a, b</dt><dd>The weighted least-squares fit error = a + b/width; for trained outputs with a term in 1/√width, which kinks of an activation cause. A correct limit has a = 0, whatever b is.</dd>\n");
        html.Add($"<dt>refuted</dt><dd>Some entry has |a| larger than Student's t allows at the level of 1 % for all entries together.</dd>\n");
        html.Add($"<dt>consistent</dt><dd>Not refuted, and |a| with 2.6 of its standard errors is within the tolerance at every entry: a kernel that is further off passes in 1 of 200 cases at most.</dd>\n");
        html.Add($"<dt>no error above X % found</dt><dd>Neither: X is the largest |a| with 2.6 of its standard errors. Errors below X are not excluded; the number of networks that would tell is given.</dd>\n");
        html.Add($"<dt>one network</dt><dd>The root mean square error of a single network over all entries: a correct limit has slope −½ in the logarithm of the width.</dd>\n</dl>\n");
    }

    private void Provenance(Markup html)
    {
        html.Add($"<h2>How this was made</h2>\n<table class=\"facts\"><tbody>\n<tr><td>Weights</td><td>{context.Weights} in {context.Numbers}, seed {context.Seed}</td></tr>\n");
        html.Add($"<tr><td>Machine</td><td>{context.Machine}</td></tr>\n<tr><td>Cost</td><td>{context.Cost}</td></tr>\n</tbody></table>\n");
        html.Add($"<pre>{context.Command}</pre>\n<p class=\"note\">Made {context.Made.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)} by intk {context.Version}.</p>\n");
    }

    private string Claim() => context.Against is { } file ? $"the kernels in {file}" : "the kernels that intk computes";

    private static string Sentence(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
}
