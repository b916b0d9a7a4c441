using InfiniteNtk.FiniteWidth.Verification;

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
        FiniteWidth.Verification.Verdict.Consistent => "consistent",
        FiniteWidth.Verification.Verdict.Refuted => "refuted",
        _ => "not enough samples",
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
                FiniteWidth.Verification.Verdict.Consistent =>
                    $"extrapolated to infinite width, {Entries} within its error bars; the furthest in units of its own, {deviation}; all are known to {NumberText.Percent(Verdict.LargestStandardError, 2)}",
                FiniteWidth.Verification.Verdict.Refuted =>
                    $"an error remains at infinite width: {deviation}, {NumberText.Significant(Math.Abs(Verdict.Intercept / Verdict.StandardError), 2)} standard errors; chance does this in 1 of 100 verifications or fewer",
                _ => $"the limit is known to {NumberText.Percent(Verdict.LargestStandardError, 1)} only, {deviation}; about {Verdict.SamplesNeeded} networks at each width would decide: --seeds {Verdict.SamplesNeeded}",
            };
        }
    }

    private string Entries => Verdict.Entries == 1 ? "the one entry is" : $"each of the {Verdict.Entries} entries is";
}
