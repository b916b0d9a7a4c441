using System.Globalization;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk;

/// <summary>What memory is free now, and the refusal of a computation that would not fit, before it starts.</summary>
public static class MemoryBudget
{
    /// <summary>
    /// Bytes that this process can still use without swapping: what the machine has free, or less where a control group (a
    /// container, a batch job) allows less. It changes with every allocation of every process; ask once, before a computation.
    /// Elsewhere than on Linux: the memory that the runtime sees, less its load at the last collection.
    /// </summary>
    public static long Available
    {
        get
        {
            if (OperatingSystem.IsLinux() && LinuxMemory.MachineAvailable() is { } machine)
            {
                return Math.Min(machine, LinuxMemory.ControlGroupAvailable() ?? long.MaxValue);
            }

            GCMemoryInfo runtime = GC.GetGCMemoryInfo();
            return Math.Max(0, runtime.TotalAvailableMemoryBytes - Math.Max(runtime.MemoryLoadBytes, Environment.WorkingSet));
        }
    }

    /// <summary>Refuses a computation that needs more bytes than <paramref name="budget"/>, or than are free.</summary>
    /// <param name="bytes">What it needs beyond what is allocated already.</param>
    /// <param name="asked">What is attempted, as "Cannot …".</param>
    /// <param name="remedy">What would make it fit.</param>
    /// <param name="budget">Bytes it may use; null: <see cref="Available"/>.</param>
    /// <exception cref="MemoryBudgetException">It does not fit; both numbers are named.</exception>
    public static void Require(long bytes, string asked, string remedy, long? budget = null)
    {
        long limit = budget ?? Available;
        if (bytes > limit && budget is null)
        {
            // Matrices that nobody reads any more still fill memory.
            MatrixMemory.Collect();
            limit = Available;
        }

        if (bytes <= limit) return;
        throw new MemoryBudgetException(
            asked, $"it needs {Describe(bytes)} of memory",
            budget is null ? $"{Describe(limit)} are free now" : $"it may use {Describe(limit)}", remedy);
    }

    /// <summary>A number of bytes for people: "512 bytes", "3.2 MiB", "18.6 GiB".</summary>
    public static string Describe(long bytes)
    {
        string[] units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        if (bytes < 1024) return string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes");
        double value = bytes / 1024.0;
        int unit = 0;
        for (; value >= 999.95 && unit < units.Length - 1; unit++) value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {units[unit]}");
    }
}
