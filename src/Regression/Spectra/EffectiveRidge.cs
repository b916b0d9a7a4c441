namespace InfiniteNtk;

/// <summary>
/// The effective ridge kappa: what n random points leave unresolved. It solves
/// sum_k N_k L_k + (delta + T)/kappa = n with the learnabilities L_k = lambda_k/(lambda_k + kappa).
/// </summary>
/// <remarks>
/// Newton from the upper bound (sum N lambda + T + delta)/n, in a form of positive terms,
/// kappa &lt;- (delta + T + kappa sum N L(1-L)) / (n - sum N L^2), falls monotonically to the root because
/// h(kappa) = delta + T + sum N lambda kappa/(lambda+kappa) - n kappa is concave: no bracket, 5 to 25 steps.
/// Sollich 1999; Bordelon, Canatar and Pehlevan 2020; Jacot et al. 2020; Simon et al. 2021.
/// </remarks>
public static class EffectiveRidge
{
    private const int MostSteps = 200;

    /// <summary>kappa for n training points and the absolute ridge delta, to the last few bits.</summary>
    /// <returns>0 where delta + T = 0 and n is at least the rank; infinity for n = 0 unless everything is 0.</returns>
    /// <param name="spectrum">The kernel's spectrum.</param>
    /// <param name="n">Training points, a real number of at least 0.</param>
    /// <param name="ridge">delta, absolute, at least 0.</param>
    /// <exception cref="InvalidArgumentException">n or the ridge is negative or not finite.</exception>
    /// <exception cref="NumericalFailureException">The iteration does not end.</exception>
    public static double Solve(Spectrum spectrum, double n, double ridge)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        Require(n, "the number of training points");
        Require(ridge, "the ridge");
        double delta = ridge + spectrum.TailTrace;
        double total = spectrum.Trace + delta;
        if (total == 0 || (delta == 0 && n >= spectrum.Rank)) return 0;
        if (n == 0) return double.PositiveInfinity;

        double lower = LowerBound(spectrum, n, delta);
        double kappa = Math.Max(total / n, lower);
        for (int step = 0; step < MostSteps; step++)
        {
            double next = Math.Max(Newton(spectrum, n, delta, kappa), lower);
            if (double.IsNaN(next)) break;
            if (next >= kappa) return kappa;
            kappa = next;
        }

        throw new NumericalFailureException(
            "Cannot predict a learning curve", $"the effective ridge for n = {n} and ridge {ridge:G3} still falls after {MostSteps} steps, at {kappa:G3}",
            "the iteration converges in a few dozen steps", "Scale the spectrum to order 1");
    }

    /// <summary>Refuses a number that is negative or not finite.</summary>
    internal static void Require(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new InvalidArgumentException(
                "Cannot predict a learning curve", $"{name} is {value}", "it must be finite and at least 0", "Pass a finite number of at least 0");
        }
    }

    /// <summary>One step: (delta + kappa sum N L(1-L)) / (n - sum N L^2).</summary>
    private static double Newton(Spectrum spectrum, double n, double delta, double kappa)
    {
        ReadOnlySpan<double> eigenvalues = spectrum.Eigenvalues;
        ReadOnlySpan<double> multiplicities = spectrum.Multiplicities;
        // n - sum N L^2 = (n - rank) + sum N (1-L)(1+L): without cancellation where n is near or above the rank.
        bool nearRank = n > 0.5 * spectrum.Rank;
        double numerator = delta;
        double denominator = nearRank ? n - spectrum.Rank : n;
        for (int k = 0; k < eigenvalues.Length; k++)
        {
            double lambda = eigenvalues[k];
            if (lambda == 0) continue;
            double learned = lambda / (lambda + kappa);
            double missed = kappa / (lambda + kappa);
            numerator += kappa * multiplicities[k] * learned * missed;
            denominator += multiplicities[k] * (nearRank ? missed * (1 + learned) : -learned * learned);
        }

        return numerator / denominator;
    }

    /// <summary>max(delta/n, max_j lambda_(j) (C_j/n - 1)), C_j the number of modes in the j largest levels.</summary>
    private static double LowerBound(Spectrum spectrum, double n, double delta)
    {
        double bound = delta / n;
        double cumulative = 0;
        foreach (int k in spectrum.Descending)
        {
            cumulative += spectrum.Multiplicities[k];
            bound = Math.Max(bound, spectrum.Eigenvalues[k] * (cumulative / n - 1));
        }

        return bound;
    }
}
