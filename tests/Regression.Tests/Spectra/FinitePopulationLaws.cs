using Xunit;

namespace InfiniteNtk.Regression.Tests.Spectra;

public sealed class FinitePopulationLaws
{
    [Fact]
    public void All_points_in_training_give_the_exact_ridge_error() => RidgeProblem.Check(
        p =>
        {
            double ridge = p.Ridge + 1e-4;
            double count = p.Spectrum.Count;
            FinitePopulationPrediction r = new FinitePopulation(p.Spectrum, ridge).At(count);
            double exact = p.Eigenvalues.Zip(p.Power).Sum(level => level.Second * Math.Pow(ridge / (count * level.First + ridge), 2));
            return Close(r.AllPoints, exact, 1e-11) && Close(r.Seen, exact, 1e-11) && Close(r.Train, exact, 1e-11)
                && Close(r.Kappa, ridge / count, 1e-12) && Close(r.Overfitting, 1, 1e-12);
        },
        83);

    [Fact]
    public void Ten_million_empty_modes_for_each_one_give_independent_points() => RidgeProblem.Check(
        p =>
        {
            double empty = 1e7 * p.Spectrum.Count;
            var enlarged = new Spectrum([.. p.Eigenvalues, 0], [.. p.Power, 0], [.. p.Multiplicities, empty]);
            FinitePopulationPrediction finite = new FinitePopulation(enlarged, p.Ridge, p.Noise).At(p.N);
            RidgePrediction independent = p.Predict();
            return Close(finite.Kappa, independent.Kappa, 1e-4) && Close(finite.AllPoints + p.Noise, independent.Test, 1e-4)
                && Close(finite.Unseen + p.Noise, independent.Test, 1e-4) && Close(finite.Overfitting, independent.Overfitting, 1e-4)
                && Math.Abs(finite.Train - independent.Train) <= 1e-4 * independent.Test;
        },
        89);

    [Fact]
    public void All_points_are_the_seen_and_the_unseen_ones() => CheckWithin(
        (p, n, r) => Close(p.Spectrum.Count * r.AllPoints, n * r.Seen + (p.Spectrum.Count - n) * r.Unseen, 1e-9), 97);

    [Fact]
    public void Kappa_solves_the_equation_of_sampling_without_replacement() => CheckWithin(
        (p, n, r) =>
        {
            double count = p.Spectrum.Count;
            double missed = p.Eigenvalues.Zip(p.Multiplicities).Sum(level => level.Second * r.Kappa / (level.First + r.Kappa));
            return Math.Abs((1 - p.Ridge / (count * r.Kappa)) * missed - (count - n)) <= 1e-10 * count && r.Kappa >= p.Ridge / count;
        },
        101);

    [Fact]
    public void Without_ridge_and_noise_independent_points_have_the_same_error() => CheckWithin(
        (p, n, _) =>
        {
            if (n >= p.Spectrum.Rank) return true;
            return Close(new FinitePopulation(p.Spectrum).At(n).AllPoints, new RidgeCurve(p.Spectrum).At(n).Test, 1e-9);
        },
        103);

    [Fact]
    public void The_unseen_limit_at_all_points_is_generalised_cross_validation() => RidgeProblem.Check(
        p =>
        {
            double ridge = p.Ridge;
            double count = p.Spectrum.Count;
            double[] inverse = [.. p.Eigenvalues.Select(lambda => 1 / (count * (lambda + 1e-3) + ridge))];
            var spectrum = new Spectrum([.. p.Eigenvalues.Select(lambda => lambda + 1e-3)], p.Power, p.Multiplicities);
            double trace = inverse.Zip(p.Multiplicities).Sum(mode => mode.First * mode.Second);
            double gcv = count * count * inverse.Zip(p.Power).Sum(mode => mode.First * mode.First * mode.Second) / (trace * trace);
            return Close(new FinitePopulation(spectrum, ridge).At(count).Unseen, gcv, 1e-10);
        },
        107);

    [Fact]
    public void Nothing_seen_is_the_limit_of_little_seen() => RidgeProblem.Check(
        p =>
        {
            var curve = new FinitePopulation(p.Spectrum, p.Ridge, p.Noise);
            FinitePopulationPrediction none = curve.At(0);
            FinitePopulationPrediction little = curve.At(1e-8);
            double scale = p.Spectrum.TotalPower + p.Noise;
            return Math.Abs(none.AllPoints - little.AllPoints) <= 1e-6 * scale && Math.Abs(none.Unseen - little.Unseen) <= 1e-6 * scale
                && Math.Abs(none.Seen - little.Seen) <= 1e-6 * scale && Math.Abs(none.Train - little.Train) <= 1e-6 * scale;
        },
        109);

    [Fact]
    public void Beyond_the_rank_without_ridge_the_formula_is_the_limit_of_small_ridges() => RidgeProblem.Check(
        p =>
        {
            var spectrum = new Spectrum([.. p.Eigenvalues, 0], [.. p.Power, 0.3], [.. p.Multiplicities, 10]);
            double n = spectrum.Rank + 0.6 * (spectrum.Count - spectrum.Rank);
            FinitePopulationPrediction limit = new FinitePopulation(spectrum, 0, p.Noise).At(n);
            FinitePopulationPrediction small = new FinitePopulation(spectrum, 1e-13, p.Noise).At(n);
            return limit.Kappa == 0 && Close(limit.AllPoints, small.AllPoints, 1e-4) && Close(limit.Unseen, small.Unseen, 1e-4)
                && Close(limit.Seen, small.Seen, 1e-4) && Close(limit.Train, small.Train, 1e-4);
        },
        113);

    [Fact]
    public void Limits_are_numbers()
    {
        var full = new Spectrum([2, 1, 0.5], [1, 1, 1]);
        FinitePopulationPrediction interpolated = new FinitePopulation(full, 0, 0.1).At(3);
        Assert.Equal(0.1, interpolated.AllPoints, 1e-12);
        Assert.Equal(0.1, interpolated.Seen, 1e-12);
        Assert.Equal(0, interpolated.Train, 1e-12);
        FinitePopulationPrediction close = new FinitePopulation(full, 1e-12, 0.1).At(3);
        Assert.Equal(close.Unseen, interpolated.Unseen, 1e-9);
        var peak = new FinitePopulation(new Spectrum([1, 0], [1, 1], [4, 4])).At(4);
        Assert.Equal(double.PositiveInfinity, peak.Unseen);
        Assert.Equal(double.PositiveInfinity, peak.AllPoints);
    }

    [Fact]
    public void More_points_than_the_population_and_a_tail_are_refused()
    {
        Assert.Throws<InfiniteNtk.InvalidArgumentException>(() => new FinitePopulation(Spectrum.PowerLaw(1.5, 1.5, 10)).At(11));
        Assert.Throws<InfiniteNtk.InvalidArgumentException>(() => new FinitePopulation(Spectrum.PowerLaw(1.5, 1.5, 10, tailTrace: 0.1)).At(5));
    }

    private static void CheckWithin(Func<RidgeProblem, double, FinitePopulationPrediction, bool> law, ulong seed) => RidgeProblem.Check(
        p =>
        {
            double n = Math.Min(p.N, 0.97 * p.Spectrum.Count);
            if (p.Ridge == 0 && n >= 0.98 * p.Spectrum.Rank) n = 0.9 * p.Spectrum.Rank;
            return law(p, n, new FinitePopulation(p.Spectrum, p.Ridge, p.Noise).At(n));
        },
        seed);

    private static bool Close(double a, double b, double tolerance) => a == b || Math.Abs(a - b) <= tolerance * Math.Max(Math.Abs(a), Math.Abs(b));
}
