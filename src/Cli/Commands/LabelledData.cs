using System.Globalization;
using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Presentation;

namespace InfiniteNtk.Cli.Commands;

/// <summary>The labelled points of a command, preprocessed, with a separate test set where one was asked for.</summary>
internal sealed class LabelledData : IDisposable
{
    private readonly Dataset _population;
    private readonly TestPoints? _test;

    private LabelledData(Dataset population, TestPoints? test, Preprocessing preprocessing, ILinearAlgebra algebra)
    {
        _population = population;
        _test = test;
        FittedPreprocessing fitted = preprocessing.Fit(population.Samples, algebra);
        Preprocessing = fitted.Description;
        Inputs = fitted.Apply(population.Samples);
        TestInputs = test is null ? null : fitted.Apply(test.Samples);
    }

    /// <summary>The population's inputs, preprocessed.</summary>
    public Samples Inputs { get; }

    /// <summary>The population's targets.</summary>
    public Targets Targets => _population.Targets;

    /// <summary>The test set's inputs, by the population's preprocessing; null without one.</summary>
    public Samples? TestInputs { get; }

    /// <summary>The test set's targets; null without a test set, or where it has none.</summary>
    public Targets? TestTargets => _test?.Targets;

    /// <summary>The file's name.</summary>
    public string Name => Path.GetFileName(_population.Source);

    /// <summary>The test file's name; null without one.</summary>
    public string? TestName => _test is null ? null : $"{Path.GetFileName(_test.Source)} ({NumberText.Count((int)_test.Samples.Count, "point")})";

    /// <summary>What was done to the inputs, with its numbers.</summary>
    public string Preprocessing { get; }

    /// <summary>How the target was read.</summary>
    public string TargetDescription => _population.TargetDescription;

    /// <summary>Points, their shape, the target.</summary>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"{_population.Count} points, {_population.Samples.Shape}, {_population.TargetDescription}");

    /// <summary>Reads the files that the arguments name and preprocesses their inputs.</summary>
    /// <param name="path">The population's file.</param>
    /// <param name="arguments">How to read it, and the test file.</param>
    /// <param name="networks">Who is to take them.</param>
    /// <param name="algebra">Who computes what preprocessing needs.</param>
    /// <param name="needsTestTargets">Whether a test file without targets is refused.</param>
    /// <param name="part">Chooses a part of what was read, which is the population then; null: all of it.</param>
    public static LabelledData Read(
        string path, ParsedArguments arguments, IReadOnlyCollection<Network> networks, ILinearAlgebra algebra, bool needsTestTargets = true, Func<Dataset, Dataset>? part = null)
    {
        // As they are read, preprocessed, and divided into those to learn from and those to predict.
        DatasetOptions options = DataOptions.Of(arguments, networks) with { Copies = 3 };
        Dataset all = DatasetReader.Read(path, options), population = all;
        TestPoints? test = null;
        try
        {
            if (part is not null) population = part(all);
            if (!ReferenceEquals(population, all)) all.Dispose();
            Preprocessing preprocessing = arguments.Text("--preprocess") is { } text
                ? InfiniteNtk.Preprocessing.Parse(text)
                : InfiniteNtk.Preprocessing.For(population.Samples.Shape);
            if (arguments.Text("--test") is { } testPath) test = TestPoints.Read(testPath, population, options with { TargetPath = null }, needsTestTargets);
            return new LabelledData(population, test, preprocessing, algebra);
        }
        catch
        {
            population.Dispose();
            test?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs.Dispose();
        TestInputs?.Dispose();
        _population.Dispose();
        _test?.Dispose();
    }
}
