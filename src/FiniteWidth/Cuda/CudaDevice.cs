using InfiniteNtk.FiniteWidth.Cuda.Devices;
using InfiniteNtk.FiniteWidth.Cuda.Native;
using InfiniteNtk.FiniteWidth.Cuda.Sources;

namespace InfiniteNtk;

/// <summary>
/// A CUDA device: its memory, its products, and the code that is compiled for it while the program runs. Nothing falls back to the
/// processor: what cannot be done here is refused. Calls from several threads take turns.
/// </summary>
public sealed unsafe class CudaDevice : IDisposable
{
    private const string Asked = "Cannot use a CUDA device";
    private const int CapabilityMajor = 75, CapabilityMinor = 76;

    private readonly DeviceContext _context;
    private readonly Nvrtc _compiler;
    private readonly int _architecture;
    private readonly Dictionary<KernelSource, KernelModule> _modules = [];

    private bool _closed;

    private CudaDevice(CudaLibraries libraries, int ordinal, CudaOptions options)
    {
        Options = options;
        CudaDriver driver = Driver(libraries);
        _compiler = libraries.Compiler ?? throw Absent($"NVRTC: {libraries.CompilerPlace}", "the CUDA toolkit, or the package libnvrtc of your system");
        Cublas cublas = libraries.Products ?? throw Absent($"cuBLAS: {libraries.ProductsPlace}", "the CUDA toolkit, or the package libcublas of your system");
        int count = DeviceCount(driver);
        if (ordinal < 0 || ordinal >= count)
        {
            throw new DeviceException(
                Asked, $"device {ordinal} was asked for", count == 1 ? "there is one, number 0" : $"there are {count}, numbered from 0", "Ask for one of those");
        }

        int device;
        driver.Check(driver.DeviceGet(&device, ordinal), Asked);
        (Name, TotalMemory, _architecture) = Describe(driver, device);
        _context = new DeviceContext(driver, device);
        Memory = new DeviceMemory(_context, options.Precision, options.MemoryBudget ?? _context.FreeBytes / 10 * 9);
        Product = new DeviceProduct(_context, cublas, options.Precision);
    }

    /// <summary>The device's name.</summary>
    public string Name { get; }

    /// <summary>Its memory in bytes.</summary>
    public long TotalMemory { get; }

    /// <summary>Bytes that may be in use at a time.</summary>
    public long MemoryBudget => Memory.Budget;

    /// <summary>How it is used.</summary>
    public CudaOptions Options { get; }

    /// <summary>The device's memory.</summary>
    internal DeviceMemory Memory { get; }

    /// <summary>Its matrix products.</summary>
    internal DeviceProduct Product { get; }

    /// <summary>Held during an operation.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Opens a device.</summary>
    /// <param name="ordinal">Its number, from 0.</param>
    /// <param name="options">Precision and memory.</param>
    /// <exception cref="DeviceException">
    /// There is none, or a library is missing; the message says which and where it was looked for.
    /// </exception>
    public static CudaDevice Open(int ordinal = 0, CudaOptions? options = null) => Open(CudaLibraries.Installed, ordinal, options);

    /// <summary>The same with given libraries.</summary>
    internal static CudaDevice Open(CudaLibraries libraries, int ordinal = 0, CudaOptions? options = null) =>
        new(libraries, ordinal, options ?? CudaOptions.Default);

    /// <summary>What a device is: name, bytes of memory, compute capability as 10·major + minor.</summary>
    internal static (string Name, long Memory, int Capability) Describe(CudaDriver driver, int device)
    {
        const int Longest = 256;
        byte* name = stackalloc byte[Longest];
        driver.Check(driver.DeviceGetName(name, Longest, device), Asked);
        nuint bytes;
        driver.Check(driver.DeviceTotalMem(&bytes, device), Asked);
        int major, minor;
        driver.Check(driver.DeviceGetAttribute(&major, CapabilityMajor, device), Asked);
        driver.Check(driver.DeviceGetAttribute(&minor, CapabilityMinor, device), Asked);
        return (System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)name)!, (long)bytes, 10 * major + minor);
    }

    /// <summary>How many devices there are, at least one.</summary>
    /// <exception cref="DeviceException">There is none.</exception>
    internal static int DeviceCount(CudaDriver driver)
    {
        int code = driver.Init(0);
        int count = 0;
        if (code == 0) code = driver.DeviceGetCount(&count);
        if (code == 0 && count > 0) return count;
        string reason = code == 0 ? "the driver sees no device" : $"the driver answers {driver.NameOf(code)}";
        throw new DeviceException(
            Asked, $"there is none ({reason})", "one that the driver can use is required",
            "Look with nvidia-smi whether the device and its driver work, or run on the processor");
    }

    /// <summary>The driver.</summary>
    /// <exception cref="DeviceException">There is none.</exception>
    internal static CudaDriver Driver(CudaLibraries libraries) => libraries.Driver ?? throw Absent(
        $"the driver: {libraries.DriverPlace}", "NVIDIA's driver");

    /// <summary>The code of a source, compiled on first use.</summary>
    internal KernelModule Module(KernelSource source)
    {
        if (_modules.TryGetValue(source, out KernelModule? known)) return known;
        byte[] image = _compiler.Compile(source.Name, source.Text, _architecture, KernelSource.OptionsFor(Options.Precision));
        return _modules[source] = new KernelModule(_context, image);
    }

    /// <summary>Makes the device current for this thread; inside <see cref="Gate"/>.</summary>
    internal void Enter() => _context.MakeCurrent();

    /// <summary>Waits until all work is done.</summary>
    internal void Synchronize() => _context.Synchronize();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_closed) return;
        _closed = true;
        _context.MakeCurrentAtEnd();
        foreach (KernelModule module in _modules.Values) module.Dispose();
        _modules.Clear();
        Product.Dispose();
        Memory.Dispose();
        _context.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}, compute capability {_architecture / 10}.{_architecture % 10}, "
        + $"{InfiniteNtk.MemoryBudget.Describe(TotalMemory)}, {(Options.Precision == CudaPrecision.Single ? "float32" : "float64")}";

    private static DeviceException Absent(string what, string remedy) => new(
        Asked, $"a library is missing ({what})", "the driver, NVRTC and cuBLAS are required",
        $"Install {remedy}, or name its folder in {LibrarySearch.Variable}");
}
