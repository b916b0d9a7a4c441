using InfiniteNtk.FiniteWidth.Cuda.Native;

namespace InfiniteNtk.FiniteWidth.Cuda.Devices;

/// <summary>
/// The device's memory within a budget. What is returned is kept for the next request of its size, because the driver stops all
/// work to allocate; what is kept makes way where the budget or the device has no room.
/// </summary>
/// <param name="context">The device.</param>
/// <param name="precision">Of all numbers.</param>
/// <param name="budget">Bytes that may be in use.</param>
internal sealed unsafe class DeviceMemory(DeviceContext context, CudaPrecision precision, long budget) : IDisposable
{
    private const int OutOfMemory = 2;

    /// <summary>The driver's own granularity for addresses.</summary>
    public const long Alignment = 256;

    private readonly Dictionary<long, Stack<ulong>> _kept = [];
    private readonly HashSet<ulong> _inUse = [];
    private long _keptBytes;

    /// <summary>Bytes of one number.</summary>
    public int NumberSize { get; } = precision == CudaPrecision.Single ? sizeof(float) : sizeof(double);

    /// <summary>Bytes that may be in use.</summary>
    public long Budget { get; } = budget;

    /// <summary>Bytes in use.</summary>
    public long InUse { get; private set; }

    /// <summary>The most bytes that were ever in use.</summary>
    public long Peak { get; private set; }

    /// <summary>Numbers of unspecified value.</summary>
    /// <exception cref="MemoryBudgetException">The budget or the device has no room.</exception>
    public DeviceBuffer Allocate(long count)
    {
        long bytes = Math.Max(1, (count * NumberSize + Alignment - 1) / Alignment) * Alignment;
        ulong address = Take(bytes);
        _inUse.Add(address);
        InUse += bytes;
        Peak = Math.Max(Peak, InUse);
        return new DeviceBuffer(this, address, count, bytes);
    }

    /// <summary>Zeros.</summary>
    public DeviceBuffer Zeros(long count)
    {
        DeviceBuffer buffer = Allocate(count);
        context.Check(context.Driver.MemsetD8(buffer.Address, 0, (nuint)(count * NumberSize)), "Cannot clear memory on the device");
        return buffer;
    }

    /// <summary>A copy on the device.</summary>
    public DeviceBuffer Copy(DeviceBuffer source)
    {
        DeviceBuffer copy = Allocate(source.Count);
        context.Check(
            context.Driver.MemcpyDtoD(copy.Address, source.Address, (nuint)(source.Count * NumberSize)), "Cannot copy on the device");
        return copy;
    }

    /// <summary>Copies numbers to the device.</summary>
    public DeviceBuffer Upload(ReadOnlySpan<double> values)
    {
        DeviceBuffer buffer = Allocate(values.Length);
        if (precision == CudaPrecision.Double)
        {
            fixed (double* first = values) Send(buffer, first);
        }
        else
        {
            var rounded = new float[values.Length];
            for (int i = 0; i < rounded.Length; i++) rounded[i] = (float)values[i];
            fixed (float* first = rounded) Send(buffer, first);
        }

        return buffer;
    }

    /// <summary>Copies whole numbers of 64 bits to the device.</summary>
    public DeviceBuffer UploadWhole(ReadOnlySpan<long> values)
    {
        DeviceBuffer buffer = Allocate((long)values.Length * sizeof(long) / NumberSize);
        fixed (long* first = values) Send(buffer, first);
        return buffer;
    }

    /// <summary>Copies numbers from the device, after all work before it is done.</summary>
    public double[] Download(DeviceBuffer buffer)
    {
        var values = new double[checked((int)buffer.Count)];
        if (precision == CudaPrecision.Double)
        {
            fixed (double* first = values) Receive(buffer, first);
            return values;
        }

        var rounded = new float[values.Length];
        fixed (float* first = rounded) Receive(buffer, first);
        for (int i = 0; i < rounded.Length; i++) values[i] = rounded[i];
        return values;
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(ulong address, long bytes)
    {
        if (!_inUse.Remove(address)) return;
        InUse -= bytes;
        if (!_kept.TryGetValue(bytes, out Stack<ulong>? ofSize)) _kept[bytes] = ofSize = new Stack<ulong>();
        ofSize.Push(address);
        _keptBytes += bytes;
    }

    /// <summary>Frees everything, what is still in use too.</summary>
    public void Dispose()
    {
        FreeKept();
        foreach (ulong address in _inUse) _ = context.Driver.MemFree(address);
        _inUse.Clear();
        InUse = 0;
    }

    private ulong Take(long bytes)
    {
        if (_kept.TryGetValue(bytes, out Stack<ulong>? ofSize) && ofSize.TryPop(out ulong kept))
        {
            _keptBytes -= bytes;
            return kept;
        }

        if (InUse + _keptBytes + bytes > Budget) FreeKept();
        if (InUse + bytes > Budget) throw DriverCalls.NoRoom(bytes, Budget - InUse);
        ulong address;
        int code = context.Driver.MemAlloc(&address, (nuint)bytes);
        if (code == OutOfMemory)
        {
            FreeKept();
            code = context.Driver.MemAlloc(&address, (nuint)bytes);
            if (code == OutOfMemory) throw DriverCalls.NoRoom(bytes, context.FreeBytes);
        }

        context.Check(code, "Cannot allocate on the device");
        return address;
    }

    private void FreeKept()
    {
        foreach (ulong address in _kept.Values.SelectMany(ofSize => ofSize)) _ = context.Driver.MemFree(address);
        _kept.Clear();
        _keptBytes = 0;
    }

    private void Send(DeviceBuffer buffer, void* first)
    {
        if (buffer.Count == 0) return;
        context.Check(
            context.Driver.MemcpyHtoD(buffer.Address, first, (nuint)(buffer.Count * NumberSize)), "Cannot copy to the device");
    }

    private void Receive(DeviceBuffer buffer, void* first)
    {
        if (buffer.Count == 0) return;
        context.Check(
            context.Driver.MemcpyDtoH(first, buffer.Address, (nuint)(buffer.Count * NumberSize)), "Cannot copy from the device");
    }
}
