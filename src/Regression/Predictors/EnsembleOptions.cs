namespace InfiniteNtk;

/// <summary>How an ensemble of infinitely wide networks is trained.</summary>
public sealed record EnsembleOptions
{
    /// <summary>η; only η·t matters unless t counts steps.</summary>
    public double LearningRate { get; init; } = 1;

    /// <summary>What t is.</summary>
    public TrainingTime Time { get; init; }

    /// <summary>Whether only the readout is trained, whose dynamics are those of the NNGP kernel.</summary>
    public bool LastLayerOnly { get; init; }
}
