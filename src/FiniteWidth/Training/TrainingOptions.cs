namespace InfiniteNtk;

/// <summary>How to train.</summary>
public sealed record TrainingOptions
{
    /// <summary>η. Step s is time t = s of the predictors, whose exponent is η·t/N with N = samples × outputs.</summary>
    public double LearningRate { get; init; } = 1;

    /// <summary>Heavy-ball momentum m in [0, 1): v ← m·v + gradient, θ ← θ − η·v.</summary>
    public double Momentum { get; init; }

    /// <summary>Samples in a step; null: all of them. Minibatches go through a fresh random order of the samples in each epoch.</summary>
    public int? BatchSize { get; init; }

    /// <summary>After how many steps to record, ascending; the last is where training ends.</summary>
    public ValueList<int> RecordAt { get; init; } = [0, 100];

    /// <summary>Where the order of minibatches comes from.</summary>
    public ulong Seed { get; init; }

    /// <summary>Told how many steps were taken, from the calling thread, about ten times a second; null: nobody.</summary>
    public IProgress<KernelProgress>? Progress { get; init; }

    /// <summary>Stops between steps.</summary>
    public CancellationToken Cancellation { get; init; }
}
