using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Presentation;
using InfiniteNtk.Kernels;
using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Regression;
using InfiniteNtk.Regression.LinearAlgebra;
using InfiniteNtk.Regression.Predictors;

namespace InfiniteNtk.Cli.Commands;

/// <summary>Predictions with their uncertainty, how they were solved, and how wrong they are where that is known.</summary>
internal sealed class Prediction : IDisposable
{
    private Prediction(string what, KernelMatrix<double> mean, double[]? variance, SolveReport report)
    {
        What = what;
        Mean = mean;
        Variance = variance;
        Report = report;
        Rows = [.. Enumerable.Range(0, (int)mean.Rows)];
    }

    /// <summary>A posterior at the test points of a split; the posterior's matrices become this object's.</summary>
    public Prediction(Posterior posterior, SolveReport report, TrainTest split)
        : this($"{split.TrainTargets.Rows} training points, {split.TestInputs.Count} predicted", posterior.Mean, Variances(posterior, split.TargetUnit), report)
    {
        Rows = split.TestRows;
        ClassNames = split.ClassNames;
        Classes = ClassNames.Count > 0 ? ClassDecision.Of(Mean) : [];
        if (split.TestTargets is { } targets) Measured = Measure(split, targets);
        posterior.Covariance.Dispose();
        for (nint i = 0; i < Mean.Rows && ClassNames.Count == 0; i++)
        {
            for (int o = 0; o < Mean.Columns; o++) Mean[i, o] += split.TargetMeans[o];
        }
    }

    /// <summary>How many points were trained on and predicted.</summary>
    public string What { get; }

    /// <summary>Tests × outputs; regression in the target's own unit.</summary>
    public KernelMatrix<double> Mean { get; }

    /// <summary>
    /// Variance of each test point, the same for all outputs, in the target's own unit (the prior of order one is scaled by the
    /// population's standard deviation); null where it was not computed.
    /// </summary>
    public double[]? Variance { get; }

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
    public static Prediction FromKernels(ParsedArguments arguments, Ridge ridge)
    {
        ILinearAlgebra algebra = SharedOptions.Algebra(arguments);
        using KernelMatrix<double> kernel = Read(arguments.Text("--kernel")!);
        using KernelMatrix<double> y = Read(arguments.Required("--y", "the targets that belong to --kernel"));
        if (arguments.Text("--test-kernel") is not { } testPath)
        {
            using var all = RidgeFit.Fit(kernel, y, ridge, new SolverOptions { Algebra = algebra });
            KernelMatrix<double> left = all.LeaveOneOut();
            double error = MeanSquare(left), power = MeanSquare(y);
            for (nint i = 0; i < left.Rows; i++)
            {
                for (nint o = 0; o < left.Columns; o++) left[i, o] = y[i, o] - left[i, o];
            }

            return new Prediction($"{kernel.Rows} training points, each predicted from the others (leave-one-out)", left, null, all.Report)
            {
                Measured = [("leave-one-out nMSE", NumberText.Significant(error / power, 6))],
            };
        }

        using KernelMatrix<double> testKernel = Read(testPath);
        string what = $"{kernel.Rows} training points, {testKernel.Rows} predicted";
        if (arguments.Text("--test-test") is not { } amongPath)
        {
            using var fit = RidgeFit.Fit(kernel, y, ridge, new SolverOptions { Algebra = algebra });
            return new Prediction(what, fit.Predict(testKernel), null, fit.Report);
        }

        using KernelMatrix<double> among = Read(amongPath);
        using var process = GaussianProcess.Fit(kernel, y, ridge, new SolverOptions { Algebra = algebra });
        Posterior posterior = process.Predict(testKernel, among);
        var prediction = new Prediction(what, posterior.Mean, Variances(posterior, 1), process.Fitted.Report);
        posterior.Covariance.Dispose();
        return prediction;
    }

    /// <inheritdoc/>
    public void Dispose() => Mean.Dispose();

    private ValueList<(string, string)> Measure(TrainTest split, KernelMatrix<double> targets)
    {
        double error = 0;
        for (nint i = 0; i < Mean.Rows; i++)
        {
            for (nint o = 0; o < Mean.Columns; o++) error += Math.Pow(Mean[i, o] - targets[i, o], 2) / Mean.Rows;
        }

        List<(string, string)> measured = [("nMSE", NumberText.Significant(error / MeanSquare(targets), 4))];
        if (ClassNames.Count > 0) measured.Add(("right", NumberText.Percent(ClassDecision.Accuracy(Mean, split.TestClasses), 2)));
        else measured.Add(("RMSE", NumberText.Significant(Math.Sqrt(error), 4)));
        return [.. measured];
    }

    private static double[] Variances(Posterior posterior, double unit) =>
        [.. Enumerable.Range(0, (int)posterior.Mean.Rows).Select(i => posterior.Variance(i) * unit * unit)];

    private static double MeanSquare(KernelMatrix<double> values)
    {
        double sum = 0;
        for (nint i = 0; i < values.Rows; i++)
        {
            foreach (double value in values.View.Row(i)) sum += value * value;
        }

        return sum / values.Rows;
    }

    private static KernelMatrix<double> Read(string path) => NpyFile.Open(path).ToMatrix<double>();
}
