using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Loops;

/// <summary>Looks over many numbers at once.</summary>
internal abstract unsafe class ValueScan<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether all numbers are finite.</summary>
    public abstract bool AreFinite(T* numbers, nint count);

    /// <summary>The smallest and the largest number of each place of a lane.</summary>
    public abstract void Range(T* numbers, nint count, Span<T> smallest, Span<T> largest);
}

/// <summary>The scan with a lane.</summary>
internal sealed unsafe class ValueScan<TLane, T> : ValueScan<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>0 times a number is 0, unless it is infinite or not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool AreFinite(T* numbers, nint count)
    {
        // Two sums: each waits for itself.
        TLane zero = TLane.Of(0), sum = zero, other = zero;
        nint j = 0;
        for (; j + 2 * TLane.Count <= count; j += 2 * TLane.Count)
        {
            sum = TLane.MultiplyAdd(TLane.Load(in numbers[j]), zero, sum);
            other = TLane.MultiplyAdd(TLane.Load(in numbers[j + TLane.Count]), zero, other);
        }

        T* places = stackalloc T[TLane.Count];
        TLane.Store(sum + other, ref *places);
        bool finite = true;
        for (int i = 0; i < TLane.Count; i++) finite &= places[i] == T.Zero;
        for (; j < count; j++) finite &= T.IsFinite(numbers[j]);
        return finite;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Range(T* numbers, nint count, Span<T> smallest, Span<T> largest)
    {
        TLane low = TLane.Load(in numbers[0]), high = low;
        for (nint j = TLane.Count; j < count; j += TLane.Count)
        {
            low = TLane.Min(low, TLane.Load(in numbers[j]));
            high = TLane.Max(high, TLane.Load(in numbers[j]));
        }

        TLane.Store(low, ref smallest[0]);
        TLane.Store(high, ref largest[0]);
    }
}
