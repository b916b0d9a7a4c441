namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>
/// How many of a point's m copies are drawn, and what they do: k copies act as one point with ridge delta/k and the mean of their targets, so
/// that a residual h outside becomes a coefficient tau_k h with tau_k = 1/(v + delta/k), tau_0 = 0, v the variance that the other points leave.
/// </summary>
/// <remarks>
/// With s = v + delta/m all is in terms of s tau_k = k s/(k v + delta), between 0 and 1, and of what it lacks,
/// 1 - s tau_k = delta (1 - k/m)/(k v + delta). For m = 1: s tau is 1 with probability pi.
/// </remarks>
internal readonly struct Occupation
{
    private Occupation(double unseen, double response, double spread, double noise) =>
        (Unseen, Response, Spread, Noise) = (unseen, response, spread, noise);

    /// <summary>E[1 - s tau]: 1 - pi for m = 1.</summary>
    public double Unseen { get; }

    /// <summary>E[s tau]: pi for m = 1.</summary>
    public double Response { get; }

    /// <summary>rho = Var[tau]/E[tau]^2: (1-pi)/pi for m = 1.</summary>
    public double Spread { get; }

    /// <summary>E[tau^2 (1/k - 1/m)]/E[tau]^2: what the scatter of the copies' targets adds; 0 for m = 1.</summary>
    public double Noise { get; }

    /// <summary>The moments at probabilities P_k, k = 0 ... m.</summary>
    public static Occupation Of(double[] probabilities, double v, double delta)
    {
        int copies = probabilities.Length - 1;
        double unseen = 0, response = 0;
        for (int k = 0; k <= copies; k++)
        {
            double lacks = Lack(k, copies, v, delta);
            unseen += probabilities[k] * lacks;
            response += probabilities[k] * (1 - lacks);
        }

        double variance = 0, noise = 0;
        for (int k = 0; k <= copies; k++)
        {
            double relative = (1 - Lack(k, copies, v, delta)) / response;
            variance += probabilities[k] * (relative - 1) * (relative - 1);
            if (k > 0) noise += probabilities[k] * relative * relative * (1.0 / k - 1.0 / copies);
        }

        return new Occupation(unseen, response, variance, noise);
    }

    /// <summary>
    /// P_k that k of <paramref name="copies"/> points are among <paramref name="drawn"/> of <paramref name="points"/>: hypergeometric, from its
    /// mode outwards.
    /// </summary>
    public static double[] Probabilities(int points, int copies, int drawn)
    {
        int rest = points - copies, lowest = Math.Max(0, drawn - rest), highest = Math.Min(copies, drawn);
        double[] probabilities = new double[copies + 1];
        int mode = Math.Clamp((int)((drawn + 1.0) * (copies + 1) / (points + 2.0)), lowest, highest);
        probabilities[mode] = 1;
        for (int k = mode; k < highest; k++) probabilities[k + 1] = probabilities[k] * Rise(k);
        for (int k = mode; k > lowest; k--) probabilities[k - 1] = probabilities[k] / Rise(k - 1);
        double sum = probabilities.Sum();
        for (int k = lowest; k <= highest; k++) probabilities[k] /= sum;
        return probabilities;

        double Rise(int k) => (double)(copies - k) * (drawn - k) / ((k + 1.0) * (rest - drawn + k + 1));
    }

    /// <summary>1 - s tau_k.</summary>
    private static double Lack(int k, int copies, double v, double delta)
    {
        double sum = k * v + delta;
        return k == 0 ? 1 : sum > 0 ? delta * (1 - (double)k / copies) / sum : 0;
    }
}
