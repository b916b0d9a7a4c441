using MathNet.Numerics;

namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>
/// P(all x_k > 0) of a normal vector, by separation of variables (Genz, J. Comput. Graph. Stat. 1:141, 1992) over a fixed lattice:
/// deterministic, smooth in its arguments, with errors below 1e-3 for ten classes.
/// </summary>
internal static class NormalOrthant
{
    /// <summary>Points of the lattice, a prime.</summary>
    private const int LatticePoints = 127;

    /// <summary>
    /// Korobov's generator: coordinate k of point i is i 30^k/127 mod 1. Of all generators it has the smallest worst error over 2, 3, 5 and 8
    /// dimensions, by the criterion P_2 of lattice rules.
    /// </summary>
    private const int Generator = 30;

    /// <summary>Beyond this many standard deviations a condition holds for sure (probability of failing 1e-9).</summary>
    private const double Certain = 6;

    /// <summary>Draws stay finite where a probability rounds to 0 or 1.</summary>
    private const double FarthestDraw = 38;

    private static readonly int[] Powers = [.. Enumerable.Range(0, LatticePoints - 1)
        .Select(k => (int)System.Numerics.BigInteger.ModPow(Generator, k, LatticePoints))];

    /// <summary>P(x > 0) of one normal variable; one half where mean and deviation are both 0.</summary>
    public static double Above(double mean, double deviation)
    {
        if (deviation > 0) return 0.5 * SpecialFunctions.Erfc(-mean / (deviation * Constants.Sqrt2));
        return mean > 0 ? 1 : mean < 0 ? 0 : 0.5;
    }

    /// <summary>P(all > 0); variables without variance count by their sign, ties are shared evenly between those that tie.</summary>
    public static double Probability(double[] mean, double[,] covariance)
    {
        int[] order = [.. Enumerable.Range(0, mean.Length)
            .Where(k => !(mean[k] > Certain * Math.Sqrt(Math.Max(covariance[k, k], 0)) && mean[k] > 0))
            .OrderBy(k => Above(mean[k], Math.Sqrt(Math.Max(covariance[k, k], 0))))];
        if (order.Length == 0) return 1;
        if (Array.TrueForAll(order, k => !(covariance[k, k] > 0)))
        {
            return Array.Exists(order, k => mean[k] < 0) ? 0 : 1.0 / (1 + order.Length);
        }

        double[,] factor = Factor(order, covariance);
        return order.Length == 1 ? Above(mean[order[0]], factor[0, 0]) : Integrate(order, mean, factor);
    }

    private static double Integrate(int[] order, double[] mean, double[,] factor)
    {
        double total = 0;
        Span<double> z = stackalloc double[order.Length];
        for (int point = 0; point < LatticePoints; point++)
        {
            double probability = 1;
            for (int k = 0; k < order.Length && probability > 0; k++)
            {
                double centre = mean[order[k]];
                for (int j = 0; j < k; j++) centre += factor[k, j] * z[j];
                double above = Above(centre, factor[k, k]);
                probability *= above;
                if (k + 1 < order.Length && factor[k, k] > 0) z[k] = TruncatedDraw(above, Lattice(point, k));
            }

            total += probability;
        }

        return total / LatticePoints;
    }

    /// <summary>A standard normal z with centre + L z > 0, P(that) = above, at the quantile u of its distribution.</summary>
    private static double TruncatedDraw(double above, double u)
    {
        double z = Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * u * above);
        return Math.Clamp(z, -FarthestDraw, FarthestDraw);
    }

    /// <summary>
    /// The lattice, folded so that the integrand becomes periodic. The shift by a quarter step keeps the two halves of the fold apart, and
    /// every coordinate away from 0 and 1.
    /// </summary>
    private static double Lattice(int point, int dimension)
    {
        double fraction = (double)(point * Powers[dimension % Powers.Length] % LatticePoints) / LatticePoints + 0.25 / LatticePoints;
        return 1 - Math.Abs(2 * fraction - 1);
    }

    /// <summary>Cholesky factor in the given order; a pivot that rounding made negative is 0.</summary>
    private static double[,] Factor(int[] order, double[,] covariance)
    {
        int count = order.Length;
        double[,] factor = new double[count, count];
        for (int k = 0; k < count; k++)
        {
            for (int l = 0; l <= k; l++)
            {
                double sum = covariance[order[k], order[l]];
                for (int j = 0; j < l; j++) sum -= factor[k, j] * factor[l, j];
                double scale = covariance[order[k], order[k]];
                if (l == k) factor[k, k] = sum > 1e-12 * scale ? Math.Sqrt(sum) : 0;
                else factor[k, l] = factor[l, l] > 0 ? sum / factor[l, l] : 0;
            }
        }

        return factor;
    }
}
