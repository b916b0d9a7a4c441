using System.Diagnostics;
using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Presentation;
using InfiniteNtk.Cli.Report;
using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Kernels.Storage;

namespace InfiniteNtk.Cli.Commands;

/// <summary><c>intk verify</c>: do real networks, sampled at growing widths, tend to the kernels?</summary>
internal sealed class VerifyCommand : ToolCommand
{
    private const int FewestWidths = 4;
    private const int FirstLook = 50;
    private const int Most = 10_000;
    private const int MostTrained = 4_000;
    private const double Tolerance = 0.02;

    /// <summary>Trained outputs are judged in units of their standard deviation at the start, which scatter more.</summary>
    private const double TrainedTolerance = 2.5;

    public override string Name => "verify";

    public override string Summary => "sample real networks at growing widths: do they confirm the kernels?";

    public override string Usage => "--net TEXT|@FILE [--x1 A.npy] [--widths N,N,N,N] [--seeds N] [--tolerance P] [--train] [--against K.npz] [--dtype f64|f32] [--json] [--report R.html]";

    public override string Description =>
        "Draws networks of finite width with random weights, runs and differentiates them, and compares their mean kernels with the claimed limit. The sampled networks share no formula with the kernels.\n"
        + "At width w a true kernel is off by about b/w, so neither three standard errors nor more networks at one width decide. Each entry's error is followed over widths and extrapolated by a + b/w. "
        + "An entry's error is measured against the diagonal: 1 % is 0.01 sqrt(K(x,x) K(x',x')); the smallest entries are told again relative to themselves.\n"
        + "Verdict: refuted, if some a is not 0 beyond chance (1 % for all entries together); consistent, if none is and |a| + 2.6 standard errors are within the tolerance (2 %) at every entry: a kernel that is further off passes in 1 of 200 cases at most; else no error above X % found, with that X and the number of networks that would tell.\n"
        + "A first look at 50 networks of each width ends it where a kernel is hugely wrong.\n"
        + "With --train each network is trained, too, by gradient descent on targets +1 and -1 by turns at all points but the last, and its outputs after 4, 8 and 16 steps are compared with the predicted ones (fit a + b/sqrt(w) + c/w: kinks cause the middle term).\n"
        + "With --against the kernels of a file are tested in place of intk's: your new formula. Kernels of heavy-tailed activations (exp, monomials of degree 3 and more) need more networks than the scatter of a few tells: trust no verdict on them.";

    public override ValueList<Example> Examples =>
    [
        new Example("Is the kernel of this network right? (on three points of the tool's own)", "intk verify --net \"Dense(sqrt(2), 0.1) >> Relu >> Dense\""),
        new Example("Training as well, with a report to open in a browser", "intk verify --net \"Dense >> Erf >> Dense\" --train --report verify.html"),
        new Example("Training with fewer networks: widths far apart tell 1/sqrt(w) from 1/w", "intk verify --net \"Dense >> Erf >> Dense\" --train --widths 64,256,1024,4096"),
        new Example("A kernel of your own, arrays nngp and ntk of the points in x.npy", "intk verify --net \"Dense >> Relu >> Dense\" --x1 x.npy --against mine.npz"),
        new Example("Wider, with a fixed number of networks, for a program", "intk verify --net \"Dense >> Gelu >> Dense\" --widths 64,128,256,512 --seeds 1000 --json"),
    ];

    public override ValueList<Option> Options =>
    [
        new Option("--net", "TEXT|@FILE", "The network, as text or @ and a JSON file."),
        new Option("--x1", "A.npy", "The points; also A.npz with an array x. Default: three points of a small shape that the network takes."),
        new Option("--shape", "H,W,C", "The shape of the tool's own points, without --x1: positions, then channels; one number means features."),
        new Option("--widths", "N,N,N,N", "Hidden widths, at least four; default 32,64,128,256. Time is that of the largest. Widths in the network count in proportion."),
        new Option("--seeds", "N", $"Networks at each width, at least 2. Default: as many as a verdict needs, from {FirstLook} to {Most} (trained: to {MostTrained}); fewer than some 500 seldom show a kernel to be right."),
        new Option("--tolerance", "P", "The error at infinite width within which a kernel is consistent, against the diagonal: 2% (default) or 0.02; for trained outputs, against their standard deviation before training, 2.5 times as much. A half needs four times the networks."),
        new Option("--train", null, "Train the networks, too, and judge their outputs over time."),
        new Option("--against", "K.npz", "Test the kernels in this file (arrays nngp, ntk or both, points by points); or one .npy with --get."),
        SharedOptions.Get,
        new Option("--weights", "gaussian|orthogonal", "The law of the weights; default gaussian."),
        new Option("--seed", "N", "Which networks; default 0."),
        new Option("--dtype", "f64|f32", "The numbers that networks compute with; default f64, on a GPU f32. Weights are the same, rounded; kernels differ by some 1e-6 of their diagonal, in half the time."),
        new Option("--device", "cpu|cuda|auto", "Where kernels are sampled; default cpu. cuda: a GPU or a refusal; auto: a GPU if there is one."),
        new Option("--report", "R.html", "Write a self-contained report: tables, errors over widths, trajectories."),
        new Option("--json", null, "Print the result for programs instead of the table."),
        SharedOptions.Layout, SharedOptions.Threads,
    ];

    public override string MemoryRemedy => "Use smaller widths, fewer points, or --dtype f32";

    public override void Run(ParsedArguments arguments, ToolConsole console, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Network network = NetworkArgument.Read(arguments.Required("--net", "the network, in quotes"));
        ValueList<int> widths = arguments.Integers("--widths", 1) ?? [32, 64, 128, 256];
        if (widths.Count < FewestWidths) throw new UsageException($"--widths has {NumberText.Count(widths.Count, "different width")}; a limit needs at least {FewestWidths}, such as 32,64,128,256.");
        OutputFile? report = Report(arguments);
        int seed = arguments.Integer("--seed", 0) ?? 0;
        int? seeds = arguments.Integer("--seeds", 2);
        double tolerance = arguments.Share("--tolerance") ?? Tolerance;
        bool orthogonal = arguments.Choice("--weights", false, ("gaussian", false), ("orthogonal", true));
        NumberType? numbers = arguments.Choice<NumberType?>(SharedOptions.Precision.Name, null, ("f64", NumberType.Float64), ("f32", NumberType.Float32));
        KernelOutputs asked = SharedOptions.OutputsOf(arguments);
        using Samples samples = VerifiedPoints.Read(arguments, network);
        // A network without a known limit is refused before anything is sampled.
        _ = network.Program(samples.Shape);
        ClaimedKernels claimed = Claimed(arguments, network, samples, asked, widths);
        KernelOutputs outputs = asked & claimed.Outputs;
        if (arguments.Has("--train") && !TrainingVerification.CanFollow(network))
        {
            throw new UsageException("--train cannot follow networks with dropout: the theory has no masks that change in training. Leave the dropout or --train out.");
        }

        if (arguments.Has("--train") && claimed.Outputs != KernelOutputs.Both) throw new UsageException($"--train needs both kernels, and {claimed.File} has one.");

        var progress = new ProgressLine(console);
        var sampling = new SamplingLine(progress, "sampling");
        using CudaDevice? device = SamplingDevice.Open(arguments, numbers, console);
        var options = new VerificationOptions
        {
            Device = device,
            Widths = widths,
            Draws = seeds ?? FirstLook,
            MostDraws = seeds is null ? Most : null,
            Seed = (ulong)seed,
            Outputs = outputs,
            Weights = orthogonal ? WeightLaw.Orthogonal : WeightLaw.Gaussian,
            NumberType = numbers ?? NumberType.Float64,
            Threads = arguments.Integer(SharedOptions.Threads.Name, 1),
            Tolerance = tolerance,
            Progress = sampling,
            Cancellation = cancellation,
        };
        VerificationReport kernels;
        TrainingReport? training = null;
        try
        {
            kernels = KernelVerification.Run(network, samples, wide => claimed.Of(wide, outputs), options);
            if (arguments.Has("--train"))
            {
                var theory = new TrainedTheory(claimed, samples);
                TrainingTask task = theory.Task();
                using Samples train = task.Train;
                training = TrainingVerification.Run(network, task, theory.Of, options with
                {
                    MostDraws = seeds is null ? MostTrained : null,
                    Tolerance = TrainedTolerance * tolerance,
                    Progress = new SamplingLine(progress, "training"),
                });
            }
        }
        finally
        {
            progress.Done();
        }

        var context = new VerificationContext
        {
            Network = network.ToString(),
            Points = $"{NumberText.Count((int)samples.Count, "point")} of {samples.Shape}",
            Against = claimed.File,
            Weights = orthogonal ? "orthogonal" : "gaussian",
            Numbers = (numbers ?? (device is null ? NumberType.Float64 : NumberType.Float32)) == NumberType.Float32 ? "f32" : "f64",
            Seed = seed,
            Quantities = [.. Quantities(kernels, training)],
            Trajectories = training?.Trajectories ?? [],
            Command = arguments.CommandLine,
            Version = IntkTool.Version,
            Machine = MachineDescription.Line,
            Made = TimeProvider.System.GetUtcNow(),
            Elapsed = watch.Elapsed,
            Processor = Environment.CpuUsage.TotalTime - before,
            Drawn = kernels.Networks + (training?.Networks ?? 0),
        };
        Delivery.Of(console, () => Print(context, arguments.Has("--json"), console), new Delivered(report, file => file.Write(new VerificationPage(context).Render())));
    }

    private static void Print(VerificationContext context, bool json, ToolConsole console)
    {
        if (json) console.Out.WriteLine(VerificationJson.Write(context));
        else new VerificationText(context).Write(console);
    }

    private static IEnumerable<VerifiedQuantity> Quantities(VerificationReport kernels, TrainingReport? training)
    {
        if (kernels.Nngp is { } nngp) yield return new("nngp", "NNGP", nngp);
        if (kernels.Ntk is { } ntk) yield return new("ntk", "NTK", ntk);
        if (training is null) yield break;
        yield return new("outputs", "trained outputs", training.Mean);
        yield return new("covariances", "their covariances", training.Covariance);
    }

    private static ClaimedKernels Claimed(ParsedArguments arguments, Network network, Samples samples, KernelOutputs asked, ValueList<int> widths)
    {
        if (arguments.Text("--against") is not { } file) return ClaimedKernels.Own(samples);
        if (!arguments.Has("--x1")) throw new UsageException("--against needs --x1: the points whose kernels the file holds.");
        ClaimedKernels claimed = ClaimedKernels.FromFile(file, samples, asked);
        claimed.RequireSameAtAllWidths(network, widths);
        return claimed;
    }

    private static OutputFile? Report(ParsedArguments arguments)
    {
        if (arguments.Text("--report") is not { } path) return null;
        return path.EndsWith(".html", StringComparison.OrdinalIgnoreCase)
            ? OutputFile.Prepare(path)
            : throw new UsageException($"--report is \"{path}\", but must end with .html.");
    }
}
