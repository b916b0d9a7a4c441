using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.FiniteWidth.Cuda;
using InfiniteNtk.Kernels.Errors;

namespace InfiniteNtk.Cli.Commands;

/// <summary>The option <c>--device</c>: where networks are sampled.</summary>
internal static class SamplingDevice
{
    /// <summary>The device that was asked for; null: the processor. Only auto takes the processor in place of a GPU, and says so.</summary>
    /// <exception cref="DeviceException">A GPU was asked for and there is none to use.</exception>
    public static CudaDevice? Open(ParsedArguments arguments, ToolConsole console)
    {
        const string Auto = "auto", Cuda = "cuda", Processor = "cpu";
        string choice = arguments.Choice("--device", Processor, (Processor, Processor), (Cuda, Cuda), (Auto, Auto));
        if (choice == Processor) return null;
        if (choice == Auto && CudaStatus.Probe() is { IsUsable: false } status)
        {
            console.Error.WriteLine($"sampling on the processor: GPU {status.Summary}");
            return null;
        }

        CudaDevice device = CudaDevice.Open();
        console.Error.WriteLine($"sampling on {device}");
        return device;
    }
}
