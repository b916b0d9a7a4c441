namespace InfiniteNtk;

/// <summary>
/// The learning curve of a finite population of M points from its spectrum alone, n of them drawn without replacement.
/// Exact at n = M; an independent-points formula is wrong here from n = M/10 on.
/// </summary>
/// <remarks>
/// <para>With c = delta/M, kappa solves (1 - c/kappa) sum N (1-L) = M - n. Substituting x = kappa - c turns it into
/// sum N a/(a+x) = n with a = lambda + c: the ridgeless equation of <see cref="EffectiveRidge"/> on shifted eigenvalues,
/// so that 1 - s = x/kappa, s = c/kappa, carries no cancellation.</para>
/// <para>With u = 1-L, p1 = sum N u, p2 = sum N u^2, q = sum N L^2, D = p1 - (1-s) p2 = sum N u (L + s u), w = p1/D, B = sum u^2 v^2:
/// all points = (1 + (1-s) q/D) B + noise w q/M, train = (s^2 w M/n)(B + noise p2/M),
/// seen = (s^2 w M/n) B + noise (1 - 2 s p1/n + s^2 w p2/n). The unseen error (M all - n seen)/(M - n) simplifies to
/// (M n B + noise (M p2 - p1^2))/(p1 D), which needs no difference of large numbers and holds at n = M too.</para>
/// <para>It takes all points to be alike: on real data it is off by 17 % (digits) up to factors (small tables), where
/// <c>PointResolvedCurve</c> stays within a few percent.</para>
/// </remarks>
/// <param name="spectrum">All M eigenvalues (zeros included) of K/M, with v^2 = (u^T y)^2/M; M is its <see cref="Spectrum.Count"/>.</param>
/// <param name="ridge">delta, absolute, as it is added to an n x n kernel matrix.</param>
/// <param name="noise">Variance of independent label noise, summed over outputs; 0 where the labels themselves are the target.</param>
public sealed class FinitePopulation(Spectrum spectrum, double ridge = 0, double noise = 0)
{
    /// <summary>The population M.</summary>
    public double Count => spectrum.Count;

    /// <summary>The prediction for n of the M points. Cost: a few dozen passes over the levels.</summary>
    /// <exception cref="InvalidArgumentException">
    /// n lies outside [0, M], ridge or noise is negative or not finite, or the spectrum has a tail.
    /// </exception>
    public FinitePopulationPrediction At(double n)
    {
        Verify(n);
        if (n == 0) return NothingSeen();
        double count = spectrum.Count;
        double shift = ridge / count;
        // x = 0 with c = 0 is the limit of no ridge; its u is 1 on zero modes, and where there are none (n = M) only ratios of u count.
        double x = EffectiveRidge.Solve(spectrum.Shifted(shift), n, 0);
        double kappa = x + shift;
        bool onlyRatios = kappa == 0 && spectrum.Rank == count;
        double s = kappa > 0 ? shift / kappa : onlyRatios ? 1 : (n - spectrum.Rank) / (count - spectrum.Rank);
        double oneMinusS = kappa > 0 ? x / kappa : 1 - s;

        double p1 = 0, p2 = 0, q = 0, d = 0, b = 0;
        for (int k = 0; k < spectrum.Levels; k++)
        {
            double multiplicity = spectrum.Multiplicities[k];
            double lambda = spectrum.Eigenvalues[k];
            (double learned, double missed) = onlyRatios ? (1, SmallestEigenvalue / lambda) : RidgeCurve.Split(lambda, kappa);
            p1 += multiplicity * missed;
            p2 += multiplicity * missed * missed;
            q += multiplicity * learned * learned;
            d += multiplicity * missed * (oneMinusS * learned + s);
            b += missed * missed * spectrum.TargetPower[k];
        }

        double w = p1 / d;
        double spread = noise * Spread(p1 / count, kappa, onlyRatios) * count;
        double unseen = Ratio(count * n * b + spread, p1 * d);
        double error = onlyRatios ? 0 : b;
        double overfitting = 1 + Ratio(oneMinusS * q, d);
        double fitted = s == 0 ? 0 : s * s * w * count / n;
        double missedNoise = onlyRatios ? 0 : p2;
        double firstOrder = onlyRatios ? 0 : s * p1;
        return new FinitePopulationPrediction(
            n,
            kappa,
            overfitting,
            Product(overfitting, error) + Product(onlyRatios ? 1 : w * q / count, noise),
            unseen,
            Product(fitted, error) + noise * (1 - 2 * firstOrder / n + Product(fitted, missedNoise) / count),
            Product(fitted, error + noise * missedNoise / count));
    }

    private double SmallestEigenvalue => spectrum.Eigenvalues[spectrum.Descending[^1]];

    /// <summary>sum N (u - mean u)^2 = p2 - p1^2/M, without cancellation.</summary>
    private double Spread(double mean, double kappa, bool onlyRatios)
    {
        double sum = 0;
        for (int k = 0; k < spectrum.Levels; k++)
        {
            double lambda = spectrum.Eigenvalues[k];
            double missed = onlyRatios ? SmallestEigenvalue / lambda : RidgeCurve.Split(lambda, kappa).Missed;
            sum += spectrum.Multiplicities[k] * (missed - mean) * (missed - mean);
        }

        return sum;
    }

    /// <summary>n = 0: the zero predictor; on the one point that would come first, (delta/(trace + delta))^2.</summary>
    private FinitePopulationPrediction NothingSeen()
    {
        double total = spectrum.Trace + ridge;
        double rest = total > 0 ? ridge / total : 1;
        double power = spectrum.TotalPower;
        return new FinitePopulationPrediction(
            0,
            total > 0 ? double.PositiveInfinity : 0,
            1,
            power,
            power,
            rest * rest * power + noise * (1 - rest) * (1 - rest),
            rest * rest * (power + noise));
    }

    private void Verify(double n)
    {
        EffectiveRidge.Require(n, "the number of training points");
        EffectiveRidge.Require(ridge, "the ridge");
        EffectiveRidge.Require(noise, "the noise variance");
        if (n > spectrum.Count)
        {
            throw new InvalidArgumentException(
                "Cannot predict a learning curve", $"{n} training points were asked for", $"the population has {spectrum.Count}", "Ask for at most as many");
        }

        if (spectrum.TailTrace > 0)
        {
            throw new InvalidArgumentException(
                "Cannot predict a finite population", $"the spectrum has a tail of trace {spectrum.TailTrace}",
                "all M eigenvalues must be given", "Use RidgeCurve for truncated spectra");
        }
    }

    /// <summary>a/b, 0 where a = 0: at the ridgeless peak b = 0, and what has no error has none there either.</summary>
    private static double Ratio(double a, double b) => a == 0 ? 0 : a / b;

    /// <summary>a b, 0 where b = 0 though a may be infinite.</summary>
    private static double Product(double a, double b) => b == 0 ? 0 : a * b;
}
