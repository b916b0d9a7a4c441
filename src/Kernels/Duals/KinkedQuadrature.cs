using System.Globalization;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// κ = E φ(u)φ(v) with u = √p·x, v = √q(ρx + √(1−ρ²)·y) by nested Gauss-Legendre panels, split where u or v meets a kink,
/// graded around kinks where the variance is large, and along the ridge where the inner kink crosses the mean.
/// </summary>
/// <remarks>Panels are halved until E φ² of both sides is stable to 1e-10; some 1e4 evaluations of φ and φ′ per pair.</remarks>
internal sealed class KinkedQuadrature(
    string name, Func<double, double> value, Func<double, double> derivative, ValueList<double> kinks) : QuadratureDual
{
    // e^{−8.6²/2} is below 1e-16.
    private const double Limit = 8.6;
    private const double Tolerance = 1e-10;
    private const int MostHalvings = 5;
    private static readonly double[] Grades = [0.25, 1, 4, 16, 64, 256, 1024];
    private static readonly double[] Ridges = [-6, -3, -1, 0, 1, 3, 6];

    public override DualValue<double> Pair(double p, double q, double k)
    {
        // One order for both, so that the matrix is symmetric to the bit.
        double small = Math.Sqrt(Math.Max(Math.Min(p, q), 0));
        double large = Math.Sqrt(Math.Max(Math.Max(p, q), 0));
        double rho = small > 0 ? Math.Clamp(k / small / large, -1, 1) : 0;
        int halvings = Halvings(small, large);
        double gap = 1 - Math.Abs(rho);
        return gap < 8 * 2.220446049250313e-16
            ? Line(small, Math.CopySign(large, rho), halvings)
            : Plane(small, large, rho, Math.Sqrt(gap * (1 + Math.Abs(rho))), halvings);
    }

    // E φ(a·z)φ(b·z): equal or opposite inputs.
    private DualValue<double> Line(double a, double b, int halvings)
    {
        List<double> breaks = Breaks(a, 0, 1);
        breaks.AddRange(Breaks(b, 0, 1));
        var panels = new Panels(breaks, Limit, halvings);
        double kappa = 0;
        double kappaDot = 0;
        foreach ((double z, double weight) in panels)
        {
            kappa += weight * value(a * z) * value(b * z);
            kappaDot += weight * derivative(a * z) * derivative(b * z);
        }

        return new(kappa, kappaDot);
    }

    private DualValue<double> Plane(double a, double b, double rho, double sigma, int halvings)
    {
        List<double> outer = Breaks(a, 0, 1);
        if (b > 0 && Math.Abs(rho) > 0.5)
        {
            foreach (double kink in kinks)
            {
                foreach (double ridge in Ridges) outer.Add(((kink / b) + (ridge * sigma)) / rho);
            }
        }

        double kappa = 0;
        double kappaDot = 0;
        foreach ((double x, double weight) in new Panels(outer, Limit, halvings))
        {
            double mean = rho * x;
            double innerValue = 0;
            double innerDerivative = 0;
            foreach ((double y, double innerWeight) in new Panels(Breaks(b, mean, sigma), Limit, halvings))
            {
                double v = b * (mean + (sigma * y));
                innerValue += innerWeight * value(v);
                innerDerivative += innerWeight * derivative(v);
            }

            kappa += weight * value(a * x) * innerValue;
            kappaDot += weight * derivative(a * x) * innerDerivative;
        }

        return new(kappa, kappaDot);
    }

    // Where b·(mean + spread·y) meets a kink or one of the graded distances from it.
    private List<double> Breaks(double b, double mean, double spread)
    {
        var breaks = new List<double>();
        if (b == 0) return breaks;
        double unit = Math.Abs(b) * spread;
        foreach (double kink in kinks)
        {
            double centre = ((kink / b) - mean) / spread;
            breaks.Add(centre);
            foreach (double grade in Grades)
            {
                if (grade > 0.5 * unit) break;
                breaks.Add(centre - (grade / unit));
                breaks.Add(centre + (grade / unit));
            }
        }

        return breaks;
    }

    private int Halvings(double a, double b)
    {
        double left = Power(a, 0);
        double right = Power(b, 0);
        for (int halvings = 0; halvings < MostHalvings; halvings++)
        {
            double nextLeft = Power(a, halvings + 1);
            double nextRight = Power(b, halvings + 1);
            if (Math.Abs(nextLeft - left) <= Tolerance * nextLeft && Math.Abs(nextRight - right) <= Tolerance * nextRight)
            {
                return halvings;
            }

            (left, right) = (nextLeft, nextRight);
        }

        throw new NumericalFailureException(
            $"Cannot integrate the activation {name}",
            string.Create(CultureInfo.InvariantCulture, $"at variances {a * a:G4} and {b * b:G4} E[φ²] does not settle to {Tolerance:G2}"),
            "φ and φ′ must be finite and piecewise smooth where the Gaussian has weight",
            "Check the expression for poles and for arguments outside the domain of log, sqrt or ^, or reduce the variance.");
    }

    // E[φ² + φ′²] with this many halvings.
    private double Power(double b, int halvings)
    {
        double sum = 0;
        foreach ((double z, double weight) in new Panels(Breaks(b, 0, 1), Limit, halvings))
        {
            double f = value(b * z);
            double slope = derivative(b * z);
            sum += weight * ((f * f) + (slope * slope));
        }

        return sum;
    }
}
