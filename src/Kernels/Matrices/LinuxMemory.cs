using System.Globalization;

namespace InfiniteNtk.Kernels.Matrices;

/// <summary>Free memory as the kernel tells it: /proc/meminfo, and the limits of control groups, version 1 and 2.</summary>
internal static class LinuxMemory
{
    /// <summary>MemAvailable: free memory and what the page cache can give back without swapping.</summary>
    public static long? MachineAvailable() => MachineAvailable("/proc/meminfo");

    internal static long? MachineAvailable(string meminfo) =>
        Entry(meminfo, "MemAvailable:") is { } kibibytes ? kibibytes * 1024 : null;

    /// <summary>The tightest limit among this process's groups and their ancestors, less what is used there; null: no limit.</summary>
    public static long? ControlGroupAvailable() => ControlGroupAvailable("/proc/self/cgroup", "/sys/fs/cgroup");

    internal static long? ControlGroupAvailable(string membership, string root)
    {
        long? least = null;
        foreach (string line in ReadLines(membership))
        {
            // "0::/path" is version 2; "4:memory:/path" is the memory controller of version 1.
            string[] parts = line.Split(':', 3);
            if (parts.Length != 3) continue;
            bool second = parts[0] == "0" && parts[1].Length == 0;
            if (!second && !parts[1].Split(',').Contains("memory")) continue;
            string top = second ? root : Path.Combine(root, "memory");
            for (string? path = parts[2].TrimEnd('/'); path is not null; path = Parent(path))
            {
                string group = top + path;
                long? free = second
                    ? Free(group, "memory.max", "memory.current", "inactive_file")
                    : Free(group, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");
                if (free is { } bytes) least = Math.Min(least ?? long.MaxValue, bytes);
            }
        }

        return least;
    }

    private static string? Parent(string path) => path.Length == 0 ? null : path[..Math.Max(0, path.LastIndexOf('/'))];

    private static long? Free(string group, string limitFile, string usageFile, string reclaimable)
    {
        if (Number(Path.Combine(group, limitFile)) is not { } limit) return null;
        long usage = Number(Path.Combine(group, usageFile)) ?? 0;
        long cache = Entry(Path.Combine(group, "memory.stat"), reclaimable) ?? 0;
        return Math.Max(0, limit - Math.Max(0, usage - cache));
    }

    /// <summary>The number a file holds; null where there is none ("max").</summary>
    private static long? Number(string path) =>
        long.TryParse(ReadLines(path).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;

    /// <summary>The number after a word at the start of a line.</summary>
    private static long? Entry(string path, string word)
    {
        foreach (string line in ReadLines(path))
        {
            string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length >= 2 && parts[0] == word && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long value)) return value;
        }

        return null;
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
