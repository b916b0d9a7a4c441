using System.Runtime.InteropServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Cli.Commands;

/// <summary>The machine in words, for <c>info</c> and for the foot of reports.</summary>
internal static class MachineDescription
{
    private const string ProcessorFile = "/proc/cpuinfo";

    /// <summary>The processor's name as its maker writes it, or its architecture where the system does not tell.</summary>
    public static string ProcessorName
    {
        get
        {
            string? line = File.Exists(ProcessorFile)
                ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
                : null;
            return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        }
    }

    /// <summary>One line: processor, lanes, linear algebra, runtime.</summary>
    public static string Line =>
        $"{ProcessorName}, {Environment.ProcessorCount} logical processors, {Processor.LaneBits}-bit lanes; "
        + $"linear algebra: {LinearAlgebraBackends.Default.Name}; {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription.Trim()}";
}
