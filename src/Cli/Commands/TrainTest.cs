using InfiniteNtk.Kernels;
using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Regression.Data;

namespace InfiniteNtk.Cli.Commands;

/// <summary>Which points are trained on and which are predicted.</summary>
internal sealed class TrainTest : IDisposable
{
    private TrainTest(Samples trainInputs, KernelMatrix<double> trainTargets, Samples testInputs, KernelMatrix<double>? testTargets)
    {
        TrainInputs = trainInputs;
        TrainTargets = trainTargets;
        TestInputs = testInputs;
        TestTargets = testTargets;
    }

    public Samples TrainInputs { get; }

    public KernelMatrix<double> TrainTargets { get; }

    public Samples TestInputs { get; }

    /// <summary>Null where the test file has no targets.</summary>
    public KernelMatrix<double>? TestTargets { get; }

    /// <summary>The row of each test point in its file.</summary>
    public required int[] TestRows { get; init; }

    /// <summary>The class of each test point; empty for regression and without targets.</summary>
    public required int[] TestClasses { get; init; }

    /// <summary>Names of the classes; empty for regression.</summary>
    public required ValueList<string> ClassNames { get; init; }

    /// <summary>What one unit of the prior is in the target's own unit; 1 for classes.</summary>
    public required double TargetUnit { get; init; }

    /// <summary>What to add to each output of a prediction to be in the target's own unit; unused for classes.</summary>
    public required ValueList<double> TargetMeans { get; init; }

    /// <summary>All of the population against the test file; or <paramref name="train"/> random points against the others.</summary>
    public static TrainTest Of(LabelledData data, int? train, int seed)
    {
        int population = (int)data.Inputs.Count;
        int[] order = [.. Enumerable.Range(0, population)];
        if (train is not { } count)
        {
            int[] all = [.. Enumerable.Range(0, (int)data.TestInputs!.Count)];
            return Make(data, order, data.TestInputs, data.TestTargets, all);
        }

        if (count >= population)
        {
            throw new InvalidArgumentException(
                "Cannot choose the training points", $"--train is {count}", $"the file has {population} points and one at least must be left to predict", "Train on fewer points");
        }

        new Random(seed).Shuffle(order);
        return Make(data, [.. order[..count].Order()], data.Inputs, data.Targets, [.. order[count..].Order()]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        TrainInputs.Dispose();
        TrainTargets.Dispose();
        TestInputs.Dispose();
        TestTargets?.Dispose();
    }

    private static TrainTest Make(LabelledData data, int[] trainRows, Samples testFrom, Targets? testTargets, int[] testRows) => new(
        new Samples(Rows(data.Inputs.Rows, trainRows), data.Inputs.Shape), Rows(data.Targets.Values, trainRows),
        new Samples(Rows(testFrom.Rows, testRows), testFrom.Shape), testTargets is null ? null : Rows(testTargets.Values, testRows))
    {
        TestRows = testRows,
        TestClasses = testTargets is null || testTargets.Classes.Count == 0 ? [] : [.. testRows.Select(row => testTargets.Classes[row])],
        ClassNames = data.Targets.ClassNames,
        TargetUnit = data.Targets.Unit,
        TargetMeans = data.Targets.Means,
    };

    private static KernelMatrix<double> Rows(KernelMatrix<double> from, int[] rows)
    {
        var chosen = new KernelMatrix<double>(rows.Length, from.Columns);
        for (int i = 0; i < rows.Length; i++) from.View.Row(rows[i]).CopyTo(chosen.View.Row(i));
        return chosen;
    }
}
