namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>Exact scales: dividing by a power of two rounds nothing, and squares of numbers below 2 neither overflow nor vanish.</summary>
internal static class PowerOfTwo
{
    /// <summary>The power of two at or just below <paramref name="largest"/>; 1 for 0.</summary>
    public static double Below(double largest) => largest == 0 ? 1 : Math.ScaleB(1, Math.Max(Math.ILogB(largest), -1021));
}
