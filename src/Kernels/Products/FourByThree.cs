using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Products;

/// <summary>4 vectors by 3 lanes: 12 accumulators, for 16 vector registers (4 × 12 doubles or 4 × 24 floats at 256 bits).</summary>
internal sealed unsafe class FourByThree<TLane, T> : IMicroKernel<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Rows => 4;

    public int Columns => 3 * TLane.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(nint length, T* left, T* right, T* next, T alpha, T* c, nint stride)
    {
        TLane zero = TLane.Of(0);
        TLane a0 = zero, a1 = zero, a2 = zero, b0 = zero, b1 = zero, b2 = zero;
        TLane c0 = zero, c1 = zero, c2 = zero, d0 = zero, d1 = zero, d2 = zero;
        int width = PackedPanels<T>.Width;
        T* end = left + length * width;
        for (int i = 0; i < 4; i++)
        {
            Cache.Fetch(c + i * stride);
            Cache.Fetch(c + i * stride + 2 * TLane.Count);
        }

        for (; left < end; left += width, right += width, next += width)
        {
            Cache.Fetch(next);
            TLane r0 = TLane.Load(in right[0]);
            TLane r1 = TLane.Load(in right[TLane.Count]);
            TLane r2 = TLane.Load(in right[2 * TLane.Count]);
            TLane x = TLane.Broadcast(left[0]);
            a0 = TLane.MultiplyAdd(x, r0, a0);
            a1 = TLane.MultiplyAdd(x, r1, a1);
            a2 = TLane.MultiplyAdd(x, r2, a2);
            x = TLane.Broadcast(left[1]);
            b0 = TLane.MultiplyAdd(x, r0, b0);
            b1 = TLane.MultiplyAdd(x, r1, b1);
            b2 = TLane.MultiplyAdd(x, r2, b2);
            x = TLane.Broadcast(left[2]);
            c0 = TLane.MultiplyAdd(x, r0, c0);
            c1 = TLane.MultiplyAdd(x, r1, c1);
            c2 = TLane.MultiplyAdd(x, r2, c2);
            x = TLane.Broadcast(left[3]);
            d0 = TLane.MultiplyAdd(x, r0, d0);
            d1 = TLane.MultiplyAdd(x, r1, d1);
            d2 = TLane.MultiplyAdd(x, r2, d2);
        }

        TLane scale = TLane.Broadcast(alpha);
        Add(scale, a0, a1, a2, c);
        Add(scale, b0, b1, b2, c + stride);
        Add(scale, c0, c1, c2, c + 2 * stride);
        Add(scale, d0, d1, d2, c + 3 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TLane scale, TLane v0, TLane v1, TLane v2, T* c)
    {
        TLane.Store(TLane.MultiplyAdd(scale, v0, TLane.Load(in c[0])), ref c[0]);
        TLane.Store(TLane.MultiplyAdd(scale, v1, TLane.Load(in c[TLane.Count])), ref c[TLane.Count]);
        TLane.Store(TLane.MultiplyAdd(scale, v2, TLane.Load(in c[2 * TLane.Count])), ref c[2 * TLane.Count]);
    }
}
