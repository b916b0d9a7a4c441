namespace InfiniteNtk.Cli.Commands;

/// <summary>Which points are trained on and which are predicted.</summary>
internal sealed class TrainTest : IDisposable
{
    private TrainTest(Samples trainInputs, Targets trainTargets, Samples testInputs, KernelMatrix<double>? testTargets)
    {
        TrainInputs = trainInputs;
        TrainTargets = trainTargets;
        TestInputs = testInputs;
        TestTargets = testTargets;
    }

    public Samples TrainInputs { get; }

    /// <summary>Centred by the training points alone.</summary>
    public Targets TrainTargets { get; }

    public Samples TestInputs { get; }

    /// <summary>In their own units, nothing subtracted; null where the test file has no targets.</summary>
    public KernelMatrix<double>? TestTargets { get; }

    /// <summary>The row of each test point in its file.</summary>
    public required int[] TestRows { get; init; }

    /// <summary>The class of each test point; empty for regression and without targets.</summary>
    public required int[] TestClasses { get; init; }

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
        new Samples(Rows(data.Inputs.Rows, trainRows), data.Inputs.Shape), Chosen(data.Targets, trainRows),
        new Samples(Rows(testFrom.Rows, testRows), testFrom.Shape), testTargets is null ? null : InOwnUnits(testTargets, testRows))
    {
        TestRows = testRows,
        TestClasses = testTargets is null || testTargets.Classes.Count == 0 ? [] : [.. testRows.Select(row => testTargets.Classes[row])],
    };

    private static Targets Chosen(Targets targets, int[] rows) => targets.Task == TaskKind.Classification
        ? Targets.FromClasses(
            [.. rows.Select(row => targets.Classes[row])], targets.ClassNames, targets.Means.Count > 0 ? ClassCentre.Frequencies : ClassCentre.Uniform)
        : Targets.Centred(InOwnUnits(targets, rows));

    private static KernelMatrix<double> InOwnUnits(Targets targets, int[] rows)
    {
        KernelMatrix<double> values = Rows(targets.Values, rows);
        ValueList<double> offsets = targets.Units.Offsets;
        for (nint i = 0; i < values.Rows; i++)
        {
            for (int o = 0; o < values.Columns; o++) values[i, o] += offsets[o];
        }

        return values;
    }

    private static KernelMatrix<double> Rows(KernelMatrix<double> from, int[] rows)
    {
        var chosen = new KernelMatrix<double>(rows.Length, from.Columns);
        for (int i = 0; i < rows.Length; i++) from.View.Row(rows[i]).CopyTo(chosen.View.Row(i));
        return chosen;
    }
}
