using System.Numerics;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>A lane that can be read from and written to memory: what loops see in addition to <see cref="ILane{TLane}"/>.</summary>
/// <typeparam name="TLane">The implementing type itself.</typeparam>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IStoredLane<TLane, T> : ILane<TLane>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many numbers a lane holds.</summary>
    static abstract int Count { get; }

    /// <summary>Reads <see cref="Count"/> consecutive numbers; no alignment is required.</summary>
    static abstract TLane Load(ref readonly T source);

    /// <summary>Reads one number into every place.</summary>
    static abstract TLane Broadcast(T value);

    /// <summary>Reads vectors by their numbers: the one at <paramref name="numbers"/>, and of several vectors in turn the next ones.</summary>
    static abstract unsafe TLane LoadAt(T* source, int* numbers);

    /// <summary>Reads single numbers by their places, each into every place of one vector.</summary>
    static abstract unsafe TLane BroadcastAt(T* source, int* places);

    /// <summary>Writes <see cref="Count"/> consecutive numbers.</summary>
    static abstract void Store(TLane value, ref T destination);
}
