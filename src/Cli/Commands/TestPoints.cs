using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Regression.Data;

namespace InfiniteNtk.Cli.Commands;

/// <summary>The points of a test file; their targets are null where the file has none.</summary>
internal sealed record TestPoints(Samples Samples, Targets? Targets, string Source) : IDisposable
{
    /// <summary>Reads a test file in the terms of the population.</summary>
    public static TestPoints Read(string path, Dataset population, DatasetOptions options, bool needsTargets)
    {
        if (needsTargets || HasTargets(path, population, options))
        {
            Dataset labelled = DatasetReader.ReadTest(path, population, options);
            return new TestPoints(labelled.Samples, labelled.Targets, path);
        }

        Samples samples = IsTable(path) ? Ordered(path, population) : DatasetReader.ReadSamples(path, options.Layout);
        if (samples.Shape == population.Samples.Shape && samples.Count > 0) return new TestPoints(samples, null, path);
        (nint count, SampleShape shape) = (samples.Count, samples.Shape);
        samples.Dispose();
        throw new ShapeMismatchException(
            $"Cannot predict '{path}'", $"it has {count} samples of {shape}", $"those of '{population.Source}' have {population.Samples.Shape}",
            "Pass a test file of the same kind with at least one sample");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Samples.Dispose();
        Targets?.Dispose();
    }

    private static bool IsTable(string path) => Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".tsv" or ".txt";

    private static bool HasTargets(string path, Dataset population, DatasetOptions options)
    {
        if (IsTable(path)) return CsvFile.Read(path).Find(options.TargetName ?? population.TargetName) is not null;
        if (path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
        {
            return NpzFile.Open(path).Names.Contains(options.TargetName ?? "y", StringComparer.OrdinalIgnoreCase);
        }

        // A pair as the reader finds it: x... with y..., ...images... with ...labels...
        string name = Path.GetFileName(path), folder = Path.GetDirectoryName(path) ?? "";
        return name.Contains("images", StringComparison.Ordinal)
            ? File.Exists(Path.Combine(folder, name.Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal)))
            : name.StartsWith("x", StringComparison.OrdinalIgnoreCase) && File.Exists(Path.Combine(folder, $"y{name[1..]}"));
    }

    /// <summary>The columns of a table in the population's order, matched by name.</summary>
    private static Samples Ordered(string path, Dataset population)
    {
        string[] names = [.. CsvFile.Read(path).Columns.Select(column => column.Name)];
        int[] columns = [.. population.FeatureNames.Select(name => Array.IndexOf(names, name))];
        if (columns.Contains(-1) || names.Length != columns.Length)
        {
            throw new ShapeMismatchException(
                $"Cannot predict '{path}'", $"its columns are {string.Join(", ", names)}",
                $"the features of '{population.Source}' are required ({string.Join(", ", population.FeatureNames)}), with or without the target '{population.TargetName}'",
                "Pass a test file with the same columns");
        }

        using Samples read = DatasetReader.ReadSamples(path);
        var rows = new KernelMatrix<double>(read.Count, columns.Length);
        for (nint i = 0; i < read.Count; i++)
        {
            for (int c = 0; c < columns.Length; c++) rows[i, c] = read.Rows[i, columns[c]];
        }

        return new Samples(rows, read.Shape);
    }
}
