using System.Runtime.InteropServices;
using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Cli.Commands;

/// <summary><c>intk info</c>: what this machine offers, and which choices follow from it.</summary>
internal sealed class InfoCommand : ToolCommand
{
    public override string Name => "info";

    public override string Summary => "show versions, processor, linear algebra and memory";

    public override string Usage => "";

    public override string Description =>
        "Prints what a bug report or a timing needs: versions, the processor's vector instructions, which linear algebra is used and which others were found, and free memory.\n"
        + $"The environment variable {LinearAlgebraBackends.Variable} chooses the linear algebra: openblas, mkl, mathnet or managed.";

    public override ValueList<Example> Examples =>
    [
        new Example("What will be used here", "intk info"),
        new Example("The same with our own linear algebra", $"{LinearAlgebraBackends.Variable}=managed intk info"),
    ];

    public override ValueList<Option> Options => [];

    public override void Run(ParsedArguments arguments, ToolConsole console, CancellationToken cancellation)
    {
        Line("intk", IntkTool.Version);
        Line("runtime", $"{RuntimeInformation.FrameworkDescription} ({RuntimeInformation.RuntimeIdentifier})");
        Line("system", RuntimeInformation.OSDescription.Trim());
        Line("processor", $"{MachineDescription.ProcessorName}, {Environment.ProcessorCount} logical processors");
        Line("vectors", $"{Processor.LaneBits}-bit lanes ({string.Join(", ", Processor.Features)})");
        Line("memory", $"{MemoryBudget.Describe(MemoryBudget.Available)} free");
        Line("linear algebra", LinearAlgebraBackends.Default.Name);
        foreach (BackendStatus status in LinearAlgebraBackends.All) Line("", $"{(status.IsAvailable ? "found " : "absent")}  {status.Backend}: {status.Description}");
        foreach ((string name, string value) in GpuLines.Of(CudaStatus.Probe())) Line(name, value);

        void Line(string name, string value) => console.Out.WriteLine($"{console.Bold(name.PadRight(15))} {value}");
    }
}
