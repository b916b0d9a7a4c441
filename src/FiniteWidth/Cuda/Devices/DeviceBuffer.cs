namespace InfiniteNtk.FiniteWidth.Cuda.Devices;

/// <summary>Numbers on the device, in the precision of its <see cref="DeviceMemory"/>; disposing returns them to it.</summary>
internal sealed class DeviceBuffer(DeviceMemory memory, ulong address, long count, long bytes) : IDisposable
{
    private bool _returned;

    /// <summary>Where it lies on the device.</summary>
    public ulong Address { get; } = address;

    /// <summary>How many numbers.</summary>
    public long Count { get; } = count;

    /// <summary>The address of a number in it.</summary>
    public ulong At(long index) => Address + (ulong)(index * memory.NumberSize);

    public void Dispose()
    {
        if (_returned) return;
        _returned = true;
        memory.Return(Address, bytes);
    }
}
