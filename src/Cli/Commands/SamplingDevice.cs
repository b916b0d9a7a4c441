using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Terminal;

namespace InfiniteNtk.Cli.Commands;

/// <summary>The option <c>--device</c>: where networks are sampled.</summary>
internal static class SamplingDevice
{
    /// <summary>The device that was asked for; null: the processor. Only auto takes the processor in place of a GPU, and says so.</summary>
    /// <param name="arguments">The command's.</param>
    /// <param name="numbers">What it is to compute with; null: its usual float32.</param>
    /// <param name="console">Where it says which device it is.</param>
    /// <exception cref="DeviceException">A GPU was asked for and there is none to use.</exception>
    public static CudaDevice? Open(ParsedArguments arguments, NumberType? numbers, ToolConsole console)
    {
        const string Auto = "auto", Cuda = "cuda", Processor = "cpu";
        string choice = arguments.Choice("--device", Processor, (Processor, Processor), (Cuda, Cuda), (Auto, Auto));
        if (choice == Processor) return null;
        if (choice == Auto && CudaStatus.Probe() is { IsUsable: false } status)
        {
            console.Error.WriteLine($"sampling on the processor: GPU {status.Summary}");
            return null;
        }

        CudaDevice device = CudaDevice.Open(0, new() { Precision = numbers == NumberType.Float64 ? CudaPrecision.Double : CudaPrecision.Single });
        console.Error.WriteLine($"sampling on {device}");
        return device;
    }
}
