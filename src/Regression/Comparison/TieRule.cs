namespace InfiniteNtk.Regression.Comparison;

/// <summary>
/// Whether a kernel's errors tie with those of the best on the same training sets. They do not where it is worse on more of them than chance
/// explains (signed ranks of the log ratios, two standard deviations), nor where its mean error is larger by more than three standard errors of
/// the typical log ratio: one huge error makes a mean uncertain, but no good kernel.
/// </summary>
internal static class TieRule
{
    private const double RankWidth = 2;
    private const double MeanWidth = 3;

    /// <summary>Relative differences up to this are rounding.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Whether errors <paramref name="own"/> tie with <paramref name="best"/>, set by set.</summary>
    public static bool Ties(ReadOnlySpan<double> own, ReadOnlySpan<double> best)
    {
        double[] ratios = HeavyTails.Logs(own), ofBest = HeavyTails.Logs(best);
        double mean = 0, meanOfBest = 0;
        for (int s = 0; s < ratios.Length; s++)
        {
            ratios[s] -= ofBest[s];
            if (Math.Abs(ratios[s]) <= Rounding) ratios[s] = 0;
            mean += own[s];
            meanOfBest += best[s];
        }

        double excess = Math.Log(Math.Max(mean, double.Epsilon) / Math.Max(meanOfBest, double.Epsilon));
        return HeavyTails.SignedRanks(ratios) <= RankWidth && excess <= Math.Max(MeanWidth * HeavyTails.StandardError(ratios), Rounding);
    }
}
