using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>How a loop reads what it knows of the left sample: one number for all lanes, or each lane its own.</summary>
internal unsafe interface ILeftSide
{
    /// <summary>Numbers a position.</summary>
    static abstract int Width(int lanes);

    /// <summary>The left side's number at a place.</summary>
    static abstract TLane Load<TLane, T>(T* at) where TLane : struct, IStoredLane<TLane, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The left side's numbers of a position, or of the positions of several vectors in turn.</summary>
    static abstract TLane LoadAt<TLane, T>(T* numbers, int* positions) where TLane : struct, IStoredLane<TLane, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>One left sample for all lanes.</summary>
internal readonly unsafe struct OneLeft : ILeftSide
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Width(int lanes) => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Load<TLane, T>(T* at) where TLane : struct, IStoredLane<TLane, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TLane.Broadcast(*at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane LoadAt<TLane, T>(T* numbers, int* positions) where TLane : struct, IStoredLane<TLane, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TLane.BroadcastAt(numbers, positions);
}

/// <summary>Each lane its own left sample.</summary>
internal readonly unsafe struct EachLeft : ILeftSide
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Width(int lanes) => lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Load<TLane, T>(T* at) where TLane : struct, IStoredLane<TLane, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TLane.Load(in *at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane LoadAt<TLane, T>(T* numbers, int* positions) where TLane : struct, IStoredLane<TLane, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TLane.LoadAt(numbers, positions);
}
