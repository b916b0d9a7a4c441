using InfiniteNtk.Kernels.Duals;

namespace InfiniteNtk.Kernels.Tests.Duals;

/// <summary>
/// E f(u)g(v) of a centred Gaussian pair by double-exponential quadrature in polar coordinates, where the lines u = 0 and v = 0
/// are the ends of two sectors: kinks at 0 cost nothing, and features at any scale of the argument are resolved.
/// Shares no code with the library.
/// </summary>
internal static class PolarOracle
{
    private static readonly (double R, double Weight)[] Radii = MakeRadii();
    private static readonly (double X, double Other, double Weight)[] Angles = MakeAngles();

    /// <summary>κ and κ̇ for deviations a, b ≥ 0 and correlation ρ.</summary>
    public static DualValue<double> Dual(Activation activation, double a, double b, double rho)
    {
        double root = Math.Sqrt((1 - rho) * (1 + rho));
        DualValue<double> opposite = Sector(activation, a, -b, Math.Atan2(root, rho));
        DualValue<double> same = Sector(activation, a, b, Math.Atan2(root, -rho));
        return new(opposite.Kappa + same.Kappa, opposite.KappaDot + same.KappaDot);
    }

    // u = a·r·sin τ, v = b·r·sin(width − τ), and the mirror image (−u, −v).
    private static DualValue<double> Sector(Activation f, double a, double b, double width)
    {
        double kappa = 0;
        double kappaDot = 0;
        if (width == 0) return new(0, 0);
        foreach ((double x, double rest, double angleWeight) in Angles)
        {
            double left = a * Math.Sin(width * x);
            double right = b * Math.Sin(width * rest);
            double value = 0;
            double slope = 0;
            foreach ((double r, double weight) in Radii)
            {
                double u = left * r;
                double v = right * r;
                value += weight * ((f.Value(u) * f.Value(v)) + (f.Value(-u) * f.Value(-v)));
                slope += weight * ((f.Derivative(u) * f.Derivative(v)) + (f.Derivative(-u) * f.Derivative(-v)));
            }

            kappa += angleWeight * value;
            kappaDot += angleWeight * slope;
        }

        return new(kappa * width / (2 * Math.PI), kappaDot * width / (2 * Math.PI));
    }

    // r = exp(s − e^{−s}) with the weight r·e^{−r²/2}.
    private static (double, double)[] MakeRadii()
    {
        const double step = 1.0 / 14;
        return [.. Enumerable.Range(-45, 95).Select(i =>
        {
            double s = i * step;
            double r = Math.Exp(s - Math.Exp(-s));
            return (r, step * r * (1 + Math.Exp(-s)) * r * Math.Exp(-0.5 * r * r));
        })];
    }

    // x = 1/(1 + e^{−π sinh s}) on (0, 1), and 1 − x without cancellation.
    private static (double, double, double)[] MakeAngles()
    {
        const double step = 1.0 / 16;
        return [.. Enumerable.Range(-53, 107).Select(i =>
        {
            double s = i * step;
            double e = Math.PI * Math.Sinh(s);
            double x = 1 / (1 + Math.Exp(-e));
            double rest = 1 / (1 + Math.Exp(e));
            return (x, rest, step * Math.PI * Math.Cosh(s) * x * rest);
        })];
    }
}
