using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Presentation;
using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Kernels.Storage;

namespace InfiniteNtk.Cli.Commands;

/// <summary><c>intk predict</c>: what an infinitely wide network, trained on some points, predicts for others.</summary>
internal sealed class PredictCommand : ToolCommand
{
    public override string Name => "predict";

    public override string Summary => "predict with an infinitely wide network: mean and uncertainty for test points";

    public override string Usage => "(DATA --net TEXT|@FILE (--test FILE | --train N) | --kernel K.npy --y Y.npy [--test-kernel KT.npy]) [--out FILE]";

    public override string Description =>
        "Trains the infinitely wide network exactly, and predicts. With --kind ntk (default) it is trained by gradient descent to convergence, and the uncertainty is that over "
        + "random initialisations; with --kind nngp it is the Bayesian posterior.\n"
        + "Training points are all of DATA with a separate --test file, or N random points of DATA with the rest as test points. Where labels exist, the error is measured.\n"
        + "Instead of DATA and --net, precomputed kernels are taken: --kernel (n × n) and --y; --test-kernel (tests × n) for predictions, else leave-one-out on the n points; "
        + "--test-test (tests × tests, or their diagonal tests × 1) for the variance, then that of a Gaussian process with this kernel. Their targets are used as they are. "
        + "Of an archive that intk kernel wrote, --kind says which kernel is taken; one in the place of the other is refused.\n"
        + "Predictions and deviations are in the target's own unit. Classes are scores: near 1 for its class and 0 for the others, or for two classes -1 for the first and 1 for the second.";

    public override ValueList<Example> Examples =>
    [
        new Example("Train on 1000 digits, test on the others", "intk predict samples/digits.npz --net \"Flatten >> Dense >> Relu >> Dense\" --train 1000 --out predictions.npz"),
        new Example("A separate test file, Bayesian, as a table", "intk predict train.csv --test test.csv --net \"Dense >> Erf >> Dense\" --kind nngp --ridge 1e-2rel --out predictions.csv"),
        new Example("With kernels computed before", "intk predict --kernel k.npy --y y.npy --test-kernel kt.npy --out predictions.npz"),
    ];

    public override ValueList<Option> Options =>
    [
        new Option("--net", "TEXT|@FILE", "The network, as text or @ and a JSON file."),
        new Option("--kind", "ntk|nngp", "Trained to convergence (ntk, default) or Bayesian (nngp)."),
        new Option("--ridge", "R", "Ridge with its unit: 1e-6rel (default; times the mean diagonal of the training kernel) or 1e-3abs."),
        new Option("--test", "FILE", "Points to predict; their labels, where they have some, measure the error."),
        new Option("--train", "N", "Train on N random points of DATA and predict the others."),
        new Option("--seed", "N", "Seed of the choice of --train; default 0."),
        .. DataOptions.All,
        DataOptions.Centre,
        new Option("--kernel", "K.npy|K.npz", "A precomputed training kernel, n × n."),
        new Option("--y", "Y.npy", "Its targets, n or n × outputs."),
        new Option("--test-kernel", "KT.npy|KT.npz", "Kernel of test points (rows) with training points (columns)."),
        new Option("--test-test", "KTT.npy|KTT.npz", "Kernel of the test points among themselves or its diagonal, for the variance."),
        new Option("--out", "FILE", "Where to write: .npz (mean, variance, ...) or .csv, one line a test point."),
        SharedOptions.Threads,
    ];

    public override bool TakesPositional => true;

    public override void Run(ParsedArguments arguments, ToolConsole console, CancellationToken cancellation)
    {
        Ridge ridge = arguments.Text("--ridge") is { } text ? Ridge.Parse(text) : Ridge.Relative(1e-6);
        KernelKind kind = arguments.Choice("--kind", KernelKind.Ntk, ("ntk", KernelKind.Ntk), ("nngp", KernelKind.Nngp));
        OutputFile? output = Output(arguments);
        bool precomputed = arguments.Has("--kernel");
        if (precomputed == arguments.Positional is not null) throw new UsageException("predict needs either a data file and --net, or --kernel and --y. See intk predict --help.");
        RefuseIgnored(arguments, precomputed);
        using Prediction prediction = precomputed
            ? Prediction.FromKernels(arguments, ridge, kind, cancellation)
            : FromNetwork(arguments, ridge, kind, console, cancellation);
        Delivery.Of(console, () => Summarise(console, prediction, ridge), new Delivered(output, file => PredictionFile.Write(file, prediction)));
    }

    private static Prediction FromNetwork(ParsedArguments arguments, Ridge ridge, KernelKind kind, ToolConsole console, CancellationToken cancellation)
    {
        Network network = NetworkArgument.Read(arguments.Required("--net", "the network, in quotes"));
        if (arguments.Has("--test") == arguments.Has("--train")) throw new UsageException("predict needs points to predict: either --test FILE or --train N.");
        ILinearAlgebra algebra = SharedOptions.Algebra(arguments);
        using var data = LabelledData.Read(arguments.Positional!, arguments, [network], algebra, needsTestTargets: false);
        using var split = TrainTest.Of(data, arguments.Integer("--train", 1), arguments.Integer("--seed", 0) ?? 0);
        _ = network.Program(split.TrainInputs.Shape);
        var progress = new ProgressLine(console);
        var options = new SolverOptions { Algebra = algebra, Threads = arguments.Integer(SharedOptions.Threads.Name, 1), Cancellation = cancellation, Progress = progress };
        try
        {
            progress.Step($"{network} on {split.TrainInputs.Count} points");
            if (kind == KernelKind.Nngp)
            {
                using var process = GaussianProcess.Fit(network, split.TrainInputs, split.TrainTargets, ridge, kind, options);
                return new Prediction(process.Predict(split.TestInputs), process.Fitted.Report, split);
            }

            using var ensemble = TrainedEnsemble.Fit(network, split.TrainInputs, split.TrainTargets, ridge, options: options);
            return new Prediction(ensemble.Predict(split.TestInputs), ensemble.Report, split);
        }
        finally
        {
            progress.Done();
        }
    }

    /// <summary>An option that would have no effect is a mistake, and told as one.</summary>
    private static void RefuseIgnored(ParsedArguments arguments, bool precomputed)
    {
        string[] without = precomputed
            ? ["--net", "--train", "--test", "--seed", .. IsArchive(arguments.Text("--kernel")!) ? (string[])[] : ["--kind"], "--task", "--target", "--labels", "--preprocess", "--center"]
            : ["--y", "--test-kernel", "--test-test"];
        if (without.FirstOrDefault(arguments.Has) is { } ignored)
        {
            throw new UsageException($"{ignored} has no effect {(precomputed ? "with --kernel" : "with a data file")}; leave it out. See intk predict --help.");
        }

        if (arguments.Has("--test-test") && !arguments.Has("--test-kernel")) throw new UsageException("--test-test needs --test-kernel: the kernel of the test points with the training points.");
    }

    private static bool IsArchive(string path) => path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase);

    private static OutputFile? Output(ParsedArguments arguments)
    {
        if (arguments.Text("--out") is not { } path) return null;
        return Path.GetExtension(path).ToLowerInvariant() is ".npz" or ".csv"
            ? OutputFile.Prepare(path)
            : throw new UsageException($"--out is \"{path}\", but must end with .npz or .csv.");
    }

    private static void Summarise(ToolConsole console, Prediction prediction, Ridge ridge)
    {
        console.Out.WriteLine($"{prediction.What}, ridge {ridge}");
        console.Out.WriteLine($"{"predictions are",-22}{prediction.Unit}");
        foreach ((string name, string value) in prediction.Measured) console.Out.WriteLine($"{name,-22}{value}");
        console.Out.WriteLine($"{"solved by",-22}{prediction.Report}");
        if (prediction.Report.IsPerturbed)
        {
            console.Out.WriteLine(console.Warning($"the kernel was singular to working precision: {NumberText.Significant(prediction.Report.Jitter)} was added to its diagonal; a larger --ridge avoids it"));
        }
    }
}
