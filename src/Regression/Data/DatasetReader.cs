using InfiniteNtk.Regression.Data;

namespace InfiniteNtk;

/// <summary>
/// Reads labelled points from a file: a table (.csv, .tsv, .txt), an archive of arrays x and y (.npz), or an array of samples with
/// its targets in a second file (.npy, or IDX as MNIST has it).
/// </summary>
/// <remarks>
/// Table: the target is the column <c>target</c>, or the one named, else the last; every other column is a feature. Pair of files:
/// the second is the one named, else found by its name (x.npy and y.npy, train-images… and train-labels…). Classes or numbers: texts,
/// at most 20 distinct integers and one-hot rows are classes, everything else is numbers, unless the options say otherwise.
/// </remarks>
public static class DatasetReader
{
    /// <summary>Reads a population.</summary>
    /// <exception cref="InvalidFileException">A file cannot be read as what its ending says, or has not the arrays or columns needed.</exception>
    /// <exception cref="NonFiniteInputException">A value is missing, NaN or infinite; the first one's row and column are named.</exception>
    /// <exception cref="ShapeMismatchException">Samples and targets differ in number, or the array is no set of samples.</exception>
    /// <exception cref="InvalidArgumentException">The target cannot be used: constant, of one class, or not of the declared task.</exception>
    /// <exception cref="MemoryBudgetException">The samples do not fit the memory that is free.</exception>
    public static Dataset Read(string path, DatasetOptions? options = null)
    {
        (Samples samples, RawTargets raw, ValueList<string> features) = Load(path, options ?? DatasetOptions.Default, null);
        return Complete(samples, () =>
        {
            (Targets targets, string description) = TargetRule.Interpret(raw, options?.Task, options?.Centre ?? ClassCentre.Uniform);
            return new Dataset(samples, targets, features, raw.Name, path, description);
        });
    }

    /// <summary>
    /// Reads separate test points in the terms of a population: the same features (columns of a table are matched by name), the
    /// same classes, targets centred by the population's means.
    /// </summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    /// <exception cref="InvalidArgumentException">A class does not occur in the population.</exception>
    public static Dataset ReadTest(string path, Dataset population, DatasetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(population);
        (Samples samples, RawTargets raw, ValueList<string> features) = Load(path, (options ?? DatasetOptions.Default) with { Suits = Like(population) }, population);
        return Complete(samples, () =>
        {
            RequireShape(path, samples, population);
            return new Dataset(samples, TargetRule.Apply(raw, population.Targets), features, raw.Name, path, population.TargetDescription);
        });
    }

    /// <summary>
    /// Whether a file of test points has targets: the column or array that the population's came from (or the options name), or the
    /// second file of a pair. Where it has none, <see cref="ReadTestSamples"/> reads it.
    /// </summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static bool HasTargets(string path, Dataset population, DatasetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(population);
        options ??= DatasetOptions.Default;
        return IsTable(path) ? TableReader.HasTargets(path, options, population) : ArrayReader.HasTargets(path, options);
    }

    /// <summary>Test points without targets in the terms of a population: columns of a table are matched by name.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static Samples ReadTestSamples(string path, Dataset population, ArrayLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(population);
        Samples samples = IsTable(path) ? TableReader.ReadFeatures(path, population) : ArrayReader.ReadSamples(path, layout, Like(population));
        return Complete(samples, () =>
        {
            RequireShape(path, samples, population);
            return samples.Count > 0 ? samples : throw NoSamples(path);
        });
    }

    /// <summary>Samples without targets: an array, the array x of an archive, or all columns of a table.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static Samples ReadSamples(string path, ArrayLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return IsTable(path) ? TableReader.ReadSamples(path) : ArrayReader.ReadSamples(path, layout);
    }

    private static Func<SampleShape, bool> Like(Dataset population) => shape => shape == population.Samples.Shape;

    private static bool IsTable(string path) => Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".tsv" or ".txt";

    private static void RequireShape(string path, Samples samples, Dataset population)
    {
        if (samples.Shape == population.Samples.Shape) return;
        throw new ShapeMismatchException(
            $"Cannot test on '{path}'", $"its samples have {samples.Shape}", $"those of '{population.Source}' have {population.Samples.Shape}",
            "Pass a test file of the same kind");
    }

    private static InvalidFileException NoSamples(string path) =>
        new($"Cannot read '{path}'", "it holds no samples", "at least one is required", "Check the file");

    private static (Samples, RawTargets, ValueList<string>) Load(string path, DatasetOptions options, Dataset? population)
    {
        ArgumentNullException.ThrowIfNull(path);
        string name = Path.GetFileName(path).ToLowerInvariant();
        (Samples samples, RawTargets raw, ValueList<string> features) = Path.GetExtension(name) switch
        {
            ".csv" or ".tsv" or ".txt" => TableReader.Read(path, options, population),
            ".npz" => ArrayReader.ReadArchive(path, options),
            ".npy" => ArrayReader.ReadPair(path, options),
            _ when ArrayReader.IsIdx(name) => ArrayReader.ReadPair(path, options),
            _ => throw new InvalidFileException(
                $"Cannot read '{path}'", $"its ending '{Path.GetExtension(path)}' is unknown",
                ".csv, .tsv, .txt, .npz, .npy, .idx, …-ubyte and .gz (IDX) are known", "Rename or convert it"),
        };
        return Complete(samples, () =>
        {
            if (samples.Count == 0) throw NoSamples(path);
            if (samples.Count != raw.Count)
            {
                throw new ShapeMismatchException(
                    $"Cannot read '{path}'", $"it has {samples.Count} samples", $"'{raw.Name}' has {raw.Count} targets", "Pass as many targets as samples");
            }

            return (samples, raw, features);
        });
    }

    /// <summary>Finishes reading; where that fails the samples are released.</summary>
    private static T Complete<T>(Samples samples, Func<T> finish)
    {
        try
        {
            return finish();
        }
        catch
        {
            samples.Dispose();
            throw;
        }
    }
}
