using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>Sums whose rounding errors are carried along and subtracted: as accurate as one rounding of the exact sum.</summary>
internal static unsafe class Compensation
{
    /// <summary>sum ← sum + value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TLane>(TLane value, ref TLane sum, ref TLane carry) where TLane : struct, ILane<TLane>
    {
        TLane corrected = value - carry, total = sum + corrected;
        carry = total - sum - corrected;
        sum = total;
    }

    /// <summary>The same in memory; the first value starts a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TLane, T>(TLane value, T* sums, T* carries, bool first)
        where TLane : struct, IStoredLane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLane sum = first ? TLane.Of(0) : TLane.Load(in *sums), carry = first ? TLane.Of(0) : TLane.Load(in *carries);
        Add(value, ref sum, ref carry);
        TLane.Store(sum, ref *sums);
        TLane.Store(carry, ref *carries);
    }
}
