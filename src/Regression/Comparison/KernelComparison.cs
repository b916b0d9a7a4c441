using System.Globalization;
using InfiniteNtk.Regression.Comparison;
using InfiniteNtk.Regression.LearningCurves;
using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk;

/// <summary>
/// Compares kernels on one labelled population, one kernel at a time: predicted without training, measured on the same random training
/// sets for all, so that differences are paired.
/// </summary>
/// <remarks>
/// Only numbers are kept of a kernel, so the caller may dispose of it before computing the next. Cost per kernel of M x M, in M^3
/// multiply-adds: 2/3 to tridiagonalise, 1/2 for each Cholesky inverse, of which there are up to six per size.
/// A kernel that fails is left out with its reason; the others stand.
/// </remarks>
public sealed class KernelComparison
{
    /// <summary>
    /// Fewer points are refused: targets (and, before, inputs) are centred over all of them, so that the mean gives 1/M of each unseen target away:
    /// two points would be "predicted" without error from each other.
    /// </summary>
    public const int FewestPoints = 10;

    private const int FewestSubsets = 20;

    private readonly Targets _targets;
    private readonly Targets? _testTargets;
    private readonly ComparisonOptions _options;
    private readonly ILinearAlgebra _algebra;
    private readonly double _power;
    private readonly double _testPower;
    private readonly List<Entry> _entries = [];
    private readonly List<LeftOutKernel> _leftOut = [];

    /// <summary>A comparison without rows yet.</summary>
    /// <param name="targets">The population's targets.</param>
    /// <param name="options">Sizes, ridge, subsets, seed.</param>
    /// <param name="algebra">The backend; null: the default one.</param>
    /// <param name="testTargets">Targets of a separate test set.</param>
    /// <exception cref="InvalidArgumentException">
    /// Fewer than <see cref="FewestPoints"/> points, constant targets, a size outside 1 ... M - 1, fewer than 20 subsets, a ridge that is negative or not finite.
    /// </exception>
    public KernelComparison(
        Targets targets, ComparisonOptions? options = null, ILinearAlgebra? algebra = null, Targets? testTargets = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        _targets = targets;
        _testTargets = testTargets;
        _options = options ?? new ComparisonOptions();
        _algebra = new WatchedLinearAlgebra(algebra ?? LinearAlgebraBackends.Default, _options.Cancellation);
        int population = checked((int)targets.Count);
        Sizes = _options.Sizes ?? ComparisonOptions.DefaultSizes(population);
        _power = MeanPower(targets);
        _testPower = testTargets is null ? 1 : MeanPower(testTargets);
        Verify(population);
        Sizes = [.. Sizes.Distinct().Order()];
    }

    /// <summary>The training-set sizes, ascending.</summary>
    public ValueList<int> Sizes { get; }

    /// <summary>Predicts and measures one kernel.</summary>
    /// <param name="name">The network's text, or the baseline's name.</param>
    /// <param name="kernel">"nngp", "ntk", or the baseline's kernel.</param>
    /// <param name="values">The kernel of the population with itself; read only, not kept.</param>
    /// <param name="testKernel">Test points (rows) with the population (columns); needed exactly where there are test targets.</param>
    /// <param name="millisecondsPerEntry">What an entry took to compute; shown only.</param>
    /// <param name="notes">What a reader of this row must know of the kernel.</param>
    /// <returns>
    /// The row as it stands (ties and ranks are in <see cref="Result"/>); null where the kernel's numbers allow no comparison (not finite, all zero,
    /// no subset solvable) and it was left out.
    /// </returns>
    /// <exception cref="ShapeMismatchException">The kernel or the test kernel is not of these points.</exception>
    /// <exception cref="InvalidArgumentException">The kernel is not symmetric, or a test kernel is given without test targets or the reverse.</exception>
    /// <exception cref="MemoryBudgetException">The memory does not suffice.</exception>
    public ComparisonRow? Add(
        string name, string kernel, KernelMatrix<double> values, KernelMatrix<double>? testKernel = null, double millisecondsPerEntry = double.NaN,
        ValueList<string>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (testKernel is null != _testTargets is null)
        {
            throw new InvalidArgumentException(
                "Cannot compare on a test set", testKernel is null ? "no test kernel was given" : "no test targets were given",
                "a test set has both", "Pass the test kernel to each Add and the test targets to the comparison");
        }

        TestSet? test = testKernel is null ? null : new TestSet(testKernel, _testTargets!);
        try
        {
            Entry entry = Evaluate(values, test);
            _options.Cancellation.ThrowIfCancellationRequested();
            entry = entry with { Row = entry.Row with { Name = name, Kernel = kernel, MillisecondsPerEntry = millisecondsPerEntry, Notes = [.. notes ?? [], .. entry.Row.Notes] } };
            _entries.Add(entry);
            return entry.Row;
        }
        catch (InfiniteNtkException failure) when (failure is NumericalFailureException or NonFiniteInputException)
        {
            LeaveOut(name, kernel, failure.Message);
            return null;
        }
    }

    /// <summary>Records a kernel that could not be computed, so that the result tells of it.</summary>
    /// <param name="name">The network's text, or the baseline's name.</param>
    /// <param name="kernel">"nngp", "ntk", or the baseline's kernel.</param>
    /// <param name="reason">What went wrong, in one line.</param>
    public void LeaveOut(string name, string kernel, string reason)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _leftOut.Add(new LeftOutKernel(name, kernel, reason));
    }

    /// <summary>The rows so far, sorted by measured error at the largest size, and what was left out.</summary>
    public ComparisonResult Result()
    {
        Entry[] sorted = [.. _entries.OrderBy(entry => entry.Row.Points[^1].Measured)];
        double[] predicted = [.. sorted.Select(entry => entry.Row.Points[^1].Predicted)];
        double[] measured = [.. sorted.Select(entry => entry.Row.Points[^1].Measured)];
        int[] ranked = [.. Enumerable.Range(0, sorted.Length).Where(i => double.IsFinite(predicted[i]))];
        double[] predictedOfRanked = [.. ranked.Select(i => predicted[i])], measuredOfRanked = [.. ranked.Select(i => measured[i])];
        double[] predictedRanks = RankCorrelation.Ranks(predictedOfRanked), measuredRanks = RankCorrelation.Ranks(measuredOfRanked);
        var rows = new ComparisonRow[sorted.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            int rank = Array.IndexOf(ranked, i);
            rows[i] = sorted[i].Row with
            {
                Points = [.. sorted[i].Row.Points.Select((point, size) => point with { TiedWithBest = TiedWithBest(sorted, i, size) })],
                PredictedRank = rank < 0 ? null : predictedRanks[rank],
                MeasuredRank = rank < 0 ? null : measuredRanks[rank],
            };
        }

        return new ComparisonResult
        {
            Population = (int)_targets.Count,
            Task = _targets.Task,
            Outputs = (int)_targets.Values.Columns,
            TargetPower = _power,
            Ridge = _options.Ridge.ToString(),
            Subsets = _options.Subsets,
            Seed = _options.Seed,
            RankCorrelation = RankCorrelation.Spearman(predictedOfRanked, measuredOfRanked),
            Rows = [.. rows],
            LeftOut = [.. _leftOut],
            ZeroPredictor = _targets.ZeroPredictor,
        };
    }

    private Entry Evaluate(KernelMatrix<double> kernel, TestSet? test)
    {
        List<string> notes = [];
        double count = _targets.Count, outputs = _targets.Values.Columns, spectral = 4.0 / 3 * count * count * count;
        double predicting = PointResolvedCurve.Cost(count), total = spectral + Sizes.Count * predicting + Sizes.Sum(n => MeasuredCurve.Cost(count, outputs, n, _options.Subsets));
        var work = new CurveWork(_options.Progress, total);
        work.Begin("eigenvalues");
        RequireScale(kernel);
        SymmetricKernel facts = SymmetricKernel.Verify(kernel, _targets.Count);
        var safe = SafeRidge.For(kernel, facts, _options.Ridge.For(facts.MeanDiagonal), _algebra);
        if (safe.Note is not null) notes.Add(safe.Note);
        double ridge = safe.Ridge;
        var spectrum = EmpiricalSpectrum.Of(kernel, _targets, _algebra);
        work.Finish("eigenvalues", spectral);
        if (!spectrum.IsPositiveSemidefinite)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"not positive semidefinite: smallest eigenvalue {spectrum.Eigenvalues[^1]:G3}"));
        }

        (PointResolvedPrediction?[] predictions, int copied, int distinct) = Predict(kernel, ridge, spectrum.Spectrum, test, notes, work);
        var finite = new FinitePopulation(spectrum.Spectrum, ridge);
        var points = new CurvePoint[Sizes.Count];
        double[][] errors = new double[Sizes.Count][];
        for (int i = 0; i < points.Length; i++)
        {
            double cost = MeasuredCurve.Cost(count, outputs, Sizes[i], _options.Subsets);
            var measured = new MeasuredCurve(kernel, _targets, ridge, _algebra, new MeasuredCurveOptions { Progress = work.Part(cost), Cancellation = _options.Cancellation });
            MeasuredPoint measurement = measured.At(Sizes[i], _options.Subsets, _options.Seed, test);
            work.Finish($"measured n = {Sizes[i]}", cost);
            RequireFinite(measurement);
            errors[i] = measurement.Unseen.PerSubset.ToArray();
            points[i] = Point(measurement, predictions[i], finite.At(Sizes[i]).Unseen);
        }

        notes.AddRange(ComparisonNotes.Of(points, copied, distinct, (int)_targets.Count));
        var row = new ComparisonRow
        {
            Name = "",
            Kernel = "",
            Ridge = ridge,
            Points = [.. points],
            LogEvidencePerPoint = spectrum.LogEvidencePerPoint(ridge, _targets.Unit),
            Alignment = spectrum.Alignment,
            EffectiveDimension = spectrum.EffectiveDimension(ridge),
            ConditionNumber = spectrum.ConditionNumber(ridge),
            MillisecondsPerEntry = double.NaN,
            Notes = [.. notes],
            Copied = copied,
        };
        return new Entry(row, errors);
    }

    /// <summary>A network can make a kernel that is zero, or too large to add up: its numbers are at fault and not the caller.</summary>
    private static void RequireScale(KernelMatrix<double> kernel)
    {
        double trace = 0;
        for (nint i = 0; i < Math.Min(kernel.Rows, kernel.Columns); i++) trace += kernel[i, i];
        if (double.IsNaN(trace) || (trace > 0 && double.IsFinite(trace))) return;
        throw new NumericalFailureException(
            "Cannot use this kernel matrix", string.Create(CultureInfo.InvariantCulture, $"its trace is {trace}"), "it must be positive and finite",
            trace == 0 ? "Check that the inputs are not all constant, or give the network a bias" : "Check the network's weights: variances overflow with depth");
    }

    private static void RequireFinite(MeasuredPoint measured)
    {
        if (double.IsFinite(measured.Unseen.Mean)) return;
        throw new NumericalFailureException(
            "Cannot measure a kernel", string.Create(CultureInfo.InvariantCulture, $"its error at n = {measured.N} is {measured.Unseen.Mean}"), "it must be finite",
            "Raise the ridge, or scale the kernel to order 1");
    }

    /// <summary>One prediction a size; null with a note where there is none. Measuring goes on.</summary>
    private (PointResolvedPrediction?[] Predictions, int Copied, int Distinct) Predict(
        KernelMatrix<double> kernel, double ridge, Spectrum spectrum, TestSet? test, List<string> notes, CurveWork work)
    {
        double cost = PointResolvedCurve.Cost(_targets.Count);
        var options = new PointResolvedOptions { Spectrum = spectrum, Progress = work.Part(cost), Cancellation = _options.Cancellation };
        using var curve = new PointResolvedCurve(kernel, _targets, ridge, _algebra, options);
        var predictions = new PointResolvedPrediction?[Sizes.Count];
        List<(int N, string Reason)> failures = [];
        for (int i = 0; i < predictions.Length; i++)
        {
            try
            {
                predictions[i] = curve.At(Sizes[i], test);
                notes.AddRange(predictions[i]!.Warnings.Select(warning => $"n = {Sizes[i]}: {warning}"));
            }
            catch (NumericalFailureException failure)
            {
                failures.Add((Sizes[i], failure.Message));
            }

            work.Finish($"predicted n = {Sizes[i]}", cost);
        }

        foreach (IGrouping<string, (int N, string Reason)> failure in failures.GroupBy(failure => failure.Reason))
        {
            string at = failure.Count() == predictions.Length ? "" : $"n = {string.Join(", ", failure.Select(item => item.N))}: ";
            notes.Add(at + failure.Key);
        }

        return (predictions, curve.Copied, curve.Distinct);
    }

    private CurvePoint Point(MeasuredPoint measured, PointResolvedPrediction? predicted, double spectral) => new()
    {
        N = measured.N,
        Predicted = (predicted?.Unseen.Mean ?? double.NaN) / _power,
        Spectral = spectral / _power,
        Measured = measured.Unseen.Mean / _power,
        StandardError = measured.Unseen.StandardError / _power,
        LeaveOneOut = measured.LeaveOneOut.Mean / _power,
        PredictedAccuracy = predicted?.Unseen.Accuracy,
        Accuracy = measured.Accuracy?.Mean,
        AccuracyStandardError = measured.Accuracy?.StandardError,
        TiedWithBest = false,
        Median = measured.Unseen.Median / _power,
        TypicalError = HeavyTails.StandardError(HeavyTails.Logs(measured.Unseen.PerSubset)),
        Test = measured.Test is not { } test ? null : new TestPoint(
            (predicted?.Test!.Mean ?? double.NaN) / _testPower, test.Mean / _testPower, test.StandardError / _testPower,
            predicted?.Test!.Accuracy, measured.TestAccuracy?.Mean),
    };

    /// <summary>By <see cref="TieRule"/>; the best ties with itself.</summary>
    private static bool TiedWithBest(Entry[] entries, int row, int size) =>
        TieRule.Ties(entries[row].Errors[size], entries.MinBy(entry => entry.Row.Points[size].Measured)!.Errors[size]);

    private void Verify(int population)
    {
        if (population < FewestPoints)
        {
            throw Invalid(
                $"there are {population} labelled points", $"at least {FewestPoints} are needed: targets are centred over all points, and of fewer that tells the missing one",
                "Pass more points");
        }

        // A constant less its rounded mean is not quite 0.
        if (!(_power > 1e-28 * _targets.Means.Sum(mean => mean * mean)) || !double.IsFinite(_power)) throw Invalid($"the mean squared target is {_power}", "targets must be finite and differ from one another", "Check the target column");
        if (!(_testPower > 0)) throw Invalid("all test targets are 0", "they must differ from one another", "Check the test set");
        if (_options.Subsets < FewestSubsets) throw Invalid($"{_options.Subsets} training sets per size were asked for", $"at least {FewestSubsets} are needed", "Ask for 20 or more");
        double strength = _options.Ridge.Strength;
        if (!(strength >= 0 && double.IsFinite(strength))) throw Invalid($"the ridge is {_options.Ridge}", "it must be finite and at least 0", "Use 1e-6rel");
        if (Sizes.Count == 0 || Sizes.Any(n => n < 1 || n >= population))
        {
            throw Invalid($"training-set sizes {Sizes} were asked for", $"each must lie between 1 and {population - 1}, so that at least one point stays unseen", "Choose smaller sizes");
        }
    }

    private static InvalidArgumentException Invalid(string received, string required, string remedy) => new("Cannot compare kernels", received, required, remedy);

    private static double MeanPower(Targets targets)
    {
        double sum = 0;
        for (nint i = 0; i < targets.Count; i++)
        {
            foreach (double y in targets.Values.View.Row(i)) sum += y * y;
        }

        return sum / targets.Count;
    }

    /// <summary>A row with its errors per size and training set.</summary>
    private sealed record Entry(ComparisonRow Row, double[][] Errors);
}
