using InfiniteNtk.FiniteWidth.Cuda.Native;

namespace InfiniteNtk.FiniteWidth.Cuda.Devices;

/// <summary>A device's context, and whether it still answers: after a failure nothing on it can be trusted.</summary>
internal sealed unsafe class DeviceContext : IDisposable
{
    private readonly int _device;
    private readonly nint _context;
    private DeviceException? _failure;

    public DeviceContext(CudaDriver driver, int device)
    {
        Driver = driver;
        _device = device;
        nint context;
        Check(driver.PrimaryCtxRetain(&context, device), "Cannot open the device");
        _context = context;
        MakeCurrent();
    }

    /// <summary>The driver's entry points.</summary>
    public CudaDriver Driver { get; }

    /// <summary>Bytes that are free on the device now.</summary>
    public long FreeBytes
    {
        get
        {
            nuint free, total;
            Check(Driver.MemGetInfo(&free, &total), "Cannot ask for the device's memory");
            return (long)free;
        }
    }

    /// <summary>The driver keeps a current context per thread: called at the start of every operation.</summary>
    /// <exception cref="DeviceException">The device failed earlier; the same message again.</exception>
    public void MakeCurrent()
    {
        if (_failure is not null) throw new DeviceException(_failure.Asked, _failure.Received, _failure.Required, _failure.Remedy, _failure);
        Check(Driver.CtxSetCurrent(_context), "Cannot use the device");
    }

    /// <summary>Makes it current once more to clean up, whether it still answers or not.</summary>
    public void MakeCurrentAtEnd() => _ = Driver.CtxSetCurrent(_context);

    /// <summary>Waits until all work is done, which is when its failures are known.</summary>
    public void Synchronize() => Check(Driver.CtxSynchronize(), "Cannot finish the work on the device");

    /// <summary>Refuses a failed call of the driver.</summary>
    public void Check(int code, string asked) => Remember(() => Driver.Check(code, asked), code);

    /// <summary>Refuses a failed call of cuBLAS.</summary>
    public void CheckProduct(int code, string asked) => Remember(() => DriverCalls.CheckProduct(code, asked), code);

    public void Dispose() => _ = Driver.PrimaryCtxRelease(_device);

    private void Remember(Action check, int code)
    {
        if (code == 0) return;
        try
        {
            check();
        }
        catch (DeviceException failure)
        {
            _failure = failure;
            throw;
        }
    }
}
