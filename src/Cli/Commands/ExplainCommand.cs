using System.Globalization;
using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Compositional.Json;
using InfiniteNtk.Compositional.Latex;
using InfiniteNtk.Compositional.Text;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Cli.Commands;

/// <summary><c>intk explain</c>: what a network computes, in words, equations, JSON, or as the program that the executors run.</summary>
internal sealed class ExplainCommand : ToolCommand
{
    private static readonly string[] _forms = ["--latex", "--json", "--program"];

    public override string Name => "explain";

    public override string Summary => "show what a network computes: layers, signals, the kernel recursion";

    public override string Usage => "NETWORK [--shape H,W,C] [--samples N] [--latex | --json | --program]";

    public override string Description =>
        "Reads a network and prints, layer by layer, what signal flows and what happens to the NNGP kernel K and the NTK. No data is needed. "
        + "A network whose infinite-width limit is not known is refused, with the place and what would make it legal.";

    public override ValueList<Example> Examples =>
    [
        new Example("Layer by layer", "intk explain \"Dense(sqrt(2), 0.1) >> Relu >> Dense\""),
        new Example("For images of 32 by 32 with 3 channels", "intk explain \"Flatten >> Dense >> Erf >> Dense\" --shape 32,32,3"),
        new Example("A convolutional network: which offsets between positions are kept, and what a pair costs", "intk explain \"Conv(3, 3) >> Relu >> AveragePool(2, 2) >> Flatten >> Dense\" --shape 32,32,3"),
        new Example("A published architecture", "intk explain myrtle5 --shape 32,32,3"),
        new Example("The memory that its kernels of 60,000 images would take, and what would fit", "intk explain myrtle5 --shape 32,32,3 --samples 60000"),
        new Example("Equations for a paper", "intk explain \"Dense >> Gelu >> Dense\" --latex > recursion.tex"),
        new Example("The same network as a JSON file, which --net @net.json reads", "intk explain \"Dense >> Gelu >> Dense\" --json > net.json"),
    ];

    public override ValueList<Option> Options =>
    [
        new Option("--net", "TEXT|@FILE", "The network, as text or @ and a JSON file; the same as by position."),
        new Option("--shape", "H,W,C", "The shape of one sample: extents of the positions, then channels; one number means features. Default: 784, 28,28,1 or 28,28, what the network takes."),
        new Option("--samples", "N", "Also say what the kernels of so many samples with themselves take, and how many would fit; nothing is computed."),
        new Option("--latex", null, "The recursion as LaTeX equations, and the dual of each activation."),
        new Option("--json", null, "The network in the interchange format."),
        new Option("--program", null, "The program that the executors run, one step a line."),
    ];

    public override bool TakesPositional => true;

    public override bool PositionalIsNetwork => true;

    public override void Run(ParsedArguments arguments, ToolConsole console, CancellationToken cancellation)
    {
        if (arguments.Positional is not null && arguments.Has("--net")) throw new UsageException("explain takes one network: by position, or with --net.");
        Network network = NetworkArgument.Read(arguments.Positional ?? arguments.Required("--net", "the network to explain, in quotes"));
        string[] forms = [.. _forms.Where(arguments.Has)];
        if (forms.Length > 1) throw new UsageException($"{string.Join(" and ", forms)} exclude each other: ask for one.");
        SampleShape shape = Shape(arguments, network);
        switch (forms)
        {
            case ["--latex"]: console.Out.Write(NetworkLatex.Equations(network, shape)); break;
            case ["--json"]: console.Out.WriteLine(NetworkJson.Write(network)); break;
            case ["--program"]: console.Out.Write(ProgramText.Write(network.Program(shape))); break;
            default: Write(console, network, shape, arguments.Integer("--samples", 1)); break;
        }
    }

    private static void Write(ToolConsole console, Network network, SampleShape shape, int? samples)
    {
        // A network that is refused prints nothing.
        string explanation = NetworkExplanation.Of(network, shape).ToString();
        console.Out.WriteLine(console.Bold(NetworkText.Print(network)));
        console.Out.WriteLine($"on samples of {shape}");
        console.Out.WriteLine();
        console.Out.WriteLine(explanation);
        WriteGrowth(console, network.Program(shape));
        if (samples is not { } count) return;
        var size = new KernelSize(network.Program(shape), count);
        console.Out.WriteLine();
        console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Memory for the kernels of {count:N0} samples with themselves, {size.Entries:N0} pairs:"));
        WriteMemory(console, "f64", new CpuExecutor().Memory<double>(size));
        WriteMemory(console, "f32", new CpuExecutor().Memory<float>(size));
    }

    /// <summary>Samples are not at hand: as preprocessed ones, of mean square 1.</summary>
    private static void WriteGrowth(ToolConsole console, KernelProgram program)
    {
        if (RoundingGrowth.Of(program, 1) is not { } growth) return;
        console.Out.WriteLine();
        console.Out.WriteLine($"On samples of mean square 1 {growth}.");
        if ((growth.Warning("float64") ?? growth.Warning("float32")) is { } warning) console.Out.WriteLine(console.Warning(warning));
    }

    private static void WriteMemory(ToolConsole console, string precision, KernelMemory memory) => console.Out.WriteLine(
        $"{precision}  {memory}; {MemoryBudget.Describe(memory.Budget)} may be used, " + (memory.Fits
            ? "it fits"
            : string.Create(CultureInfo.InvariantCulture, $"where {memory.Fitting:N0} samples would fit")));

    private static SampleShape Shape(ParsedArguments arguments, Network network) => ShapeArgument.Read(arguments, network) ?? Usual(network);

    /// <summary>Digits of 28 × 28 as the network takes them: as features, images or sequences.</summary>
    private static SampleShape Usual(Network network)
    {
        SampleShape features = SampleShape.Features(784), images = new([28, 28], 1), sequences = new([28], 28);
        bool flattens = NetworkText.Print(network).Contains("Flatten", StringComparison.Ordinal);
        SampleShape[] shapes = flattens ? [images, sequences, features] : [features, images, sequences];
        return shapes.FirstOrDefault(shape => ShapeArgument.Suits(network, shape), shapes[0]);
    }
}
