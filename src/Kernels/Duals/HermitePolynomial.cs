namespace InfiniteNtk.Kernels.Duals;

/// <summary>The orthonormal polynomials of the standard normal distribution, h_n = He_n/√(n!).</summary>
internal static class HermitePolynomial
{
    /// <summary>h_n(x) by √(n+1)·h_{n+1} = x·h_n − √n·h_{n−1}.</summary>
    public static double Normalized(int degree, double x)
    {
        double below = 0;
        double top = 1;
        for (int n = 0; n < degree; n++) (below, top) = (top, ((x * top) - (Math.Sqrt(n) * below)) / Math.Sqrt(n + 1));
        return top;
    }
}
