using System.Runtime.InteropServices;

namespace InfiniteNtk.Kernels.Matrices;

/// <summary>Asks Linux to back memory by pages of 2 MiB: cheaper first touch, fewer misses of the translation buffer.</summary>
internal static unsafe partial class HugePages
{
    private const int Advice = 14;

    /// <summary>Only advice, so its result does not matter; elsewhere than on Linux nothing happens.</summary>
    public static void Advise(void* address, nint bytes)
    {
        if (OperatingSystem.IsLinux()) _ = AdviseMemory(address, (nuint)bytes, Advice);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int AdviseMemory(void* address, nuint length, int advice);
}
