using System.Globalization;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The Hermite coefficients of a smooth activation, a_k(q) = E[φ(√q z) h_k(z)], by the trapezoidal rule on the line, which
/// converges exponentially for analytic integrands. The Hermite functions h_k(z)·e^{−z²/4} keep every factor in range. Variances that
/// need more coefficients are integrated, with panels that grow finer towards 0, where activations turn.
/// </summary>
internal sealed class HermiteSeries(string name, Func<double, double> value, Func<double, double> derivative) : SeriesDual
{
    private const double Step = 1.0 / 25;
    private const double AllowedTail = 1e-8;
    private const double EnoughTail = 1e-13;
    private const double Negligible = 1e-18;

    // What rounding leaves of a tail that is 0.
    private const double Rounding = 1e-15;

    // Nodes z = 0, h, …, 20: beyond, e^{−z²/4} is below 1e-43.
    private static readonly double[] Nodes = [.. Enumerable.Range(0, 501).Select(i => i * Step)];
    private static readonly double[] Damping = [.. Nodes.Select(z => Math.Exp(-z * z / 4))];

    public override int Count => 512;

    public override QuadratureDual Beyond { get; } = new KinkedQuadrature(name, value, derivative, [0]);

    public override double Coefficients(double q, Span<double> value, Span<double> derivative)
    {
        value.Clear();
        derivative.Clear();
        double deviation = Math.Sqrt(Math.Max(q, 0));
        var values = new Sampled(Value, deviation);
        var slopes = new Sampled(Derivative, deviation);
        if (!double.IsFinite(values.Power + slopes.Power)) throw Unbounded(q);
        if (!(values.Aliasing <= 1e-5) || !(slopes.Aliasing <= 1e-5)) return double.PositiveInfinity;

        // Hermite functions by √(k+1)·ψ_{k+1} = z·ψ_k − √k·ψ_{k−1}, all nodes at once.
        double[] below = new double[Nodes.Length];
        double[] top = [.. Damping];
        double valueTail = values.Power;
        double slopeTail = slopes.Power;
        int quiet = 0;
        for (int k = 0; k < Count; k++)
        {
            value[k] = values.Project(top, k);
            derivative[k] = slopes.Project(top, k);
            valueTail -= value[k] * value[k];
            slopeTail -= derivative[k] * derivative[k];
            bool small = value[k] * value[k] <= Negligible * values.Power
                && derivative[k] * derivative[k] <= Negligible * slopes.Power;
            quiet = small ? quiet + 1 : 0;
            if (quiet >= 4 && valueTail <= EnoughTail * values.Power && slopeTail <= EnoughTail * slopes.Power) break;
            Raise(ref below, ref top, k);
        }

        double tail = Math.Max(Relative(valueTail, values), Relative(slopeTail, slopes));
        return tail <= AllowedTail ? tail : double.PositiveInfinity;
    }

    private double Value(double x) => value(x);

    private double Derivative(double x) => derivative(x);

    // The neglected part of E φ², and the error of the rule.
    private static double Relative(double tail, Sampled part) =>
        part.Power > 0 ? (Math.Max(tail, 0) / part.Power) + (part.Aliasing * part.Aliasing) + Rounding : 0;

    private static void Raise(ref double[] below, ref double[] top, int k)
    {
        double root = Math.Sqrt(k);
        double next = 1 / Math.Sqrt(k + 1);
        for (int i = 0; i < top.Length; i++) below[i] = ((Nodes[i] * top[i]) - (root * below[i])) * next;
        (below, top) = (top, below);
    }

    private NumericalFailureException Unbounded(double q) => new(
        $"Cannot use the activation {name}",
        string.Create(CultureInfo.InvariantCulture, $"at variance q = {q:G4} E[φ²] or E[φ′²] is not finite"), "both must be",
        "Check the expression for divisions by zero and for what grows too fast");

    // φ(√q z)·e^{−z²/4}·h/√(2π) at the nodes, split in its even and odd part: h_k is even or odd as k is.
    private sealed class Sampled
    {
        private readonly double[] _even = new double[Nodes.Length];
        private readonly double[] _odd = new double[Nodes.Length];

        public Sampled(Func<double, double> function, double deviation)
        {
            double power = 0;
            double coarse = 0;
            for (int i = 0; i < Nodes.Length; i++)
            {
                double right = function(deviation * Nodes[i]);
                double left = function(-deviation * Nodes[i]);
                double weight = (i == 0 ? 0.5 : 1) * Step * 0.3989422804014327 * Damping[i];
                _even[i] = (right + left) * weight;
                _odd[i] = (right - left) * weight;
                double term = ((right * right) + (left * left)) * weight * Damping[i];
                power += term;
                if (i % 2 == 0) coarse += 2 * term;
            }

            Power = power;
            Aliasing = power == coarse ? 0 : Math.Abs(power - coarse) / power;
        }

        // E φ².
        public double Power { get; }

        // How much doubling the step changes E φ²; the error at the step itself is about the square of it.
        public double Aliasing { get; }

        public double Project(double[] hermite, int k)
        {
            double[] part = k % 2 == 0 ? _even : _odd;
            double sum = 0;
            for (int i = 0; i < part.Length; i++) sum += part[i] * hermite[i];
            return sum;
        }
    }
}
