using InfiniteNtk.Kernels.Errors;

namespace InfiniteNtk.Regression.Data;

/// <summary>
/// Decides what targets mean. Classes: texts (names in ordinal order), at most 20 distinct integers (in numerical order), one-hot
/// rows. Numbers: everything else. A text of its own in each row is an identifier and no target. The user's word goes first.
/// </summary>
internal static class TargetRule
{
    private const int MostIntegerClasses = 20;
    private const int LongestName = 200;

    /// <summary>Fewer rows may be one example a class.</summary>
    private const int FewestIdentifiers = 5;

    /// <summary>The targets of a population, and in words how they were read.</summary>
    public static (Targets Targets, string Description) Interpret(RawTargets raw, TaskKind? task, ClassCentre centre = ClassCentre.Uniform)
    {
        string shown = ShownText.Line(raw.Name, LongestName);
        if (raw.OneHotClasses() is { } oneHot && task != TaskKind.Regression)
        {
            return (Classes(raw, oneHot, [.. Enumerable.Range(0, raw.Columns.Count).Select(c => RawTargets.NameOf(c))], centre),
                $"{raw.Columns.Count} classes ('{shown}' is one-hot){Centred(centre)}");
        }

        if (raw.Texts is not null && task == TaskKind.Regression)
        {
            throw Refuse(raw, "it holds text", "numbers are required for a regression", "Choose another target, or treat it as classes: --task classify");
        }

        if (raw.Columns.Count > 1 && task == TaskKind.Classification)
        {
            throw Refuse(raw, $"it has {raw.Columns.Count} columns that are not one-hot", "one column of classes is required", "Choose one column, or --task regress");
        }

        if (raw.Columns.Count > 1) return (Numbers(raw, null), $"{raw.Columns.Count} numbers ('{shown}' has {raw.Columns.Count} columns)");

        string[] names = raw.Texts is { } texts
            ? [.. texts.Distinct().Order(StringComparer.Ordinal)]
            : [.. raw.Columns[0].Distinct().Order().Select(RawTargets.NameOf)];
        if (raw.Texts is not null && task is null && names.Length == raw.Count && raw.Count >= FewestIdentifiers)
        {
            throw Refuse(
                raw,
                $"it is text with a value of its own for each of the {raw.Count} rows, from '{ShownText.Line(names[0], LongestName)}' to '{ShownText.Line(names[^1], LongestName)}'",
                "such a column names rows; classes recur",
                "Choose the target: --target NAME. If it is meant, say --task classify");
        }

        bool integers = raw.Texts is null && raw.Columns[0].All(double.IsInteger);
        bool few = integers && names.Length <= MostIntegerClasses;
        if (raw.Texts is not null || (task ?? (few ? TaskKind.Classification : TaskKind.Regression)) == TaskKind.Classification)
        {
            string why = raw.Texts is not null ? "is text" : task is null ? $"has {names.Length} distinct integers" : "was declared so";
            return (Classes(raw, Indices(raw, names), [.. names], centre), $"{names.Length} classes ('{shown}' {why}){Centred(centre)}");
        }

        return (Numbers(raw, null), $"a number ('{shown}' has {names.Length} distinct values{(task is null ? "" : ", declared so")})");
    }

    private static string Centred(ClassCentre centre) => centre == ClassCentre.Frequencies ? ", centred by their frequencies" : "";

    /// <summary>Test targets in the terms of a population: its classes, its means.</summary>
    public static Targets Apply(RawTargets raw, Targets population)
    {
        if (population.Task == TaskKind.Regression)
        {
            if (raw.Texts is null && raw.Columns.Count == population.Values.Columns) return Numbers(raw, population.Means);
            throw Refuse(
                raw, raw.Texts is null ? $"it has {Columns(raw.Columns.Count)} of numbers" : "it holds text",
                $"the population's target has {Columns(population.Values.Columns)} of numbers", "Pass a test file of the same kind");
        }

        ValueList<string> names = population.ClassNames;
        if (raw.OneHotClasses() is { } oneHot && raw.Columns.Count == names.Count) return Targets.FromClasses(oneHot, names, population.Means);
        if (raw.Columns.Count <= 1) return Targets.FromClasses(Indices(raw, [.. names]), names, population.Means);
        throw Refuse(
            raw, $"it has {raw.Columns.Count} columns", $"one column or {names.Count} one-hot ones are required, as in the population",
            "Pass a test file of the same kind");
    }

    private static int[] Indices(RawTargets raw, string[] names)
    {
        var index = names.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        var classes = new int[raw.Count];
        for (int i = 0; i < classes.Length; i++)
        {
            if (index.TryGetValue(raw.Label(i), out classes[i])) continue;
            throw Refuse(
                raw, $"row {i} is of class '{raw.Label(i)}'", $"the population has the classes {string.Join(", ", names.Take(30))}",
                "Remove that row, or add the class to the population");
        }

        return classes;
    }

    private static Targets Classes(RawTargets raw, int[] classes, ValueList<string> names, ClassCentre centre)
    {
        if (names.Count >= 2) return Targets.FromClasses(classes, names, centre);
        throw Refuse(raw, $"every point is of class '{names[0]}'", "at least two classes are required", "Choose another target");
    }

    private static Targets Numbers(RawTargets raw, ValueList<double>? means)
    {
        var values = new KernelMatrix<double>(raw.Count, raw.Columns.Count);
        for (int c = 0; c < raw.Columns.Count; c++)
        {
            for (int i = 0; i < raw.Count; i++) values[i, c] = raw.Columns[c][i];
        }

        bool varies = means is not null || Varies(values);
        var targets = Targets.Centred(values, means);
        if (means is not null || (varies && targets.Power > 0)) return targets;
        targets.Dispose();
        throw Refuse(raw, "every point has the same value", "a target that varies is required", "Choose another target");
    }

    /// <summary>Whether some column deviates from its mean by more than rounding.</summary>
    private static bool Varies(KernelMatrix<double> values)
    {
        (Mean[] means, double[] deviations) = FeatureMoments.Of(values.View);
        return means.Zip(deviations).Any(column => column.Second > FeatureMoments.Noise(column.First.Rounded));
    }

    private static string Columns(nint count) => count == 1 ? "1 column" : $"{count} columns";

    private static InvalidArgumentException Refuse(RawTargets raw, string received, string required, string remedy) =>
        new($"Cannot use the target '{raw.Name}' of {raw.Source}", received, required, remedy);
}
