namespace InfiniteNtk;

/// <summary>How to run; none of it changes a single bit of the result.</summary>
public sealed record ExecutionOptions
{
    /// <summary>The defaults: all processors, tile size by cache, budget by free memory.</summary>
    public static ExecutionOptions Default { get; } = new();

    /// <summary>Worker threads; null: one per processor.</summary>
    public int? Threads { get; init; }

    /// <summary>Rows and columns of a tile; null: chosen for the cache.</summary>
    public int? TileSize { get; init; }

    /// <summary>Bytes that results and scratch may use together; null: 90 % of what is free.</summary>
    public long? MemoryBudget { get; init; }

    /// <summary>Told about finished entries, from worker threads, at most about ten times a second.</summary>
    public IProgress<KernelProgress>? Progress { get; init; }

    /// <summary>Stops between steps of a tile.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Worker threads, the default filled in.</summary>
    internal int Workers => Threads ?? Environment.ProcessorCount;
}

/// <summary>How far a computation is.</summary>
/// <param name="Done">Entries computed, or what else is counted: the one who reports says what.</param>
/// <param name="Total">Of how many.</param>
/// <param name="Elapsed">Time so far.</param>
public readonly record struct KernelProgress(long Done, long Total, TimeSpan Elapsed);
