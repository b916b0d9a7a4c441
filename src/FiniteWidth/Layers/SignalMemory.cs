using System.Buffers;
using System.Numerics;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>
/// Lends memory to signals and takes all of it back at once: a signal lives as long as the memory it was lent. The next run gets the
/// same memory again, which is still in the cache; the first touch of fresh memory costs more than most layers.
/// </summary>
internal sealed class SignalMemory<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<T[]> _lent = [];

    /// <summary>Room for some numbers, of unspecified content.</summary>
    public Memory<T> Lend(int length)
    {
        T[] array = ArrayPool<T>.Shared.Rent(length);
        _lent.Add(array);
        return array.AsMemory(0, length);
    }

    /// <summary>A signal of unspecified content.</summary>
    public Signal<T> Signal(int count, SampleShape shape) => new(count, shape, Lend(checked(count * shape.Size)));

    /// <summary>A signal of zeros.</summary>
    public Signal<T> Zeros(int count, SampleShape shape)
    {
        Signal<T> zeros = Signal(count, shape);
        zeros.Values.Clear();
        return zeros;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (T[] array in _lent) ArrayPool<T>.Shared.Return(array);
        _lent.Clear();
    }
}
