using System.Globalization;

namespace InfiniteNtk.Cli.Presentation;

/// <summary>One thing that was put to the test.</summary>
/// <param name="Key">Its name for programs.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Verdict">What sampling said.</param>
internal sealed record VerifiedQuantity(string Key, string Name, LimitVerdict Verdict)
{
    /// <summary>The verdict in words.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        InfiniteNtk.Verdict.Consistent => "consistent",
        InfiniteNtk.Verdict.Refuted => "refuted",
        _ => "no error found",
    };

    /// <summary>Where the worst entry is: "(0, 2)", or "point 1 after 16 steps".</summary>
    public string Place
    {
        get
        {
            EntryOverWidths worst = Verdict.Worst;
            if (worst.Step is not { } step) return $"entry ({worst.Row}, {worst.Column})";
            string points = Key == "outputs" ? $"point {worst.Row}" : $"points ({worst.Row}, {worst.Column})";
            return $"{points} after {NumberText.Count(step, "step")}";
        }
    }

    /// <summary>What the verdict rests on, in one sentence.</summary>
    public string Reason
    {
        get
        {
            string deviation = $"a = {NumberText.WithError(Verdict.Intercept, Verdict.StandardError)} at {Place}";
            return Verdict.Verdict switch
            {
                InfiniteNtk.Verdict.Consistent =>
                    $"extrapolated to infinite width, {Entries} right to {Bound}, within the tolerance of {Tolerance}; the least likely, {deviation}",
                InfiniteNtk.Verdict.Refuted =>
                    $"an error remains at infinite width: {deviation}, {NumberText.Significant(Math.Abs(Verdict.Intercept / Verdict.StandardError), 2)} standard errors; chance does this in 1 of 100 verifications or fewer",
                _ => $"that is more than the tolerance of {Tolerance}, so it is not shown to be right; the least likely, {deviation}; about {Verdict.SamplesNeeded} networks at each width would tell: --seeds {Verdict.SamplesNeeded}",
            };
        }
    }

    /// <summary>The verdict with its number: "no error above 3.4 % found".</summary>
    public string Title => Verdict.Verdict == InfiniteNtk.Verdict.NoErrorFound ? $"no error above {Bound} found" : Word(Verdict.Verdict);

    /// <summary>The entry of which least is known relative to itself, in one sentence; null where none is smaller than the diagonal.</summary>
    public string? Small => Verdict.Relative is not { } relative ? null :
        $"least known relative to itself: entry ({relative.Row}, {relative.Column}), {NumberText.Significant(100 * relative.Size, 2)} % of the diagonal, has a = {Percents(relative.Intercept, relative.StandardError)} of itself";

    private string Bound => Percent(Verdict.Bound);

    private string Tolerance => (100 * Verdict.Rule.Tolerance).ToString("0.####", CultureInfo.InvariantCulture) + " %";

    private static string Percent(double share) => NumberText.Significant(100 * share, 2) + " %";

    private static string Percents(double value, double error) => $"{NumberText.Significant(100 * value, 2)} ± {NumberText.Significant(100 * error, 2)} %";

    private string Entries => Verdict.Entries == 1 ? "the one entry is" : $"each of the {Verdict.Entries} entries is";
}
