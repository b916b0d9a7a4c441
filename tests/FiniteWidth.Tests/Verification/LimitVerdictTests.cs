using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Verification;

/// <summary>Verdicts on made-up draws, whose truth is known.</summary>
public sealed class LimitVerdictTests
{
    private static readonly int[] _widths = [32, 64, 128, 256];

    [Fact]
    public void A_bias_of_one_over_width_is_no_error_of_the_kernel()
    {
        LimitVerdict verdict = Judge(seed: 1, draws: 600, offset: 0, bias: 4, spread: 1);
        Assert.Equal(Verdict.Consistent, verdict.Verdict);
        Assert.Equal(4, verdict.Slopes[0], 1.5);
        Assert.Equal(-0.5, verdict.SingleDrawSlope, 0.1);
        Assert.InRange(verdict.LargestStandardError, 0.002, 0.01);
    }

    [Fact]
    public void An_error_that_remains_at_infinite_width_refutes_the_kernel()
    {
        LimitVerdict verdict = Judge(seed: 1, draws: 600, offset: 0.1, bias: 0, spread: 1);
        Assert.Equal(Verdict.Refuted, verdict.Verdict);
        Assert.Equal(0.1, verdict.Intercept, 4 * verdict.StandardError);
        Assert.True(verdict.SingleDrawSlope > -0.4);
    }

    [Fact]
    public void Few_draws_decide_nothing_and_the_needed_number_does()
    {
        LimitVerdict few = Judge(seed: 2, draws: 20, offset: 0, bias: 1, spread: 2);
        Assert.Equal(Verdict.NoErrorFound, few.Verdict);
        Assert.True(few.Bound > 0.02);
        Assert.True(few.SamplesNeeded > 20);
        LimitVerdict enough = Judge(seed: 2, draws: (int)(1.3 * few.SamplesNeeded), offset: 0, bias: 1, spread: 2);
        Assert.Equal(Verdict.Consistent, enough.Verdict);
    }

    [Fact]
    public void A_true_kernel_is_refuted_once_in_a_hundred_times()
    {
        const int Trials = 3000;
        int refuted = Enumerable.Range(0, Trials).Count(
            trial => Judge(seed: 100 + trial, draws: 40, offset: 0, bias: 1, spread: 1).Verdict == Verdict.Refuted);
        // Forgetting that errors have two signs would give 60.
        Assert.InRange(refuted, 12, 45);
    }

    /// <summary>Weights from the variances seen go together with the errors seen: they refute 54 of 1000 right kernels at two draws.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Nor_more_often_at_a_handful_of_draws(int draws)
    {
        const int Trials = 1500;
        int refuted = Enumerable.Range(0, Trials).Count(
            trial => Judge(seed: 5000 + trial, draws, offset: 0, bias: 1, spread: 1).Verdict == Verdict.Refuted);
        Assert.InRange(refuted, 0, 30);
    }

    /// <summary>Whatever its precision: by chance of 1 of 200 at the tolerance itself, and hardly ever beyond it. That it is not refuted is not enough: about half are not.</summary>
    [Theory]
    [InlineData(0.02, 400, 6)]
    [InlineData(0.02, 100, 6)]
    [InlineData(0.03, 50, 1)]
    [InlineData(0.04, 30, 0)]
    public void A_kernel_that_is_off_by_the_tolerance_or_more_is_not_called_consistent(double offset, int draws, int most)
    {
        const int Trials = 400;
        int consistent = Enumerable.Range(0, Trials).Count(
            trial => Judge(seed: 9000 + trial, draws, offset, bias: 1, spread: 1).Verdict == Verdict.Consistent);
        Assert.InRange(consistent, 0, most);
    }

    [Fact]
    public void The_tolerance_decides_what_is_consistent_and_how_many_draws_that_takes()
    {
        LimitVerdict usual = Judge(seed: 1, draws: 600, offset: 0, bias: 0, spread: 1);
        Assert.InRange(usual.Bound, 2.5 * usual.LargestStandardError, 0.02);
        LimitVerdict strict = Judge(seed: 1, draws: 600, offset: 0, bias: 0, spread: 1, new() { Tolerance = usual.Bound / 2 });
        Assert.Equal((Verdict.Consistent, Verdict.NoErrorFound), (usual.Verdict, strict.Verdict));
        Assert.Equal(usual.Bound, strict.Bound);
        Assert.True(strict.SamplesNeeded > 1.5 * 600);
        Assert.InRange(usual.SamplesNeeded, 1, 600);
        Assert.Contains("no error above", strict.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("consistent", usual.ToString(), StringComparison.Ordinal);
        Assert.Throws<InvalidArgumentException>(() => Judge(seed: 1, draws: 5, offset: 0, bias: 0, spread: 1, new() { Tolerance = 0 }));
        Assert.Throws<InvalidArgumentException>(() => Judge(seed: 1, draws: 5, offset: 0, bias: 0, spread: 1, new() { Level = double.NaN }));
    }

    /// <summary>An entry of 2 % of the diagonal that is off by a third of itself is within 1 % of the diagonal; its own line tells.</summary>
    [Fact]
    public void A_small_entry_is_told_relative_to_itself()
    {
        var random = new Random(3);
        using KernelMatrix<double> claimed = KernelMatrix<double>.From(new[,] { { 4, 0.04, 0 }, { 0.04, 1, 0.5 }, { 0, 0.5, 1 } });
        LimitVerdict verdict = LimitVerdict.OfKernel([.. _widths.Select(width => Evidence(random, width, 500, claimed, (i, j) => (i, j) is (0, 1) ? 0.006 : 0, 1))]);
        Assert.Equal(Verdict.Consistent, verdict.Verdict);
        RelativeLimit small = verdict.Relative!;
        Assert.Equal((0, 1), (small.Row, small.Column));
        Assert.Equal(0.02, small.Size, 1e-15);
        Assert.Equal(0.3, small.Intercept, 4 * small.StandardError);
        Assert.InRange(small.StandardError, 0.1, 0.25);
        Assert.Equal(Math.Abs(small.Intercept) + 2.576 * small.StandardError, small.Bound, 5e-3);
        Assert.Null(LimitVerdict.Of([Flat(0, 0), Flat(1, 1)], [1]).Relative);
    }

    /// <summary>Student's quantile at one degree of freedom and 600 entries is beyond 10⁴, where a search for it gave up.</summary>
    [Theory]
    [InlineData(2, 24)]
    [InlineData(3, 12)]
    public void Many_entries_at_two_draws_are_judged(int draws, int count)
    {
        var random = new Random(7);
        var exact = new double[count, count];
        for (int i = 0; i < count; i++) exact[i, i] = 1 + i;
        using KernelMatrix<double> claimed = KernelMatrix<double>.From(exact);
        LimitVerdict verdict = LimitVerdict.OfKernel([.. new[] { 4, 8, 16, 32 }.Select(width => Evidence(random, width, draws, claimed, (_, _) => 0, 1))]);
        Assert.Equal(Verdict.NoErrorFound, verdict.Verdict);
        Assert.Equal(count * (count + 1) / 2, verdict.Entries);
        Assert.InRange(verdict.Bound, 0.5, 1e3);
    }

    [Fact]
    public void What_is_not_finite_is_refused()
    {
        using KernelMatrix<double> claimed = KernelMatrix<double>.From(new[,] { { 1, double.NaN }, { double.NaN, 1 } });
        Assert.Contains("(0, 1)", Assert.Throws<NumericalFailureException>(
            () => LimitVerdict.OfKernel([.. _widths.Select(width => Evidence(new Random(1), width, 5, claimed, (_, _) => 0, 1))])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_without_scatter_are_compared_to_rounding()
    {
        Assert.Equal(Verdict.Consistent, Judge(seed: 1, draws: 5, offset: 0, bias: 0, spread: 0).Verdict);
        Assert.Equal(Verdict.Refuted, Judge(seed: 1, draws: 5, offset: 1e-6, bias: 0, spread: 0).Verdict);
    }

    /// <summary>Its entries have no scale and are compared as they are: all 0, or not.</summary>
    [Theory]
    [InlineData(0, Verdict.Consistent)]
    [InlineData(0.01, Verdict.Refuted)]
    public void A_sample_without_variance_is_judged_too(double sampled, Verdict expected)
    {
        LimitVerdict verdict = LimitVerdict.OfKernel([.. _widths.Select(width =>
        {
            var statistics = new EntryStatistics(2, 2);
            for (int draw = 0; draw < 3; draw++)
            {
                using KernelMatrix<double> one = KernelMatrix<double>.From(new[,] { { 4.0, 0 }, { 0, sampled } });
                statistics.Add(one);
            }

            return new WidthEvidence(width, statistics, KernelMatrix<double>.From(new[,] { { 4.0, 0 }, { 0, 0 } }));
        })]);
        Assert.Equal(expected, verdict.Verdict);
        Assert.Equal(sampled, verdict.Intercept, 1e-12);
    }

    [Fact]
    public void Too_few_widths_draws_or_sizes_are_refused()
    {
        WidthEvidence[] evidence = [.. _widths.Select(width => Evidence(new Random(1), width, 3, 0, 0, 1))];
        Assert.Contains("3 estimates", Assert.Throws<InvalidArgumentException>(() => LimitVerdict.OfKernel(evidence[..3])).Message);
        Assert.Throws<InvalidArgumentException>(() => LimitVerdict.OfKernel([evidence[0], evidence[0], evidence[1], evidence[2]]));
        Assert.Throws<InvalidArgumentException>(() => LimitVerdict.OfKernel([.. evidence[..3], Evidence(new Random(1), 512, 1, 0, 0, 1)]));
        WidthEvidence odd = evidence[3] with { Exact = new KernelMatrix<double>(3, 3) };
        Assert.Contains("3 × 3", Assert.Throws<ShapeMismatchException>(() => LimitVerdict.OfKernel([.. evidence[..3], odd])).Message);
    }

    private static LimitVerdict Judge(int seed, int draws, double offset, double bias, double spread, VerdictRule? rule = null)
    {
        var random = new Random(seed);
        return LimitVerdict.OfKernel([.. _widths.Select(width => Evidence(random, width, draws, offset, bias, spread))], rule);
    }

    private static EntryOverWidths Flat(int row, int column) => new(null, row, column, [.. _widths.Select(width => new ErrorAtWidth(width, 0, 0.001, 10))]) { Size = 1 };

    private static WidthEvidence Evidence(Random random, int width, int draws, double offset, double bias, double spread) =>
        Evidence(random, width, draws, KernelMatrix<double>.From(new[,] { { 4, 1.2 }, { 1.2, 1 } }), (_, _) => offset + bias / width, spread);

    /// <summary>Gaussian draws around a kernel, off by bias(i, j)·√(K_ii K_jj), with standard deviation spread/√width.</summary>
    private static WidthEvidence Evidence(Random random, int width, int draws, KernelMatrix<double> exact, Func<int, int, double> bias, double spread)
    {
        int count = (int)exact.Rows;
        var statistics = new EntryStatistics(count, count);
        for (int draw = 0; draw < draws; draw++)
        {
            using var matrix = new KernelMatrix<double>(count, count);
            for (int i = 0; i < count; i++)
            {
                for (int j = i; j < count; j++)
                {
                    double scale = Math.Sqrt(exact[i, i] * exact[j, j]);
                    double error = bias(i, j) + spread / Math.Sqrt(width) * Gaussian(random);
                    matrix[i, j] = matrix[j, i] = exact[i, j] + scale * error;
                }
            }

            statistics.Add(matrix);
        }

        return new WidthEvidence(width, statistics, exact);
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
