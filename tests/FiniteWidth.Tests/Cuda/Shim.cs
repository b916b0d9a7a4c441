using System.Diagnostics;
using System.Runtime.InteropServices;
using InfiniteNtk.FiniteWidth.Cuda.Native;

namespace InfiniteNtk.FiniteWidth.Tests.Cuda;

/// <summary>
/// A CUDA installation whose device is the processor: Shim/driver.cpp, built once by g++ in the place of driver, NVRTC and cuBLAS.
/// It runs the very sources that a device runs.
/// </summary>
internal static unsafe class Shim
{
    private static readonly Lazy<(CudaLibraries Libraries, nint Handle)> _built = new(Build);

    /// <summary>Why it cannot be built here; null where it can.</summary>
    public static string? Absent =>
        !OperatingSystem.IsLinux() ? "The shim for CUDA is built on Linux only."
        : Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "g++"))) ? null
        : "g++ is not installed: the CUDA backend is not run on the processor.";

    /// <summary>The three libraries.</summary>
    public static CudaLibraries Libraries => _built.Value.Libraries;

    /// <summary>Blocks of memory that are allocated on the device.</summary>
    public static int Allocations => ((delegate* unmanaged[Cdecl]<int>)Symbol("shim_allocations"))();

    /// <summary>Blocks that something was written behind.</summary>
    public static int Corrupted => ((delegate* unmanaged[Cdecl]<int>)Symbol("shim_corrupted"))();

    /// <summary>Kernels launched since it was reset.</summary>
    public static int Launches => ((delegate* unmanaged[Cdecl]<int>)Symbol("shim_launches"))();

    /// <summary>So many devices, each of so much memory, and no failures.</summary>
    public static void Reset(int devices = 1, long memory = 1L << 30) =>
        ((delegate* unmanaged[Cdecl]<int, nuint, void>)Symbol("shim_reset"))(devices, (nuint)memory);

    /// <summary>After so many further calls every call answers this code.</summary>
    public static void FailAfter(int calls, int code) => ((delegate* unmanaged[Cdecl]<int, int, void>)Symbol("shim_fail_after"))(calls, code);

    /// <summary>A device with its own state.</summary>
    public static CudaDevice Open(CudaPrecision precision = CudaPrecision.Double, long? budget = null, long memory = 1L << 30)
    {
        Reset(memory: memory);
        return CudaDevice.Open(Libraries, 0, new CudaOptions { Precision = precision, MemoryBudget = budget });
    }

    private static nint Symbol(string name) => NativeLibrary.GetExport(_built.Value.Handle, name);

    private static (CudaLibraries Libraries, nint Handle) Build()
    {
        string sources = Path.Combine(AppContext.BaseDirectory, "shim");
        string folder = Directory.CreateTempSubdirectory("intk-cuda-shim-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        File.Copy(Path.Combine(sources, "kernels.h"), Path.Combine(folder, "kernels.h"));
        string driver = Path.Combine(folder, "libcuda.so.1");
        using Process compiler = Process.Start(new ProcessStartInfo(
            "g++", ["-std=c++17", "-O2", "-fPIC", "-shared", "-o", driver, Path.Combine(sources, "driver.cpp"), "-ldl"]))!;
        compiler.WaitForExit();
        if (compiler.ExitCode != 0) throw new InvalidOperationException("The shim for CUDA does not compile.");
        File.CreateSymbolicLink(Path.Combine(folder, "libnvrtc.so.12"), driver);
        File.CreateSymbolicLink(Path.Combine(folder, "libcublas.so.12"), driver);
        return (CudaLibraries.In(folder), NativeLibrary.Load(driver));
    }
}
