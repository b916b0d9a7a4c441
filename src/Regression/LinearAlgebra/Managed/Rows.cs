using System.Runtime.CompilerServices;
using Lane = InfiniteNtk.Kernels.Lanes.Double512Lane;

namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>Arithmetic on contiguous rows, a vector of eight at a time, in one fixed order of additions.</summary>
internal static unsafe class Rows
{
    private const int Lanes = 8;

    /// <summary>y ← y + scale·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double scale, double* x, double* y, nint length)
    {
        Lane factor = Lane.Broadcast(scale);
        nint i = 0;
        for (; i <= length - Lanes; i += Lanes)
        {
            Lane.Store(Lane.MultiplyAdd(factor, Lane.Load(in x[i]), Lane.Load(in y[i])), ref y[i]);
        }

        for (; i < length; i++) y[i] = Math.FusedMultiplyAdd(scale, x[i], y[i]);
    }

    /// <summary>Σ x·y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(double* x, double* y, nint length)
    {
        Lane even = default, odd = default;
        nint i = 0;
        for (; i <= length - 2 * Lanes; i += 2 * Lanes)
        {
            even = Lane.MultiplyAdd(Lane.Load(in x[i]), Lane.Load(in y[i]), even);
            odd = Lane.MultiplyAdd(Lane.Load(in x[i + Lanes]), Lane.Load(in y[i + Lanes]), odd);
        }

        for (; i <= length - Lanes; i += Lanes) even = Lane.MultiplyAdd(Lane.Load(in x[i]), Lane.Load(in y[i]), even);
        double sum = Lane.Sum(even + odd);
        for (; i < length; i++) sum = Math.FusedMultiplyAdd(x[i], y[i], sum);
        return sum;
    }

    /// <summary>x ← scale·x.</summary>
    public static void Scale(double scale, double* x, nint length)
    {
        for (nint i = 0; i < length; i++) x[i] *= scale;
    }

    /// <summary>x ← x/divisor, exact for a power of two where 1/divisor would overflow.</summary>
    public static void Divide(double divisor, double* x, nint length)
    {
        for (nint i = 0; i < length; i++) x[i] /= divisor;
    }
}
