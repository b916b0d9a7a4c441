namespace InfiniteNtk.FiniteWidth.Cuda.Native;

/// <summary>Turns the driver's and cuBLAS's return codes into one clear exception each.</summary>
internal static class DriverCalls
{
    private const int OutOfMemory = 2, CublasOutOfMemory = 3;

    /// <summary>Refuses a failure of the driver.</summary>
    /// <param name="driver">Knows the names of the codes.</param>
    /// <param name="code">What it returned.</param>
    /// <param name="asked">What was attempted, as "Cannot …".</param>
    /// <exception cref="MemoryBudgetException">The device has no memory left.</exception>
    /// <exception cref="DeviceException">Everything else: usually the device vanished, or an earlier call broke it.</exception>
    public static void Check(this CudaDriver driver, int code, string asked)
    {
        if (code == 0) return;
        if (code == OutOfMemory) throw NoMemory(asked, "the device has no memory left (CUDA_ERROR_OUT_OF_MEMORY)");
        throw Failed(asked, $"the device answered {driver.NameOf(code)}");
    }

    /// <summary>Refuses a failure of cuBLAS.</summary>
    /// <inheritdoc cref="Check(CudaDriver, int, string)"/>
    public static void CheckProduct(int code, string asked)
    {
        if (code == 0) return;
        if (code == CublasOutOfMemory) throw NoMemory(asked, "cuBLAS could not get memory on the device");
        throw Failed(asked, $"cuBLAS answered status {code}");
    }

    /// <summary>The refusal of an allocation.</summary>
    public static MemoryBudgetException NoRoom(long bytes, long free) => NoMemory(
        "Cannot allocate on the device", $"{MemoryBudget.Describe(bytes)} were refused while {MemoryBudget.Describe(free)} are free there");

    private static MemoryBudgetException NoMemory(string asked, string received) => new(
        asked, received, "other programs may have taken what was free when the work was planned",
        "Pass a smaller memory budget, close those programs, or run on the processor");

    private static DeviceException Failed(string asked, string received) => new(
        asked, received, "a working device is required; this one is not used any further",
        "Look at it with nvidia-smi, start again, or run on the processor");
}
