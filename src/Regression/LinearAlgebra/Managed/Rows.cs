using System.Runtime.Intrinsics;

namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>Arithmetic on contiguous rows, a vector of eight at a time, in one fixed order of additions.</summary>
internal static unsafe class Rows
{
    private const int Lanes = 8;

    /// <summary>y ← y + scale·x.</summary>
    public static void Add(double scale, double* x, double* y, nint length)
    {
        Vector512<double> factor = Vector512.Create(scale);
        nint i = 0;
        for (; i <= length - Lanes; i += Lanes)
        {
            Vector512.FusedMultiplyAdd(factor, Vector512.Load(x + i), Vector512.Load(y + i)).Store(y + i);
        }

        for (; i < length; i++) y[i] = Math.FusedMultiplyAdd(scale, x[i], y[i]);
    }

    /// <summary>Σ x·y.</summary>
    public static double Dot(double* x, double* y, nint length)
    {
        Vector512<double> even = Vector512<double>.Zero, odd = Vector512<double>.Zero;
        nint i = 0;
        for (; i <= length - 2 * Lanes; i += 2 * Lanes)
        {
            even = Vector512.FusedMultiplyAdd(Vector512.Load(x + i), Vector512.Load(y + i), even);
            odd = Vector512.FusedMultiplyAdd(Vector512.Load(x + i + Lanes), Vector512.Load(y + i + Lanes), odd);
        }

        for (; i <= length - Lanes; i += Lanes) even = Vector512.FusedMultiplyAdd(Vector512.Load(x + i), Vector512.Load(y + i), even);
        double sum = Vector512.Sum(even + odd);
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
