namespace InfiniteNtk.FiniteWidth.Verification;

/// <summary>When to look at what was sampled, and when to stop.</summary>
/// <remarks>
/// Looking several times refutes a right kernel more often than looking once, unless the looks share the level: 0.1 % for the first, which
/// is there for kernels that are hugely wrong, 0.6 % for the one that most verifications end with, 0.3 % for the last. Between looks only
/// the scatter decides how many networks follow, never the error.
/// </remarks>
internal static class SamplingLooks
{
    private const double Level = 0.01;

    /// <summary>Shares of the tolerance that standard errors must have come down to, and of the level.</summary>
    private static readonly (double Aim, double Share)[] _looks = [(double.PositiveInfinity, 0.1), (LimitVerdict.FirstAim, 0.6), (LimitVerdict.SecondAim, 0.3)];

    /// <summary>Samples and judges until there is a verdict or the most draws are taken.</summary>
    /// <typeparam name="TReport">What judging gives.</typeparam>
    /// <param name="options">Draws, tolerance.</param>
    /// <param name="sample">Samples on until there are so many draws.</param>
    /// <param name="judge">Judges each quantity by a rule.</param>
    /// <param name="verdicts">The verdicts on the quantities.</param>
    /// <param name="quantities">How many those are: they share the level.</param>
    public static TReport Run<TReport>(
        VerificationOptions options, Action<int> sample, Func<VerdictRule, TReport> judge, Func<TReport, IReadOnlyList<LimitVerdict>> verdicts, int quantities)
    {
        int draws = options.Draws;
        sample(draws);
        if (options.MostDraws is not { } most) return Judge(1);
        foreach ((double aim, double share) in _looks)
        {
            TReport report = Judge(share);
            while (draws < most && !verdicts(report).All(one => one.IsKnownTo(aim)))
            {
                // An estimate of what is needed scatters itself: a little more spares another round.
                draws = (int)Math.Min(most, 1.1 * verdicts(report).Max(one => one.SamplesFor(aim)) + 16);
                sample(draws);
                report = Judge(share);
            }

            bool ends = draws >= most || verdicts(report).Any(one => one.Verdict == Verdict.Refuted) || verdicts(report).All(one => one.Verdict == Verdict.Consistent);
            if (ends) return report;
        }

        return Judge(_looks[^1].Share);

        TReport Judge(double share) => judge(new VerdictRule { Tolerance = options.Tolerance, Rounding = options.Rounding, Level = Level * share / quantities });
    }
}
