using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Presentation;

namespace InfiniteNtk.Cli.Commands;

/// <summary>Predictions with their uncertainty, how they were solved, and how wrong they are where that is known.</summary>
internal sealed class Prediction : IDisposable
{
    private readonly ClassCentre _centre;

    private Prediction(string what, KernelMatrix<double> mean, double[]? variance, TargetUnits units, SolveReport report)
    {
        What = what;
        Mean = mean;
        Variance = variance;
        Units = units;
        Report = report;
        Rows = [.. Enumerable.Range(0, (int)mean.Rows)];
    }

    /// <summary>A posterior at the test points of a split; its means become this object's.</summary>
    public Prediction(Posterior posterior, SolveReport report, TrainTest split)
        : this(
            $"{split.TrainTargets.Count} training points, {split.TestInputs.Count} predicted", posterior.Mean, [.. posterior.Variances], split.TrainTargets.Units, report)
    {
        Rows = split.TestRows;
        ClassNames = split.TrainTargets.ClassNames;
        if (ClassNames.Count > 0 && split.TrainTargets.Means.Count > 0) _centre = ClassCentre.Frequencies;
        Classes = ClassNames.Count > 0 ? ClassDecision.Of(Mean) : [];
        if (split.TestTargets is { } targets) Measured = Measure(split, targets);
    }

    /// <summary>How many points were trained on and predicted.</summary>
    public string What { get; }

    /// <summary>Tests × outputs in the target's own unit; scores where it is classes.</summary>
    public KernelMatrix<double> Mean { get; }

    /// <summary>Variance of each test point, the same for all outputs, in the target's own unit squared; null where it was not computed.</summary>
    public double[]? Variance { get; }

    /// <summary>What was subtracted before fitting and added again, and the unit of the prior.</summary>
    public TargetUnits Units { get; }

    /// <summary>In words what the numbers in <see cref="Mean"/> are.</summary>
    public string Unit => ClassNames.Count switch
    {
        0 when Units.Offsets.All(offset => offset == 0) => "in the targets' own unit, as they are",
        0 => $"in the target's own unit ({string.Join(", ", Units.Offsets.Select(offset => NumberText.Significant(offset, 4)))} was subtracted for the fit and is added again)",
        _ when _centre == ClassCentre.Frequencies => $"scores: {(ClassNames.Count == 2 ? $"-1 for {ClassNames[0]}, 1 for {ClassNames[1]}" : "1 for the class, 0 for the others")} (what their frequencies give was subtracted for the fit and is added again)",
        2 => $"scores: -1 for {ClassNames[0]}, 1 for {ClassNames[1]}",
        _ => $"scores: 1 for the class, 0 for the others (1/{ClassNames.Count} was subtracted for the fit and is added again)",
    };

    /// <summary>The row of each predicted point in its file.</summary>
    public int[] Rows { get; private init; }

    /// <summary>The predicted class of each point; empty for regression.</summary>
    public int[] Classes { get; } = [];

    /// <summary>Names of the classes; empty for regression.</summary>
    public ValueList<string> ClassNames { get; } = [];

    /// <summary>Names and values of measured errors.</summary>
    public ValueList<(string Name, string Value)> Measured { get; private init; } = [];

    /// <summary>How the system was solved.</summary>
    public SolveReport Report { get; }

    /// <summary>From kernels in files: predictions where a test kernel is given, else leave-one-out predictions of the training points.</summary>
    public static Prediction FromKernels(ParsedArguments arguments, Ridge ridge, KernelKind kind, CancellationToken cancellation)
    {
        var options = new SolverOptions { Algebra = SharedOptions.Algebra(arguments), Cancellation = cancellation };
        using KernelMatrix<double> kernel = Read(arguments.Text("--kernel")!, kind);
        using KernelMatrix<double> y = NpyFile.Open(arguments.Required("--y", "the targets that belong to --kernel")).ToMatrix<double>();
        var units = TargetUnits.AsTheyAre(y.Columns);
        if (arguments.Text("--test-kernel") is not { } testPath)
        {
            using var all = RidgeFit.Fit(kernel, y, ridge, options);
            KernelMatrix<double> left = all.LeaveOneOut();
            double error = MeanSquare(left), power = MeanSquare(y);
            for (nint i = 0; i < left.Rows; i++)
            {
                for (nint o = 0; o < left.Columns; o++) left[i, o] = y[i, o] - left[i, o];
            }

            return new Prediction($"{kernel.Rows} training points, each predicted from the others (leave-one-out)", left, null, units, all.Report)
            {
                Measured = [("leave-one-out nMSE", NumberText.Significant(error / power, 6))],
            };
        }

        using KernelMatrix<double> testKernel = Read(testPath, kind);
        string what = $"{kernel.Rows} training points, {testKernel.Rows} predicted";
        if (arguments.Text("--test-test") is not { } amongPath)
        {
            using var fit = RidgeFit.Fit(kernel, y, ridge, options);
            return new Prediction(what, fit.Predict(testKernel), null, units, fit.Report);
        }

        using KernelMatrix<double> among = Read(amongPath, kind);
        using var process = GaussianProcess.Fit(kernel, y, ridge, options);
        using Posterior posterior = process.Predict(testKernel, among);
        return new Prediction(what, posterior.Mean.Copy(), [.. posterior.Variances], units, process.Fitted.Report);
    }

    /// <inheritdoc/>
    public void Dispose() => Mean.Dispose();

    /// <summary>Errors in the target's unit; nMSE is relative to predicting what was subtracted for the fit, the mean of the training points.</summary>
    private ValueList<(string, string)> Measure(TrainTest split, KernelMatrix<double> targets)
    {
        double error = 0, power = 0;
        for (nint i = 0; i < Mean.Rows; i++)
        {
            for (int o = 0; o < Mean.Columns; o++)
            {
                error += Math.Pow(Mean[i, o] - targets[i, o], 2) / Mean.Rows;
                power += Math.Pow(targets[i, o] - Units.Offsets[o], 2) / Mean.Rows;
            }
        }

        List<(string, string)> measured = [("nMSE", NumberText.Significant(error / power, 4))];
        if (ClassNames.Count > 0) measured.Add(("right", NumberText.Percent(ClassDecision.Accuracy(Mean, split.TestClasses), 2)));
        else measured.Add(("RMSE", NumberText.Significant(Math.Sqrt(error), 4)));
        return [.. measured];
    }

    private static double MeanSquare(KernelMatrix<double> values)
    {
        double sum = 0;
        for (nint i = 0; i < values.Rows; i++)
        {
            foreach (double value in values.View.Row(i)) sum += value * value;
        }

        return sum / values.Rows;
    }

    /// <summary>A matrix; of an archive the kernel that was asked for, which then knows what it is.</summary>
    private static KernelMatrix<double> Read(string path, KernelKind kind) => path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase)
        ? NpzFile.Open(path).Read(kind == KernelKind.Nngp ? "nngp" : "ntk").ToMatrix<double>()
        : NpyFile.Open(path).ToMatrix<double>();
}
