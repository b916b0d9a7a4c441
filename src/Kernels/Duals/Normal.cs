using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>The standard normal distribution, relatively accurate in its tails.</summary>
internal static class Normal
{
    /// <summary>e^{−x²/2}/√(2π).</summary>
    public static double Density(double x) => 0.3989422804014327 * Math.Exp(-0.5 * x * x);

    /// <summary>P(Z ≤ x).</summary>
    public static double Distribution(double x)
    {
        double tail = 0.5 * LaneMath.ScaledErfc(new DoubleLane(Math.Abs(x) * 0.7071067811865476)).Value * Math.Exp(-0.5 * x * x);
        return x < 0 ? tail : 1 - tail;
    }
}
