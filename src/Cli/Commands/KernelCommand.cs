using System.Globalization;
using System.Numerics;
using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Storage;

namespace InfiniteNtk.Cli.Commands;

/// <summary><c>intk kernel</c>: the kernel matrices of a network on samples, as NumPy files.</summary>
internal sealed class KernelCommand : ToolCommand
{
    public override string Name => "kernel";

    public override string Summary => "compute a network's NNGP and NTK kernel matrices as .npz or .npy";

    public override string Usage => "--net TEXT|@FILE (DATA.npz | --x1 A.npy [--x2 B.npy]) --out K.npz";

    public override string Description =>
        "Computes the exact infinite-width kernels of all pairs of samples: NNGP, the covariance of the network's outputs at random weights, and NTK, the kernel of its training. "
        + "Without --x2 (or with DATA.npz) it is the symmetric kernel of the set with itself.\n"
        + "Samples are rows: rank 2 are features, rank 3 and 4 images or sequences. Nothing is preprocessed: the numbers are used as they are.\n"
        + "The result has arrays nngp and ntk (.npz), or one matrix (.npy, with one kernel in --get).";

    public override ValueList<Example> Examples =>
    [
        new Example("Both kernels of a training set", "intk kernel --net \"Dense(sqrt(2)) >> Relu >> Dense\" --x1 train.npy --out k.npz"),
        new Example("Test points (rows) against training points (columns), NTK only", "intk kernel --net \"Dense >> Erf >> Dense\" --x1 test.npy --x2 train.npy --get ntk --out k.npy"),
        new Example("The images in a data set, array x", "intk kernel samples/digits.npz --net \"Flatten >> Dense >> Relu >> Dense\" --out k.npz"),
        new Example("In Python", "numpy.load(\"k.npz\")[\"ntk\"]"),
    ];

    public override ValueList<Option> Options =>
    [
        new Option("--net", "TEXT|@FILE", "The network, as text or @ and a JSON file."),
        new Option("--x1", "A.npy", "The samples of the rows; also A.npz with an array x."),
        new Option("--x2", "B.npy", "The samples of the columns; default: those of the rows, and the kernel is symmetric."),
        SharedOptions.Get,
        new Option("--out", "K.npz", "Where to write: .npz, or .npy for one kernel."),
        SharedOptions.Precision, SharedOptions.Layout, SharedOptions.Threads,
    ];

    public override bool TakesPositional => true;

    public override string MemoryRemedy => "Use fewer samples, --dtype f32, or one kernel instead of two: --get ntk";

    public override void Run(ParsedArguments arguments, ToolConsole console, CancellationToken cancellation)
    {
        Network network = NetworkArgument.Read(arguments.Required("--net", "the network, in quotes"));
        KernelOutputs outputs = SharedOptions.OutputsOf(arguments);
        string path = arguments.Required("--out", "the file to write");
        bool single = IsSingle(path, outputs);
        bool f32 = arguments.Choice(SharedOptions.Precision.Name, false, ("f64", false), ("f32", true));
        if (arguments.Positional is not null == arguments.Has("--x1")) throw new UsageException("kernel needs samples: either one file by position or --x1.");
        var progress = new ProgressLine(console);
        ExecutionOptions options = SharedOptions.Execution(arguments, progress, cancellation);

        // What does not fit is refused before its samples are read.
        NpyArray rows = Open(arguments.Positional ?? arguments.Text("--x1")!);
        NpyArray? columns = arguments.Text("--x2") is { } second ? Open(second) : null;
        ArrayLayout? layout = SharedOptions.LayoutOf(arguments, rows, network);
        KernelProgram program = network.Program(Shape(rows, columns, layout));
        var size = new KernelSize(program, (nint)rows.Shape[0], (nint?)columns?.Shape[0], outputs);
        KernelMemory memory = f32 ? new CpuExecutor().Memory<float>(size, options) : new CpuExecutor().Memory<double>(size, options);
        memory.Require();
        var file = OutputFile.Prepare(path, (long)memory.ResultBytes);
        using Samples left = Samples.From(rows, layout);
        using Samples? right = columns is null ? null : Samples.From(columns, layout);
        var request = new KernelRequest(program, left, right, outputs);
        progress.Step($"kernel of {left.Count} × {(right ?? left).Count} samples");
        if (f32) Compute<float>(request, options, progress, console, file, single);
        else Compute<double>(request, options, progress, console, file, single);
    }

    private static void Compute<T>(KernelRequest request, ExecutionOptions options, ProgressLine progress, ToolConsole console, OutputFile file, bool single)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using KernelPair<T> pair = Run<T>(request, options, progress);
        Delivery.Of(console, () => Summarise(console, file.Path, request, pair.Report), new Delivered(file, place =>
        {
            List<(string Name, KernelMatrix<T> Matrix)> matrices = [];
            if (request.Outputs.HasFlag(KernelOutputs.Nngp)) matrices.Add(("nngp", pair.Nngp));
            if (request.Outputs.HasFlag(KernelOutputs.Ntk)) matrices.Add(("ntk", pair.Ntk));
            if (single) NpyFile.Write(place, NpyContent.From(matrices[0].Matrix));
            else NpzFile.Write(place, [.. matrices.Select(item => (item.Name, NpyContent.From(item.Matrix)))]);
        }));
    }

    private static KernelPair<T> Run<T>(KernelRequest request, ExecutionOptions options, ProgressLine progress)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        try
        {
            return new CpuExecutor().Run<T>(request, options);
        }
        finally
        {
            progress.Done();
        }
    }

    private static void Summarise(ToolConsole console, string path, KernelRequest request, ExecutionReport report)
    {
        double seconds = report.Elapsed.TotalSeconds;
        console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path}: {request.Outputs switch { KernelOutputs.Nngp => "nngp", KernelOutputs.Ntk => "ntk", _ => "nngp and ntk" }}, {request.Left.Count} × {(request.Right ?? request.Left).Count}, {report.Precision}"));
        console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Entries} entries in {seconds:0.000} s ({report.Entries / Math.Max(seconds, 1e-9):0.##e+0} per second), executor {report.Executor}, scratch {MemoryBudget.Describe(report.ScratchBytes)}"));
        if (report.DualError > 0)
        {
            console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"activations without closed form: relative error at most {report.DualError:0.#e-0} a layer"));
        }

        if (report.IntegratedVariance > 0)
        {
            console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"variances up to {report.IntegratedVariance:G4} are beyond their series: the pairs of such samples were integrated, about a hundred times slower; a smaller weightStd or a LayerNorm in front avoids it"));
        }

        foreach (string warning in report.Warnings) console.Out.WriteLine(console.Warning(warning));
    }

    private static NpyArray Open(string path) =>
        path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) ? NpzFile.Open(path).Read("x") : NpyFile.Open(path);

    private static SampleShape Shape(NpyArray rows, NpyArray? columns, ArrayLayout? layout)
    {
        SampleShape shape = Samples.ShapeOf(rows, layout);
        if (columns is null || Samples.ShapeOf(columns, layout) is var other && other == shape) return shape;
        throw new ShapeMismatchException(
            "Cannot pair these samples", $"--x1 has {shape} and --x2 has {other}", "both need one shape", "Pass samples of the same shape");
    }

    private static bool IsSingle(string path, KernelOutputs outputs)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".npz": return false;
            case ".npy" when outputs != KernelOutputs.Both: return true;
            case ".npy": throw new UsageException($"--out {path} can hold one matrix: ask for it with --get nngp or --get ntk, or write .npz.");
            default: throw new UsageException($"--out is \"{path}\", but must end with .npz, or with .npy for one kernel.");
        }
    }
}
