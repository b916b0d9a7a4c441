
namespace InfiniteNtk;

/// <summary>
/// The learning curve of kernel ridge regression on independent random points, from the spectrum alone:
/// fhat(x) = k(x,X)(K + delta I)^-1 y, y = f(X) + noise.
/// </summary>
/// <remarks>
/// With kappa of <see cref="EffectiveRidge"/>, L = lambda/(lambda+kappa) and q = sum N L^2:
/// E0 = n/(n-q) = n/((delta+T)/kappa + sum N L(1-L)), bias = sum (1-L)^2 v^2, test = E0 (bias + noise),
/// train = (delta/(n kappa))^2 test, variance = (q/n) test. Good to 1-5 % from some ten input dimensions on, wrong by factors
/// for four or fewer; limits are returned as limits, infinity at the ridgeless peak n = rank. Simon et al. 2021, Canatar et al. 2021.
/// </remarks>
/// <param name="spectrum">Kernel and target.</param>
/// <param name="ridge">delta, absolute (not divided by n).</param>
/// <param name="noise">Variance of the label noise, summed over outputs.</param>
public sealed class RidgeCurve(Spectrum spectrum, double ridge = 0, double noise = 0)
{
    /// <summary>The prediction for n training points, a real number of at least 0. Cost: a few dozen passes over the levels.</summary>
    /// <exception cref="InvalidArgumentException">n, ridge or noise is negative or not finite.</exception>
    public RidgePrediction At(double n)
    {
        EffectiveRidge.Require(noise, "the noise variance");
        double kappa = EffectiveRidge.Solve(spectrum, n, ridge);
        double[] learnabilities = new double[spectrum.Levels];
        double sumLearnedMissed = 0, q = 0, bias = 0, learnedPower = 0;
        for (int k = 0; k < learnabilities.Length; k++)
        {
            (double learned, double missed) = Split(spectrum.Eigenvalues[k], kappa);
            learnabilities[k] = learned;
            sumLearnedMissed += spectrum.Multiplicities[k] * learned * missed;
            q += spectrum.Multiplicities[k] * learned * learned;
            bias += missed * missed * spectrum.TargetPower[k];
            learnedPower += learned * spectrum.TargetPower[k];
        }

        double delta = ridge + spectrum.TailTrace;
        double free = kappa > 0 ? delta / kappa + sumLearnedMissed : n - spectrum.Rank;
        double overfitting = n == 0 ? 1 : free > 0 ? n / free : double.PositiveInfinity;
        double test = bias + noise > 0 ? overfitting * (bias + noise) : 0;
        double fitting = FittingRatio(n, kappa);
        double perPoint = n > 0 ? test / n : 0;
        double[] modeErrors = new double[learnabilities.Length];
        for (int k = 0; k < modeErrors.Length; k++)
        {
            (double learned, double missed) = Split(spectrum.Eigenvalues[k], kappa);
            double own = missed * missed * spectrum.TargetPower[k];
            modeErrors[k] = learned == 0 ? own : own + spectrum.Multiplicities[k] * perPoint * learned * learned;
        }

        return new RidgePrediction(learnabilities, modeErrors)
        {
            N = n,
            Kappa = kappa,
            Overfitting = overfitting,
            Test = test,
            Train = fitting == 0 ? 0 : fitting * fitting * test,
            Bias = bias,
            Variance = q == 0 ? 0 : q * perPoint,
            TargetLearnability = learnedPower / spectrum.TotalPower,
        };
    }

    /// <summary>L and 1-L without cancellation; a mode of eigenvalue 0 is never learned.</summary>
    internal static (double Learned, double Missed) Split(double lambda, double kappa) =>
        lambda == 0 || double.IsPositiveInfinity(kappa) ? (0, 1) : (lambda / (lambda + kappa), kappa / (lambda + kappa));

    /// <summary>delta/(n kappa) with its limits: 1 - rank/n for kappa = 0, delta/(trace + T + delta) for n = 0.</summary>
    private double FittingRatio(double n, double kappa)
    {
        double total = spectrum.Trace + spectrum.TailTrace + ridge;
        if (total == 0) return 1;
        if (n == 0) return ridge / total;
        return kappa > 0 ? ridge / (n * kappa) : 1 - spectrum.Rank / n;
    }
}
