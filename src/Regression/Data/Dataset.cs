namespace InfiniteNtk;

/// <summary>Labelled points: what a comparison is made on.</summary>
/// <param name="Samples">The inputs as the file holds them.</param>
/// <param name="Targets">What is to be predicted.</param>
/// <param name="FeatureNames">The name of each feature; empty where the file has none.</param>
/// <param name="TargetName">The name of the target column or array.</param>
/// <param name="Source">The file.</param>
/// <param name="TargetDescription">How the target was read, for reports: "10 classes ('y' has 10 distinct integers)".</param>
public sealed partial record Dataset(
    Samples Samples, Targets Targets, ValueList<string> FeatureNames, string TargetName, string Source, string TargetDescription) : IDisposable
{
    /// <summary>Number of points M.</summary>
    public nint Count => Samples.Count;

    /// <inheritdoc/>
    public void Dispose()
    {
        Samples.Dispose();
        Targets.Dispose();
    }
}
