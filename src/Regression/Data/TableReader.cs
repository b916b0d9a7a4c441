using System.Globalization;
using InfiniteNtk.Kernels.Storage;

namespace InfiniteNtk.Regression.Data;

/// <summary>Features and target of a table.</summary>
internal static class TableReader
{
    private const string UsualTarget = "target";

    public static (Samples Samples, RawTargets Targets, ValueList<string> Features) Read(string path, DatasetOptions options, Dataset? population)
    {
        CsvTable table = CsvFile.Read(path);
        CsvColumn target = Target(table, options.TargetName ?? population?.TargetName);
        CsvColumn[] features = [.. table.Columns.Where(column => column != target)];
        if (population is { FeatureNames.Count: > 0 }) features = Match(table, features, population);
        if (features.Length == 0)
        {
            throw new InvalidFileException(
                $"Cannot read {table.Source}", "its only column is the target", "at least one feature is required", "Add the features' columns");
        }

        RequireFinite(table, [target]);
        Samples samples = Features(table, features);
        var raw = new RawTargets(target.Name, table.Source, target.Texts, target.Numbers is { } numbers ? [numbers] : []);
        return (samples, raw, [.. features.Select(column => column.Name)]);
    }

    public static Samples ReadSamples(string path)
    {
        CsvTable table = CsvFile.Read(path);
        return Features(table, [.. table.Columns]);
    }

    /// <summary>Whether a table has the population's target among its columns.</summary>
    public static bool HasTargets(string path, DatasetOptions options, Dataset population) =>
        CsvFile.Read(path).Find(options.TargetName ?? population.TargetName) is not null;

    /// <summary>The population's features, by name and in its order.</summary>
    public static Samples ReadFeatures(string path, Dataset population)
    {
        CsvTable table = CsvFile.Read(path);
        return Features(table, population.FeatureNames.Count == 0 ? [.. table.Columns] : Match(table, [.. table.Columns], population));
    }

    private static Samples Features(CsvTable table, CsvColumn[] features)
    {
        foreach (CsvColumn column in features) RequireNumbers(table, column);
        RequireFinite(table, features);
        var rows = new KernelMatrix<double>(table.Count, features.Length);
        for (int i = 0; i < table.Count; i++)
        {
            for (int c = 0; c < features.Length; c++) rows[i, c] = features[c].Numbers![i];
        }

        return new Samples(rows, SampleShape.Features(features.Length));
    }

    private static CsvColumn Target(CsvTable table, string? name)
    {
        if (name is null) return table.Find(UsualTarget) ?? table.Columns[^1];
        return table.Find(name) ?? throw new InvalidFileException(
            $"Cannot read {table.Source}", $"it has no column '{name}' for the target", $"it has {Names(table.Columns)}", "Name one of these: --target NAME");
    }

    private static CsvColumn[] Match(CsvTable table, CsvColumn[] features, Dataset population)
    {
        Dictionary<string, CsvColumn> given = features.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var known = population.FeatureNames.ToHashSet(StringComparer.Ordinal);
        string? missing = population.FeatureNames.FirstOrDefault(name => !given.ContainsKey(name));
        CsvColumn? extra = features.FirstOrDefault(column => !known.Contains(column.Name));
        if (missing is null && extra is null) return [.. population.FeatureNames.Select(name => given[name])];
        throw new ShapeMismatchException(
            $"Cannot test on {table.Source}", missing is not null ? $"it has no column '{missing}'" : $"it has a column '{extra!.Name}' more",
            $"the {population.FeatureNames.Count} features of '{population.Source}' are required", "Pass a test file with the same columns");
    }

    private static void RequireNumbers(CsvTable table, CsvColumn column)
    {
        if (column.Texts is not { } texts) return;
        int row = Enumerable.Range(0, texts.Count).First(
            i => texts[i].Length > 0 && !double.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        throw new InvalidFileException(
            $"Cannot use {table.Source}", $"line {table.Lines[row]}, column '{column.Name}' is '{texts[row]}'",
            "features must be numbers with a decimal point",
            "Encode or drop that column (pandas.get_dummies makes numbers of categories), or name it as the target: --target NAME");
    }

    private static void RequireFinite(CsvTable table, CsvColumn[] columns)
    {
        for (int i = 0; i < table.Count; i++)
        {
            foreach (CsvColumn column in columns)
            {
                bool missing = column.IsMissing(i);
                if (!missing && (column.Numbers is null || double.IsFinite(column.Numbers[i]))) continue;
                throw new NonFiniteInputException(
                    $"Cannot use {table.Source}", $"line {table.Lines[i]}, column '{column.Name}' is {(missing ? "missing" : "infinite")}",
                    "every value must be there and finite", "Fill in or remove that row, or drop the column");
            }
        }
    }

    private static string Names(ValueList<CsvColumn> columns) =>
        string.Join(", ", columns.Take(30).Select(column => column.Name)) + (columns.Count > 30 ? ", …" : "");
}
