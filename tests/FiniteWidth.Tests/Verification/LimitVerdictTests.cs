using InfiniteNtk.FiniteWidth.MonteCarlo;
using InfiniteNtk.FiniteWidth.Verification;
using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Matrices;
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
        Assert.Equal(Verdict.NotEnoughSamples, few.Verdict);
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

    private static LimitVerdict Judge(int seed, int draws, double offset, double bias, double spread)
    {
        var random = new Random(seed);
        return LimitVerdict.OfKernel([.. _widths.Select(width => Evidence(random, width, draws, offset, bias, spread))]);
    }

    /// <summary>Gaussian draws around exact·(1 + offset + bias/width) with standard deviation spread/√width, for a 2 × 2 kernel.</summary>
    private static WidthEvidence Evidence(Random random, int width, int draws, double offset, double bias, double spread)
    {
        KernelMatrix<double> exact = KernelMatrix<double>.From(new[,] { { 4, 1.2 }, { 1.2, 1 } });
        var statistics = new EntryStatistics(2, 2);
        for (int draw = 0; draw < draws; draw++)
        {
            using var matrix = new KernelMatrix<double>(2, 2);
            for (int i = 0; i < 2; i++)
            {
                for (int j = i; j < 2; j++)
                {
                    double scale = Math.Sqrt(exact[i, i] * exact[j, j]);
                    double error = offset + bias / width + spread / Math.Sqrt(width) * Gaussian(random);
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
