using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace InfiniteNtk.FiniteWidth.MonteCarlo;

/// <summary>Independent draws on several threads.</summary>
internal static class ParallelDraws
{
    /// <summary>Takes draws 0 … <paramref name="count"/> − 1. Where some fail, the error of one of them is thrown as it is.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void For(int count, int threads, Action<int> take, CancellationToken cancellation)
    {
        try
        {
            // One at a time to whichever thread is free: draws are long, and a thread that took several ahead would let others wait.
            Parallel.ForEach(
                Partitioner.Create(Enumerable.Range(0, count), EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, take);
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.Flatten().InnerExceptions[0]);
        }
    }
}
