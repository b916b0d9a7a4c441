namespace InfiniteNtk;

/// <summary>How to sample and run a network; threads and budget change no bit of any result.</summary>
public sealed record SamplingOptions
{
    /// <summary>Gaussian weights, all processors, the memory that is there.</summary>
    public static SamplingOptions Default { get; } = new();

    /// <summary>Which of the independent networks of a seed.</summary>
    public uint Draw { get; init; }

    /// <summary>The law of the weight matrices; biases are Gaussian always.</summary>
    public WeightLaw Weights { get; init; } = WeightLaw.Gaussian;

    /// <summary>Threads of one matrix product; null: one per processor.</summary>
    public int? Threads { get; init; }

    /// <summary>Bytes that the parameters may take; null: what the runtime says is available.</summary>
    public long? MemoryBudget { get; init; }

    /// <summary>Stops between parts of the weights.</summary>
    public CancellationToken Cancellation { get; init; }
}
