using InfiniteNtk.Cli.Presentation;

namespace InfiniteNtk.Cli.Tests;

/// <summary>A made-up comparison with the shape of a real one: presentation is tested without computing anything.</summary>
internal static class SampleComparison
{
    private static readonly int[] s_sizes = [50, 100, 200, 500, 1000];

    private static readonly string[] s_networks =
    [
        "Flatten >> Dense(weightStd: 1.4142135623730951, biasStd: 0.1) >> Relu >> Dense(weightStd: 1.4142135623730951, biasStd: 0.1) >> Relu >> Dense(weightStd: 1.4142135623730951, biasStd: 0.1) >> Relu >> Dense()",
        "Flatten >> Dense(weightStd: 1.4142135623730951, biasStd: 0.1) >> Relu >> Dense()",
        "Flatten >> Dense(weightStd: 1.5, biasStd: 0.2) >> Erf >> Dense()",
        "Flatten >> Dense(weightStd: 1.5) >> Gelu >> Dense(weightStd: 1.5) >> Gelu >> Dense()",
        "Flatten >> Dense() >> Repeat(4, Identity + (LayerNorm() >> Relu >> Dense(weightStd: 1.4142135623730951))) >> Dense()",
        "Flatten >> Dense() >> Abs >> Dense()",
    ];

    public static ComparisonResult Digits()
    {
        List<ComparisonRow> rows = [];
        for (int i = 0; i < s_networks.Length; i++)
        {
            rows.Add(Row(s_networks[i], "nngp", 0.22 + 0.055 * i, 0.55 - 0.02 * i, classes: true));
            rows.Add(Row(s_networks[i], "ntk", 0.20 + 0.06 * i, 0.56 - 0.02 * i, classes: true));
        }

        rows.Add(Row("linear", "linear", 0.62, 0.2, classes: true));
        rows.Add(Row("gaussian", "gaussian", 0.4, 0.45, classes: true));
        rows.Add(Row("laplace", "laplace", 0.5, 0.4, classes: true));
        rows.Add(Row("constant", "constant", 1.001, 0.0002, classes: true));
        return Result(rows, TaskKind.Classification, 10, 0.9);
    }

    public static ComparisonResult Diabetes() => Result(
        [
            Row(s_networks[1][11..], "ntk", 0.7, 0.1, classes: false),
            Row(s_networks[1][11..], "nngp", 0.68, 0.09, classes: false),
            Row("constant", "constant", 1.01, 0.001, classes: false),
        ],
        TaskKind.Regression, 1, 5929.9);

    /// <summary>The digits, and a seventh network neither of whose kernels could be computed.</summary>
    public static ComparisonResult WithLeftOut()
    {
        const string name = "Flatten >> Dense(weightStd: 9) >> Tanh >> Dense()", reason = "the series <q = 9> does not converge";
        return Digits() with { LeftOut = [new LeftOutKernel(name, "nngp", reason), new LeftOutKernel(name, "ntk", reason)] };
    }

    public static ComparisonResult Of(params ComparisonRow[] rows) => Result([.. rows], TaskKind.Classification, 10, 0.9);

    public static ComparisonRow Row(string name, string kernel, double level, double slope, bool classes) => new()
    {
        Name = name,
        Kernel = kernel,
        Ridge = 4.0e-6,
        Points = [
            .. s_sizes.Select((n, i) =>
            {
                double measured = level * Math.Pow(n / 50.0, -slope), error = 0.011 * measured / Math.Sqrt(1 + i);
                double predicted = measured * (1 - 0.02 - 0.004 * i * (name.Length % 3));
                double? accuracy = classes ? 1 - measured / 3 : null;
                return new CurvePoint
                {
                    N = n,
                    Predicted = predicted,
                    Spectral = predicted * (1 - 0.04 * i),
                    Measured = measured,
                    StandardError = error,
                    LeaveOneOut = measured * 1.01,
                    PredictedAccuracy = accuracy + 0.003,
                    Accuracy = accuracy,
                    AccuracyStandardError = 0.002,
                    TiedWithBest = i < 2 && level < 0.25,
                };
            }),
        ],
        LogEvidencePerPoint = -0.32,
        Alignment = 0.214,
        EffectiveDimension = 321.5,
        ConditionNumber = 3.2e7,
        MillisecondsPerEntry = 2.1e-5,
        Notes = name == "constant" ? ["the kernel has rank 1"] : [],
    };

    public static ComparisonContext Context { get; } = new()
    {
        Data = "digits.npz",
        DataDescription = "1797 points, 8×8 positions with 1 channel, 10 classes",
        Preprocessing = "global: minus the mean 4.884, divided by the standard deviation 6.017 of all entries",
        Target = "10 classes, one column each: 1 − 1/10 for the own class, −1/10 else",
        Command = "intk compare samples/digits.npz --report report.html",
        Version = "0.1.0",
        Machine = ".NET 10.0.1, Linux, AVX-512, managed linear algebra",
        Precision = "float64",
        Made = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Elapsed = TimeSpan.FromSeconds(12.3),
    };

    private static ComparisonResult Result(List<ComparisonRow> rows, TaskKind task, int outputs, double power) => new()
    {
        Population = 1797,
        Task = task,
        Outputs = outputs,
        TargetPower = power,
        Ridge = "1e-06rel",
        Subsets = 20,
        Seed = 0,
        RankCorrelation = 0.987,
        Rows = rows.OrderBy(row => row.Points[^1].Measured).Select((row, i) => row with { PredictedRank = double.IsFinite(row.Points[^1].Predicted) ? i + 1 : null, MeasuredRank = i + 1 }).ToValueList(),
        LeftOut = [],
    };
}
