using InfiniteNtk.FiniteWidth.Cuda.Native;

namespace InfiniteNtk;

/// <summary>What this machine has of CUDA, and why what is missing is missing; asking starts nothing on a device.</summary>
/// <param name="Parts">Driver, run-time compiler and matrix products.</param>
/// <param name="Devices">The devices that the driver sees, in words.</param>
/// <param name="Problem">Why no device can be used; null where one can.</param>
public sealed record CudaStatus(ValueList<CudaPart> Parts, ValueList<string> Devices, string? Problem)
{
    /// <summary>Whether a device can be opened.</summary>
    public bool IsUsable => Problem is null;

    /// <summary>The devices, or why there is none to use.</summary>
    public string Summary => Problem is null ? string.Join("; ", Devices) : $"none to use: {Problem}";

    /// <summary>Looks at this machine.</summary>
    public static CudaStatus Probe() => Of(CudaLibraries.Installed);

    /// <summary>Looks at given libraries.</summary>
    internal static CudaStatus Of(CudaLibraries libraries)
    {
        ValueList<CudaPart> parts =
        [
            new("driver", libraries.Driver is not null, libraries.Driver is { } driver ? $"{Version(driver)}, {libraries.DriverPlace}" : libraries.DriverPlace),
            new("NVRTC", libraries.Compiler is not null, libraries.Compiler is { } compiler
                ? $"{compiler.Version}, {libraries.CompilerPlace}, compiles for {Capability(compiler.Architectures.Min())} to {Capability(compiler.Architectures.Max())}"
                : libraries.CompilerPlace),
            new("cuBLAS", libraries.Products is not null, libraries.ProductsPlace),
        ];
        try
        {
            CudaDriver found = CudaDevice.Driver(libraries);
            ValueList<string> devices = Enumerable.Range(0, CudaDevice.DeviceCount(found)).Select(i => Describe(found, i)).ToValueList();
            string missing = string.Join(" and ", parts.Where(part => !part.IsFound).Select(part => part.Name));
            return new(parts, devices, missing.Length == 0 ? null : $"{missing} not found");
        }
        catch (DeviceException problem)
        {
            return new(parts, [], problem.Received);
        }
    }

    private static unsafe string Describe(CudaDriver driver, int ordinal)
    {
        int device;
        driver.Check(driver.DeviceGet(&device, ordinal), "Cannot describe a CUDA device");
        (string name, long memory, int capability) = CudaDevice.Describe(driver, device);
        return $"{name}, compute capability {Capability(capability)}, {MemoryBudget.Describe(memory)}";
    }

    private static unsafe string Version(CudaDriver driver)
    {
        int version;
        return driver.DriverGetVersion(&version) == 0 ? $"CUDA {version / 1000}.{version % 1000 / 10}" : "of unknown version";
    }

    private static string Capability(int architecture) => $"{architecture / 10}.{architecture % 10}";
}
