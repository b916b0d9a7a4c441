namespace InfiniteNtk.Cli.Commands;

/// <summary>The points of a test file; their targets are null where the file has none.</summary>
internal sealed record TestPoints(Samples Samples, Targets? Targets, string Source) : IDisposable
{
    /// <summary>Reads a test file in the terms of the population.</summary>
    public static TestPoints Read(string path, Dataset population, DatasetOptions options, bool needsTargets)
    {
        if (!needsTargets && !DatasetReader.HasTargets(path, population, options))
        {
            return new TestPoints(DatasetReader.ReadTestSamples(path, population, options.Layout), null, path);
        }

        Dataset labelled = DatasetReader.ReadTest(path, population, options);
        return new TestPoints(labelled.Samples, labelled.Targets, path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Samples.Dispose();
        Targets?.Dispose();
    }
}
