using System.Diagnostics;
using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Presentation;
using InfiniteNtk.Cli.Report;
using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Kernels.Storage;

namespace InfiniteNtk.Cli.Commands;

/// <summary><c>intk compare</c>: networks and baselines on a data set, predicted beside measured.</summary>
internal sealed class CompareCommand : ToolCommand
{
    public override string Name => "compare";

    public override string Summary => "compare architectures on a data set: predicted and measured learning curves";

    public override string Usage => "DATA [--net TEXT|@FILE]... [--n N,N,N] [--report FILE.html] [--json]";

    public override string Description =>
        "Ranks infinitely wide networks by their error on DATA, for growing training sets of n points. Each error is predicted from the kernel matrix and all labels without "
        + "training on any subset, and measured on random training sets with the rest as test points. Beside the networks stand baselines (linear, Gaussian and Laplace kernels, a constant).\n"
        + "DATA is a .npz with arrays x and y, a .csv with a header row, a pair x.npy and y.npy, or IDX files as MNIST has them.\n"
        + "Time grows as the cube of the number of points, memory as its square. What would take long is compared on a random part of the points, and says so; --points tells how many to take.\n"
        + "Without --net, networks are compared that differ in depth, smoothness and shape; of images also convolutional ones, as far as they take seconds.";

    public override ValueList<Example> Examples =>
    [
        new Example("The default networks on handwritten digits, with a report to open in a browser", "intk compare samples/digits.npz --report report.html"),
        new Example("Two networks of your own (quote them: a shell takes >> for itself)",
            "intk compare wine.csv --net \"Dense(sqrt(2)) >> Relu >> Dense\" --net \"Dense >> Erf >> Dense\""),
        new Example("Images of your own, by a convolutional network (rank 4 arrays are N,H,W,C; rank 3 one channel)",
            "intk compare images.npz --net \"Conv(3, 3) >> Relu >> AveragePool(2, 2) >> Conv(3, 3) >> Relu >> GlobalAveragePool >> Dense\" --net myrtle5"),
        new Example("A regression, with training sets of 50, 100 and 200 points", "intk compare samples/diabetes.csv --n 50,100,200"),
        new Example("For a program", "intk compare samples/digits.npz --json > comparison.json"),
    ];

    public override ValueList<Option> Options =>
    [
        new Option("--net", "TEXT|@FILE", "A network, as text or @ and a JSON file; may be repeated. Default: networks that teach something.", Repeats: true),
        new Option("--n", "N,N,N", "Training set sizes; default: about M/36, M/9 and M/3 of the M points."),
        new Option("--points", "N|all", "Take N random points of the file (seeded; of each class its share), or all. Default: all where that takes minutes, else as many as do."),
        new Option("--ridge", "R", "Ridge with its unit, the same for all rows: 1e-6rel (default; times the mean diagonal of the kernel) or 1e-3abs."),
        new Option("--test", "FILE", "A separate test set: the same curves for it, too."),
        .. DataOptions.All,
        DataOptions.Centre,
        new Option("--subsets", "N", "Random training sets per n, at least 20 (default)."),
        new Option("--seed", "N", "Seed of the random training sets; default 0."),
        new Option("--report", "FILE.html", "Write a self-contained report: tables, learning curves, what they mean."),
        new Option("--chart", "FILE.svg", "Write the picture of learning curves alone."),
        new Option("--out", "FILE.json", "Write the result for programs, beside the table."),
        new Option("--json", null, "Print the result for programs instead of the table."),
        SharedOptions.Threads,
    ];

    public override bool TakesPositional => true;

    public override string MemoryRemedy => "Take a part of the points: --points N; half of them need a quarter of the memory";

    public override void Run(ParsedArguments arguments, ToolConsole console, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        string path = arguments.RequiredPositional("a data file");
        Ridge ridge = arguments.Text("--ridge") is { } text ? Ridge.Parse(text) : Ridge.Relative(1e-6);
        var options = new ComparisonOptions
        {
            Sizes = arguments.Integers("--n", 1),
            Ridge = ridge,
            Subsets = arguments.Integer("--subsets", 20) ?? 20,
            Seed = arguments.Integer("--seed", 0) ?? 0,
            Cancellation = cancellation,
        };
        var plan = new ComparisonPlan(arguments, options);
        OutputFile? report = Prepare(arguments, "--report", ".html"), chart = Prepare(arguments, "--chart", ".svg"), json = Prepare(arguments, "--out", ".json");

        ILinearAlgebra algebra = SharedOptions.Algebra(arguments);
        using var data = LabelledData.Read(path, arguments, plan.Asked, algebra, part: plan.Choose);
        if (plan.Part is { } part) console.Error.WriteLine(console.Warning($"{data.Name}: {part}"));
        ComparisonResult result = Compute(plan, data, options, algebra, SharedOptions.Execution(arguments, null, cancellation), console);
        ComparisonContext context = Context(data, plan, arguments, watch.Elapsed);
        Delivery.Of(
            console, () => Print(result, context, arguments.Has("--json"), console),
            new(json, file => file.Write(ComparisonJson.Write(result, context) + "\n")),
            new(report, file => file.Write(new HtmlReport(result, context).Render())),
            new(chart, file => file.Write(new LearningCurveFigures(result, new RowKeys(result)).Overview().Render().ToString())));
    }

    private ComparisonResult Compute(
        ComparisonPlan plan, LabelledData data, ComparisonOptions options, ILinearAlgebra algebra, ExecutionOptions execution, ToolConsole console)
    {
        ComparisonForecast? forecast = null;
        var progress = new ProgressLine(console);
        var meter = new WorkMeter(algebra, work => forecast?.Add(work, progress));
        var comparison = new KernelComparison(data.Targets, options, meter, data.TestTargets);
        int rows = 2 * plan.Networks.Length + BaselineKernels.Names.Count;
        nint tests = data.TestInputs?.Count ?? 0;
        var work = new ComparisonWork((int)data.Inputs.Count, comparison.Sizes, options.Subsets, (int)data.Targets.Values.Columns);
        double bytes = work.Bytes + 16.0 * tests * data.Inputs.Count;
        MemoryBudget.Require((long)bytes, $"Cannot compare kernels of {data.Inputs.Count} points", MemoryRemedy);
        forecast = ComparisonForecast.Of([.. plan.Networks.Select(network => network.Program)], data.Inputs, tests, work, rows, algebra, execution);
        if (forecast.Left is not null) console.Error.WriteLine($"forecast: {forecast.Describe(bytes)}; twice the points take 8 times as long and 4 times the memory");
        var run = new ComparisonRun(comparison, data, algebra, execution with { Progress = progress }, progress, forecast);
        try
        {
            run.All(plan.Networks);
        }
        finally
        {
            progress.Done();
        }

        return comparison.Result() with { IntrinsicDimension = run.IntrinsicDimension };
    }

    private static void Print(ComparisonResult result, ComparisonContext context, bool json, ToolConsole console)
    {
        if (!json)
        {
            new ComparisonText(result, context).Write(console);
            return;
        }

        console.Out.WriteLine(ComparisonJson.Write(result, context));
        foreach (LeftOutKernel kernel in result.LeftOut) console.Error.WriteLine($"left out: {kernel.Kernel} of {kernel.Name}: {kernel.Reason}");
    }

    private static OutputFile? Prepare(ParsedArguments arguments, string option, string ending)
    {
        if (arguments.Text(option) is not { } path) return null;
        return path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)
            ? OutputFile.Prepare(path)
            : throw new UsageException($"{option} is \"{path}\", but must end with {ending}.");
    }

    private static ComparisonContext Context(LabelledData data, ComparisonPlan plan, ParsedArguments arguments, TimeSpan elapsed) => new()
    {
        Data = data.Name,
        DataDescription = data.Description,
        Preprocessing = data.Preprocessing,
        Part = plan.Part,
        Test = data.TestName,
        Target = data.TargetDescription,
        Command = arguments.CommandLine,
        Version = IntkTool.Version,
        Machine = MachineDescription.Line,
        Precision = "float64",
        Made = TimeProvider.System.GetUtcNow(),
        Elapsed = elapsed,
    };
}
