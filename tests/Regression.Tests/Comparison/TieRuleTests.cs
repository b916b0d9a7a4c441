using InfiniteNtk.Regression.Comparison;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Comparison;

/// <summary>Ties and misses where a few training sets are far worse than the others.</summary>
public sealed class TieRuleTests
{
    private static readonly double[] Best = [.. Enumerable.Range(0, 20).Select(s => 0.5 + 0.01 * ((s * 7) % 20))];

    [Fact]
    public void One_huge_error_makes_no_tie()
    {
        // Means 3.7 against 0.595, but the difference is within two of its standard errors.
        double[] terrible = [.. Best.Select((error, s) => s == 4 ? 61 : error * (0.97 + 0.1 * (s % 3)))];
        Assert.True(RawTie(terrible, Best));
        Assert.False(TieRule.Ties(terrible, Best));
        // So does one that is usually better, and sometimes a catastrophe.
        double[] moody = [.. Best.Select((error, s) => s < 2 ? 5000 : 0.99 * error)];
        Assert.True(RawTie(moody, Best));
        Assert.False(TieRule.Ties(moody, Best));
    }

    [Fact]
    public void Small_differences_that_are_the_same_on_every_set_are_none()
    {
        Assert.False(TieRule.Ties([.. Best.Select((error, s) => error * (1.001 + 0.0001 * (s % 5)))], Best));
        Assert.True(TieRule.Ties([.. Best.Select((error, s) => error * (1 + 0.02 * Math.Sin(s)))], Best));
        Assert.True(TieRule.Ties(Best, Best));
        Assert.True(TieRule.Ties([.. Best.Select(error => error * (1 + 1e-12))], Best));
        Assert.False(TieRule.Ties([.. Best.Select(_ => 0.7)], [.. Best.Select(_ => 0.0)]));
    }

    [Fact]
    public void Normal_differences_without_a_mean_tie_about_as_often_as_two_deviations_say()
    {
        var random = new Random(3);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        int ties = 0, worse = 0;
        for (int trial = 0; trial < 2000; trial++)
        {
            double[] best = [.. Enumerable.Range(0, 20).Select(_ => Math.Exp(0.3 * Normal()))];
            if (TieRule.Ties([.. best.Select(error => error * Math.Exp(0.1 * Normal()))], best)) ties++;
            if (!TieRule.Ties([.. best.Select(error => error * Math.Exp(0.1 * Normal() + 0.1))], best)) worse++;
        }

        Assert.InRange(ties / 2000.0, 0.94, 0.99);
        Assert.InRange(worse / 2000.0, 0.95, 1);
    }

    [Fact]
    public void Signed_ranks_are_those_of_the_tables()
    {
        // Ranks 1 to 5: W+ = 3 + 4 + 5 = 12 of 15, mean 7.5, variance 5 6 11/24.
        Assert.Equal(4.5 / Math.Sqrt(13.75), HeavyTails.SignedRanks([-0.1, 0.3, 0.4, 0, -0.2, 0.5]), 1e-12);
        Assert.Equal(-HeavyTails.SignedRanks([1, 2, -3, 7]), HeavyTails.SignedRanks([-1, -2, 3, -7]), 1e-12);
        Assert.Equal(0, HeavyTails.SignedRanks([0, 0]));
    }

    [Fact]
    public void A_prediction_misses_outside_of_what_median_and_mean_leave_open()
    {
        double typical = HeavyTails.StandardError(HeavyTails.Logs([.. Best.Select((error, s) => s == 4 ? 61 : error)]));
        Assert.InRange(typical, 0.02, 0.06);
        var skewed = new CurvePoint
        {
            N = 5,
            Predicted = 0,
            Spectral = 0,
            Measured = 3.7,
            StandardError = 3,
            LeaveOneOut = 1,
            PredictedAccuracy = null,
            Accuracy = null,
            AccuracyStandardError = null,
            TiedWithBest = false,
            Median = 0.6,
            TypicalError = typical,
        };
        Assert.True(skewed.IsSkewed);
        Assert.Equal((1, 1, 0.5, 2), (skewed.Factor(0.6), skewed.Factor(2), skewed.Factor(0.3), skewed.Factor(7.4)));
        Assert.Equal(0, skewed.Distance(1));
        Assert.InRange(skewed.Distance(0.3), 10, 40);
        // Its mean's own error would have forgiven it.
        Assert.True(Math.Abs(0.3 - skewed.Measured) < 3 * skewed.StandardError);
        var quiet = new CurvePoint
        {
            N = 5,
            Predicted = 0,
            Spectral = 0,
            Measured = 0.5,
            StandardError = 0.01,
            LeaveOneOut = 1,
            PredictedAccuracy = null,
            Accuracy = null,
            AccuracyStandardError = null,
            TiedWithBest = false,
        };
        Assert.False(quiet.IsSkewed);
        Assert.Equal(5, quiet.Distance(0.55), 1e-9);
        Assert.Equal(Math.Log(1.1) / 0.04, (quiet with { TypicalError = 0.04 }).Distance(0.55), 1e-9);
        Assert.True(double.IsNaN(quiet.Factor(double.NaN)));
    }

    /// <summary>The mean difference within two of its standard errors.</summary>
    private static bool RawTie(double[] own, double[] best)
    {
        double[] difference = [.. own.Zip(best, (mine, its) => mine - its)];
        double mean = difference.Average();
        return mean <= 2 * Math.Sqrt(difference.Sum(d => (d - mean) * (d - mean)) / 19 / 20);
    }
}
