namespace InfiniteNtk;

/// <summary>What to estimate and how far to go.</summary>
public sealed record MonteCarloOptions
{
    /// <summary>Where the networks come from.</summary>
    public ulong Seed { get; init; }

    /// <summary>Draws; where <see cref="Precision"/> is given, at most so many.</summary>
    public int Draws { get; init; } = 100;

    /// <summary>
    /// Stop at the first multiple of 32 draws where every standard error is at most this fraction of √(K_ii K_jj); null: take all
    /// draws. Stopping by what was seen makes errors a little too small; ask for draws where that matters. Symmetric kernels only.
    /// </summary>
    public double? Precision { get; init; }

    /// <summary>Which kernels.</summary>
    public KernelOutputs Outputs { get; init; } = KernelOutputs.Both;

    /// <summary>The NTK is the mean over so many of the outputs (all, where there are fewer): more cost more and scatter less.</summary>
    public int NtkOutputs { get; init; } = 4;

    /// <summary>The law of the weights.</summary>
    public WeightLaw Weights { get; init; } = WeightLaw.Gaussian;

    /// <summary>The numbers that networks on the processor compute with; a device has its own.</summary>
    public NumberType NumberType { get; init; }

    /// <summary>Draws computed at the same time; null: one per processor. No bit depends on it.</summary>
    public int? Threads { get; init; }

    /// <summary>Bytes that the parameters of one network may take; null: what is free, shared among the threads.</summary>
    public long? MemoryBudget { get; init; }

    /// <summary>
    /// Where to sample and run; null: the processor. On a device draws come one after another, and the same seed gives the same
    /// networks as on the processor, in the device's precision.
    /// </summary>
    public CudaDevice? Device { get; init; }

    /// <summary>Told how many draws there are, at the start and after every 32, from the calling thread; null: nobody.</summary>
    public IProgress<KernelProgress>? Progress { get; init; }

    /// <summary>Stops between layers of a draw.</summary>
    public CancellationToken Cancellation { get; init; }
}
