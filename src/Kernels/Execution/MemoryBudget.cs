using System.Globalization;
using InfiniteNtk.Kernels.Errors;

namespace InfiniteNtk.Kernels.Execution;

/// <summary>The bytes a computation may use; asked before anything is allocated.</summary>
internal static class MemoryBudget
{
    private const double ShareOfFreeMemory = 0.9;

    /// <summary>Returns the need, or throws and says how many samples would fit.</summary>
    /// <param name="asked">"Cannot compute …", for the message.</param>
    /// <param name="count">Samples asked for.</param>
    /// <param name="bytesFor">The need of that many samples; grows with their number.</param>
    /// <param name="options">The budget, where one is set.</param>
    public static void Require(string asked, nint count, Func<nint, double> bytesFor, ExecutionOptions options)
    {
        double budget = options.MemoryBudget ?? ShareOfFreeMemory * FreeBytes();
        double need = bytesFor(count);
        if (need <= budget) return;
        nint fits = Fitting(count, bytesFor, budget);
        throw new MemoryBudgetException(
            asked,
            string.Create(CultureInfo.InvariantCulture, $"{count} samples need {Gigabytes(need)}"),
            string.Create(CultureInfo.InvariantCulture, $"{Gigabytes(budget)} may be used, enough for {fits} samples"),
            "Use fewer samples, float32, one kernel instead of two, or raise ExecutionOptions.MemoryBudget");
    }

    /// <summary>The largest number of samples whose need is within the budget.</summary>
    private static nint Fitting(nint count, Func<nint, double> bytesFor, double budget)
    {
        nint fits = 0, tooMany = count;
        while (tooMany - fits > 1)
        {
            nint middle = fits + (tooMany - fits) / 2;
            if (bytesFor(middle) <= budget) fits = middle;
            else tooMany = middle;
        }

        return fits;
    }

    /// <summary>What the operating system would give without swapping, within the container's limit.</summary>
    private static double FreeBytes()
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        double limit = memory.TotalAvailableMemoryBytes - Environment.WorkingSet;
        return Math.Max(0, Math.Min(limit, LinuxAvailableBytes() ?? memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes));
    }

    private static double? LinuxAvailableBytes()
    {
        const string file = "/proc/meminfo";
        if (!File.Exists(file)) return null;
        string? line = File.ReadLines(file).FirstOrDefault(text => text.StartsWith("MemAvailable:", StringComparison.Ordinal));
        string[] words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return words.Length > 1 && double.TryParse(words[1], CultureInfo.InvariantCulture, out double kilobytes) ? kilobytes * 1024 : null;
    }

    private static string Gigabytes(double bytes) => bytes >= 1e8
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.###} MB");
}
