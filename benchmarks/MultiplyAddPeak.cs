using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Benchmarks;

/// <summary>
/// What the machine could do in this very minute: chains of fused multiply-adds in registers, nothing loaded, in the vectors that products
/// use. The clock moves with what else runs, so shares of a peak are honest only beside a peak of the same run.
/// </summary>
internal static class MultiplyAddPeak
{
    private const int Chains = 12, Steps = 1 << 16;

    /// <summary>Floating-point operations, in thousands of millions, of one run.</summary>
    public static double Work<T>() where T : unmanaged => 2e-9 * Chains * Steps * (VectorWidth.Is512 ? 64 : 32) / Unsafe.SizeOf<T>();

    /// <summary>As many chains as hide a multiply-add's latency and fit 16 registers.</summary>
    public static void Run<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isDouble = typeof(T) == typeof(double);
        if (VectorWidth.Is512 && isDouble) Run<Double512Lane, double>();
        else if (VectorWidth.Is512) Run<Single512Lane, float>();
        else if (isDouble) Run<Double256Lane, double>();
        else Run<Single256Lane, float>();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Run<TLane, T>()
        where TLane : struct, IStoredLane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLane factor = TLane.Of(0.5), term = TLane.Of(1), a = term, b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a;
        for (int step = 0; step < Steps; step++)
        {
            a = TLane.MultiplyAdd(factor, term, a);
            b = TLane.MultiplyAdd(factor, term, b);
            c = TLane.MultiplyAdd(factor, term, c);
            d = TLane.MultiplyAdd(factor, term, d);
            e = TLane.MultiplyAdd(factor, term, e);
            f = TLane.MultiplyAdd(factor, term, f);
            g = TLane.MultiplyAdd(factor, term, g);
            h = TLane.MultiplyAdd(factor, term, h);
            i = TLane.MultiplyAdd(factor, term, i);
            j = TLane.MultiplyAdd(factor, term, j);
            k = TLane.MultiplyAdd(factor, term, k);
            l = TLane.MultiplyAdd(factor, term, l);
        }

        // Stored, so that no chain is left out.
        T* sums = stackalloc T[TLane.Count];
        TLane.Store(((a + b) + (c + d)) + ((e + f) + (g + h)) + ((i + j) + (k + l)), ref *sums);
    }
}
