namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// φ′ from φ alone: nine-point divided differences, exact for polynomials of degree 8, on nodes that never lie beyond a kink. At a kink the
/// mean of both sides.
/// </summary>
/// <remarks>Steps of 1/128 (in proportion to |x| beyond 1024): some 1e-13 of φ for functions such as tanh, 1e-11 beside a kink.</remarks>
internal sealed class NumericalSlope(Func<double, double> function, ValueList<double> kinks)
{
    private const int Nodes = 9, Central = -4;

    // Row f + 9: the weights of φ at x + f·h, …, x + (f + 8)·h.
    private static readonly double[][] Weights = [.. Enumerable.Range(-Nodes, 11).Select(WeightsFrom)];

    /// <summary>φ′(x).</summary>
    public double At(double x) => At(x, 1);

    /// <summary>How much halving the step changes φ′(x): far more than the error of the finer one where φ is smooth.</summary>
    public double ChangeAt(double x) => Math.Abs(At(x, 1) - At(x, 0.5));

    private double At(double x, double scale)
    {
        double step = scale * Math.ScaleB(1, x == 0 ? -7 : Math.Max(-7, Math.ILogB(x) - 17));
        (double below, double above) = (double.PositiveInfinity, double.PositiveInfinity);
        foreach (double kink in kinks)
        {
            if (kink == x) return 0.5 * (Side(x, -1, scale) + Side(x, 1, scale));
            if (kink < x) below = Math.Min(below, x - kink);
            else above = Math.Min(above, kink - x);
        }

        step = Math.Min(step, (below + above) / 10);
        int first = (int)Math.Clamp(Central, Math.Floor(-below / step) + 1, Math.Max(Math.Floor(-below / step) + 1, Math.Ceiling(above / step) - Nodes));
        return Difference(x, step, first);
    }

    // The slope at a kink, from one side of it, up to the next kink.
    private double Side(double kink, int sign, double scale)
    {
        double step = scale / 128;
        foreach (double other in kinks)
        {
            double distance = sign * (other - kink);
            if (distance > 0) step = Math.Min(step, distance / (Nodes + 1));
        }

        return Difference(kink, step, sign > 0 ? 1 : -Nodes);
    }

    private double Difference(double x, double step, int first)
    {
        double[] weights = Weights[first + Nodes];
        double sum = 0;
        for (int i = 0; i < Nodes; i++)
        {
            if (weights[i] != 0) sum += weights[i] * function(x + ((first + i) * step));
        }

        return sum / step;
    }

    // The derivative at 0 of the polynomials that are 1 at one of the nodes and 0 at the others.
    private static double[] WeightsFrom(int first)
    {
        double[] weights = new double[Nodes];
        for (int i = 0; i < Nodes; i++)
        {
            for (int left = 0; left < Nodes; left++)
            {
                if (left == i) continue;
                double product = 1.0 / (i - left);
                for (int other = 0; other < Nodes; other++)
                {
                    if (other != i && other != left) product *= -(first + other) / (double)(i - other);
                }

                weights[i] += product;
            }
        }

        return weights;
    }
}
