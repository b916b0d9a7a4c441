using Xunit;

namespace InfiniteNtk.Regression.Tests.Spectra;

/// <summary>The exact identities and monotonicities of the ridge framework on random spectra.</summary>
public sealed class RidgeCurveLaws
{
    [Fact]
    public void Learnabilities_and_ridge_add_up_to_n() => RidgeProblem.Check(
        p =>
        {
            RidgePrediction r = p.Predict();
            double sum = p.Ridge / r.Kappa;
            for (int k = 0; k < p.Eigenvalues.Length; k++) sum += p.Multiplicities[k] * r.Learnabilities[k];
            return Close(sum, p.N, 1e-12);
        },
        11);

    [Fact]
    public void Kappa_stays_between_its_bounds() => RidgeProblem.Check(
        p =>
        {
            double kappa = p.Predict().Kappa;
            double above = (p.Spectrum.Trace + p.Ridge) / p.N;
            double below = p.Ridge / p.N;
            double modes = 0;
            foreach ((double lambda, double multiplicity) in p.Eigenvalues.Zip(p.Multiplicities).OrderByDescending(level => level.First))
            {
                modes += multiplicity;
                below = Math.Max(below, lambda * (modes / p.N - 1));
            }

            return kappa <= above * (1 + 1e-14) && kappa >= below * (1 - 1e-14);
        },
        13);

    [Fact]
    public void Larger_eigenvalues_are_learned_better_and_learnabilities_lie_in_the_unit_interval() => RidgeProblem.Check(
        p =>
        {
            RidgePrediction r = p.Predict();
            double last = 0;
            foreach (int k in Enumerable.Range(0, p.Eigenvalues.Length).OrderBy(k => p.Eigenvalues[k]))
            {
                if (r.Learnabilities[k] < last || r.Learnabilities[k] > 1) return false;
                last = r.Learnabilities[k];
            }

            return true;
        },
        17);

    [Fact]
    public void Kappa_falls_with_n_and_rises_with_the_ridge_and_every_eigenvalue() => RidgeProblem.Check(
        p =>
        {
            double kappa = p.Predict().Kappa;
            int raised = p.Eigenvalues.Length / 2;
            double[] eigenvalues = [.. p.Eigenvalues];
            eigenvalues[raised] = 1.5 * eigenvalues[raised] + 0.01;
            RidgePrediction before = p.Predict();
            RidgePrediction after = (p with { Eigenvalues = eigenvalues }).Predict();
            bool others = true;
            for (int k = 0; k < eigenvalues.Length; k++)
            {
                others &= k == raised
                    ? after.Learnabilities[k] >= before.Learnabilities[k] * (1 - 1e-12)
                    : after.Learnabilities[k] <= before.Learnabilities[k] * (1 + 1e-12);
            }

            return others && after.Kappa >= kappa * (1 - 1e-12)
                && p.Predict(p.N * 0.8).Kappa >= kappa
                && (p with { Ridge = p.Ridge * 1.3 + 0.001 }).Predict().Kappa >= kappa;
        },
        19);

    [Fact]
    public void More_points_learn_every_mode_better_and_lower_the_bias() => RidgeProblem.Check(
        p =>
        {
            RidgePrediction few = p.Predict(0.7 * p.N);
            RidgePrediction many = p.Predict();
            for (int k = 0; k < p.Eigenvalues.Length; k++)
            {
                if (many.Learnabilities[k] < few.Learnabilities[k] * (1 - 1e-12)) return false;
            }

            return many.Bias <= few.Bias * (1 + 1e-12);
        },
        23);

    [Fact]
    public void Overfitting_is_the_slope_of_kappa_in_the_ridge() => RidgeProblem.Check(
        p =>
        {
            RidgeProblem q = p with { Ridge = p.Ridge + 0.01 };
            double step = 1e-4 * q.Ridge;
            double slope = ((q with { Ridge = q.Ridge + step }).Predict().Kappa - (q with { Ridge = q.Ridge - step }).Predict().Kappa) / (2 * step);
            RidgePrediction r = q.Predict();
            return Close(r.Overfitting, q.N * slope, 1e-4) && r.Overfitting >= 1
                && r.Overfitting <= q.N * r.Kappa / q.Ridge * (1 + 1e-12)
                && (q with { Ridge = 1.5 * q.Ridge }).Predict().Overfitting <= r.Overfitting * (1 + 1e-12);
        },
        29);

    [Fact]
    public void Training_error_is_test_error_times_the_squared_fitting_ratio_and_rises_with_the_ridge() => RidgeProblem.Check(
        p =>
        {
            RidgePrediction r = p.Predict();
            RidgePrediction more = (p with { Ridge = 1.5 * p.Ridge + 0.001 }).Predict();
            double ratio = p.Ridge / (p.N * r.Kappa);
            return r.Train <= r.Test * (1 + 1e-12) && Close(r.Train, ratio * ratio * r.Test, 1e-12)
                && more.Train >= r.Train * (1 - 1e-12)
                && more.Train / more.Test >= r.Train / r.Test * (1 - 1e-12)
                && (p.Ridge > 0 || r.Train == 0);
        },
        31);

    [Fact]
    public void Test_error_is_bias_plus_variance_plus_noise_and_the_mode_errors_add_up_to_it() => RidgeProblem.Check(
        p =>
        {
            RidgePrediction r = p.Predict();
            double modes = 0;
            foreach (double error in r.ModeErrors) modes += error;
            return Close(r.Test, r.Bias + r.Variance + p.Noise, 1e-10) && Close(r.Test, modes + p.Noise, 1e-10);
        },
        37);

    [Fact]
    public void Scaling_the_kernel_scales_kappa_only_and_scaling_the_target_scales_the_errors_only() => RidgeProblem.Check(
        p =>
        {
            RidgePrediction r = p.Predict();
            RidgePrediction kernel = (p with { Eigenvalues = Scaled(p.Eigenvalues, 1e-9), Ridge = 1e-9 * p.Ridge }).Predict();
            RidgePrediction target = (p with { Power = Scaled(p.Power, 7), Noise = 7 * p.Noise }).Predict();
            return Close(kernel.Kappa, 1e-9 * r.Kappa, 1e-11) && Close(kernel.Test, r.Test, 1e-10) && Close(kernel.Overfitting, r.Overfitting, 1e-10)
                && Close(target.Test, 7 * r.Test, 1e-12) && Close(target.Bias, 7 * r.Bias, 1e-12) && target.Kappa == r.Kappa;
        },
        41);

    [Fact]
    public void Errors_superpose_in_target_and_noise() => RidgeProblem.Check(
        p =>
        {
            double noiseless = (p with { Noise = 0 }).Predict().Test;
            double noiseOnly = (p with { Power = Scaled(p.Power, 0) }).Predict().Test;
            return Close(p.Predict().Test, noiseless + noiseOnly, 1e-12);
        },
        43);

    [Fact]
    public void Splitting_permuting_and_empty_levels_change_nothing() => RidgeProblem.Check(
        p =>
        {
            double[] halves = [.. Scaled(p.Multiplicities, 0.5), .. Scaled(p.Multiplicities, 0.5), 3];
            double[] power = [.. Scaled(p.Power, 0.25), .. Scaled(p.Power, 0.75), 0];
            double[] eigenvalues = [.. p.Eigenvalues, .. p.Eigenvalues, 0];
            RidgePrediction split = new RidgeCurve(
                new Spectrum([.. eigenvalues.Reverse()], [.. power.Reverse()], [.. halves.Reverse()]), p.Ridge, p.Noise).At(p.N);
            RidgePrediction r = p.Predict();
            return Close(split.Kappa, r.Kappa, 1e-11) && Close(split.Test, r.Test, 1e-10) && Close(split.Train, r.Train, 1e-10);
        },
        47);

    [Fact]
    public void Target_power_on_zero_eigenvalues_is_noise() => RidgeProblem.Check(
        p =>
        {
            RidgePrediction outside = new RidgeCurve(
                new Spectrum([.. p.Eigenvalues, 0], [.. p.Power, 0.37], [.. p.Multiplicities, 2]), p.Ridge, p.Noise).At(p.N);
            return Close(outside.Test, (p with { Noise = p.Noise + 0.37 }).Predict().Test, 1e-11);
        },
        53);

    [Fact]
    public void No_points_and_very_many_points_reach_their_limits() => RidgeProblem.Check(
        p =>
        {
            RidgePrediction none = p.Predict(0);
            RidgePrediction almostNone = p.Predict(1e-9);
            double all = p.Spectrum.TotalPower + p.Noise;
            double smallest = p.Eigenvalues.Where(lambda => lambda > 0).Min();
            RidgePrediction many = p.Predict(1e8 * (1 + p.Spectrum.Rank) * (1 + p.Ridge / smallest));
            double outside = p.Eigenvalues.Zip(p.Power).Where(level => level.First == 0).Sum(level => level.Second);
            return none.Test == all && Close(almostNone.Test, all, 1e-6)
                && Close(1e-9 * almostNone.Kappa, p.Spectrum.Trace + p.Ridge, 1e-6)
                && Math.Abs(none.Train - almostNone.Train) <= 1e-6 * all
                && Math.Abs(many.Test - p.Noise - outside) <= 1e-6 * all;
        },
        59);

    [Fact]
    public void With_the_best_ridge_more_points_never_hurt() => RidgeProblem.Check(
        p =>
        {
            double Best(double n) => Enumerable.Range(0, 241).Min(i => (p with { Ridge = Math.Pow(10, -9 + i / 20.0) }).Predict(n).Test);
            // The grid of ridges is 12 % wide: its best is within 1e-2 of the true best.
            return Best(1.4 * p.N) <= Best(p.N) * (1 + 1e-2);
        },
        61,
        60);

    [Fact]
    public void A_prior_matched_to_the_kernel_has_error_c_n_kappa_and_the_best_ridge() => RidgeProblem.Check(
        p =>
        {
            const double c = 0.8;
            double noise = p.Noise + 0.05;
            double[] power = [.. p.Eigenvalues.Zip(p.Multiplicities, (lambda, multiplicity) => c * lambda * multiplicity)];
            RidgeProblem matched = p with { Power = power, Noise = noise, Ridge = noise / c };
            RidgePrediction r = matched.Predict();
            return Close(r.Test, c * p.N * r.Kappa, 1e-10)
                && (matched with { Ridge = 0.7 * matched.Ridge }).Predict().Test >= r.Test * (1 - 1e-12)
                && (matched with { Ridge = 1.4 * matched.Ridge }).Predict().Test >= r.Test * (1 - 1e-12);
        },
        67);

    [Fact]
    public void Bias_is_at_least_the_squared_mean_residual() => RidgeProblem.Check(
        p =>
        {
            RidgePrediction r = p.Predict();
            double missed = 1 - r.TargetLearnability;
            return r.Bias >= missed * missed * p.Spectrum.TotalPower * (1 - 1e-10)
                && r.Test - p.Noise >= missed * missed * p.Spectrum.TotalPower * (1 - 1e-10);
        },
        71);

    [Fact]
    public void The_smallest_mode_is_learned_at_most_n_over_M() => RidgeProblem.Check(
        p => p.Predict().Learnabilities.ToArray().Min() <= p.N / p.Spectrum.Count * (1 + 1e-12), 73);

    [Fact]
    public void The_best_ridge_obeys_the_classical_bound() => RidgeProblem.Check(
        p =>
        {
            RidgeProblem q = p with { Noise = 0, Eigenvalues = [.. p.Eigenvalues.Select(lambda => lambda + 1e-6)] };
            double best = Enumerable.Range(0, 61).Min(i => (q with { Ridge = Math.Pow(10, -9 + i / 5.0) }).Predict().Test);
            return best <= 4 * q.Spectrum.Trace / q.N * q.Power.Zip(q.Eigenvalues, (v, lambda) => v / lambda).Sum();
        },
        79,
        100);

    [Fact]
    public void A_power_law_overfits_by_its_exponent()
    {
        var curve = new RidgeCurve(Spectrum.PowerLaw(1.5, 1.8, 2_000_000));
        Assert.Equal(1.5, curve.At(100).Overfitting, 0.015);
        // The rest of the deviation is the truncation at two million modes.
        Assert.Equal(1.5, curve.At(1000).Overfitting, 0.04);
        double slope = Math.Log(curve.At(200).Kappa / curve.At(100).Kappa) / Math.Log(2);
        Assert.Equal(-1.5, slope, 0.02);
    }

    [Fact]
    public void At_the_ridgeless_peak_the_error_is_infinite_not_NaN()
    {
        RidgePrediction peak = new RidgeCurve(new Spectrum([1, 0], [1, 0.5], [10, 5])).At(10);
        Assert.Equal(double.PositiveInfinity, peak.Test);
        Assert.Equal(0, peak.Train);
        RidgePrediction clean = new RidgeCurve(new Spectrum([1], [1], [10])).At(10);
        Assert.Equal(0, clean.Test);
        RidgePrediction beyond = new RidgeCurve(new Spectrum([1], [1], [10]), 0, 0.3).At(40);
        Assert.Equal(0.3 * 40 / 30, beyond.Test, 1e-12);
        Assert.Equal(0.3 * 0.75, beyond.Train, 1e-12);
    }

    [Fact]
    public void A_kernel_of_zeros_predicts_zero()
    {
        RidgePrediction r = new RidgeCurve(new Spectrum([0, 0], [1, 2]), 0.1, 0.2).At(5);
        Assert.Equal(3.2, r.Test, 1e-12);
        Assert.Equal(3.2, r.Train, 1e-12);
        Assert.Equal(3.2, new RidgeCurve(new Spectrum([0, 0], [1, 2]), 0, 0.2).At(5).Test, 1e-12);
    }

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(double.PositiveInfinity, 0, 0)]
    [InlineData(5, -1, 0)]
    [InlineData(5, double.NaN, 0)]
    [InlineData(5, 0, -1)]
    public void Numbers_outside_their_domain_are_refused(double n, double ridge, double noise) =>
        Assert.Throws<InfiniteNtk.InvalidArgumentException>(() => new RidgeCurve(Spectrum.PowerLaw(2, 2, 10), ridge, noise).At(n));

    [Fact]
    public void A_spectrum_refuses_bad_levels()
    {
        Assert.Throws<InfiniteNtk.InvalidArgumentException>(() => new Spectrum([], []));
        Assert.Throws<InfiniteNtk.InvalidArgumentException>(() => new Spectrum([1, 2], [1]));
        Assert.Throws<InfiniteNtk.InvalidArgumentException>(() => new Spectrum([-1e-20], [1]));
        Assert.Throws<InfiniteNtk.InvalidArgumentException>(() => new Spectrum([double.NaN], [1]));
        Assert.Throws<InfiniteNtk.InvalidArgumentException>(() => new Spectrum([1], [1], [0]));
        Assert.Throws<InfiniteNtk.InvalidArgumentException>(() => new Spectrum([1], [1], tailTrace: -1));
    }

    private static double[] Scaled(double[] values, double factor) => Array.ConvertAll(values, value => factor * value);

    private static bool Close(double a, double b, double tolerance) => a == b || Math.Abs(a - b) <= tolerance * Math.Max(Math.Abs(a), Math.Abs(b));
}
