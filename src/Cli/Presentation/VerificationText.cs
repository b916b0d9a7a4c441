using InfiniteNtk.Cli.Terminal;

namespace InfiniteNtk.Cli.Presentation;

/// <summary>A verification on a terminal or in a pipe: the errors over widths, their limits, the verdicts.</summary>
internal sealed class VerificationText(VerificationContext context)
{
    /// <summary>Writes all of it to the results stream.</summary>
    public void Write(ToolConsole console)
    {
        console.Out.WriteLine(console.Bold(context.Network));
        console.Out.WriteLine($"on {context.Points}; {context.Weights} weights in {context.Numbers}, seed {context.Seed}; tested: {context.Against ?? "the kernels computed by intk"}");
        console.Out.WriteLine();
        foreach (string line in Table().Lines(console.Width)) console.Out.WriteLine(line);
        console.Out.WriteLine();
        foreach (VerifiedQuantity quantity in context.Quantities) WriteVerdict(console, quantity);
        console.Out.WriteLine();
        console.Out.WriteLine(console.Faint("Errors: mean over networks less the claim, at the worst entry, in units of √(K(x,x) K(x′,x′)), the diagonal. Their limit is a of the fit a + b/width" + (context.Trajectories.Count > 0 ? " (trained outputs: in units of √K(x,x) before training, with a term in 1/√width)." : ".")));
        console.Out.WriteLine(console.Faint("one: the root mean square error of a single network; it falls with slope -1/2 in the logarithm of the width."));
        console.Out.WriteLine(console.Faint($"{context.Cost}."));
    }

    private TextTable Table()
    {
        var table = new TextTable([new TextColumn("width"), new TextColumn("networks"), .. context.Quantities.SelectMany(Columns)]);
        LimitVerdict first = context.Quantities[0].Verdict;
        foreach ((string networks, int row) in context.DrawnAtWidths.Select((drawn, row) => (drawn, row)))
        {
            table.Add([$"{first.Widths[row]}", networks, .. context.Quantities.SelectMany(one => Cells(one.Verdict, row))]);
        }

        table.Add(["limit", "", .. context.Quantities.SelectMany(one => Limit(one.Verdict))]);
        return table;
    }

    private static IEnumerable<TextColumn> Columns(VerifiedQuantity quantity) =>
        [new TextColumn($"{quantity.Name}\n{Short(quantity)}"), new TextColumn("\none", Drop: 1)];

    private static string Short(VerifiedQuantity quantity) => quantity.Verdict.Worst is { } worst && worst.Step is { } step
        ? $"({worst.Row}{(quantity.Key == "outputs" ? "" : $", {worst.Column}")}), step {step}"
        : $"({quantity.Verdict.Worst.Row}, {quantity.Verdict.Worst.Column})";

    private static IEnumerable<string> Cells(LimitVerdict verdict, int i) =>
        [NumberText.WithError(verdict.Worst.Points[i].Error, verdict.Worst.Points[i].StandardError), NumberText.Significant(verdict.SingleDrawErrors[i], 2)];

    private static IEnumerable<string> Limit(LimitVerdict verdict) =>
        [NumberText.WithError(verdict.Intercept, verdict.StandardError), $"slope {NumberText.Fixed(verdict.SingleDrawSlope, 2)}"];

    private static void WriteVerdict(ToolConsole console, VerifiedQuantity quantity)
    {
        string lead = $"{quantity.Name}: {quantity.Title}";
        Write(console, lead, quantity.Verdict.Verdict == Verdict.Refuted ? console.Warning(lead) : console.Bold(lead), quantity.Reason);
        if (quantity.Small is { } small) Write(console, $"{quantity.Name}, small entries", $"{quantity.Name}, small entries", small);
    }

    private static void Write(ToolConsole console, string lead, string shown, string sentence)
    {
        int length = lead.Length;
        foreach (string part in $". {char.ToUpperInvariant(sentence[0])}{sentence[1..]}.".Split(' '))
        {
            if (length + part.Length + 1 > console.Width)
            {
                console.Out.WriteLine(shown);
                (shown, length) = ("  " + part, part.Length + 2);
            }
            else
            {
                bool joined = part == ".";
                (shown, length) = (joined ? shown + part : $"{shown} {part}", length + part.Length + (joined ? 0 : 1));
            }
        }

        console.Out.WriteLine(shown);
    }
}
