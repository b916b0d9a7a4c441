using System.Collections;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// Nodes and weights for ∫ f(z)·e^{−z²/2}/√(2π) dz: Gauss-Legendre of 16 points on panels of at most half the limit's length
/// between the given break points, each halved as often as asked.
/// </summary>
internal sealed class Panels : IEnumerable<(double Node, double Weight)>
{
    private const int Order = 16;
    private static readonly (double[] Nodes, double[] Weights) Rule = Legendre();
    private readonly List<double> _ends;

    public Panels(List<double> breaks, double limit, int halvings)
    {
        List<double> coarse = [.. breaks.Where(point => Math.Abs(point) < limit)];
        for (int i = -2; i <= 2; i++) coarse.Add(0.5 * limit * i);
        coarse.Sort();
        _ends = [coarse[0]];
        int pieces = 1 << halvings;
        for (int panel = 1; panel < coarse.Count; panel++)
        {
            double length = coarse[panel] - coarse[panel - 1];
            if (length == 0) continue;
            for (int i = 1; i < pieces; i++) _ends.Add(coarse[panel - 1] + (length * i / pieces));
            _ends.Add(coarse[panel]);
        }
    }

    public IEnumerator<(double Node, double Weight)> GetEnumerator()
    {
        for (int panel = 1; panel < _ends.Count; panel++)
        {
            double half = 0.5 * (_ends[panel] - _ends[panel - 1]);
            double centre = 0.5 * (_ends[panel] + _ends[panel - 1]);
            for (int i = 0; i < Order; i++)
            {
                double z = centre + (half * Rule.Nodes[i]);
                yield return (z, half * Rule.Weights[i] * Normal.Density(z));
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Newton's iteration on the Legendre polynomial.
    private static (double[] Nodes, double[] Weights) Legendre()
    {
        double[] nodes = new double[Order];
        double[] weights = new double[Order];
        for (int i = 0; i < Order; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (Order + 0.5));
            double slope = 1;
            for (int step = 0; step < 20; step++)
            {
                (double below, double top) = (1, x);
                for (int n = 2; n <= Order; n++) (below, top) = (top, ((((2 * n) - 1) * x * top) - ((n - 1) * below)) / n);
                slope = Order * ((x * top) - below) / ((x * x) - 1);
                x -= top / slope;
            }

            (nodes[i], weights[i]) = (x, 2 / ((1 - (x * x)) * slope * slope));
        }

        return (nodes, weights);
    }
}
