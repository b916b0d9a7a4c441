using System.Runtime.ExceptionServices;

namespace InfiniteNtk.Kernels.Execution;

/// <summary>Independent pieces of work on several threads. However many of them fail, one failure comes out, as it was thrown.</summary>
internal static class ParallelSection
{
    /// <summary>Runs pieces 0 … <paramref name="count"/> − 1, one at a time to whichever thread is free; none begins after a failure.</summary>
    /// <param name="count">How many pieces.</param>
    /// <param name="threads">On how many threads.</param>
    /// <param name="piece">The work.</param>
    /// <param name="cancellation">Stops between pieces.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, and nothing else went wrong.</exception>
    public static void For(long count, int threads, Action<long> piece, CancellationToken cancellation = default)
    {
        long next = -1;
        Exception? failure = null;
        threads = (int)Math.Min(threads, count);
        if (threads <= 1) Work();
        else Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => Work());
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        cancellation.ThrowIfCancellationRequested();

        void Work()
        {
            try
            {
                while (Volatile.Read(ref failure) is null && !cancellation.IsCancellationRequested)
                {
                    long index = Interlocked.Increment(ref next);
                    if (index >= count) return;
                    piece(index);
                }
            }
#pragma warning disable CA1031 // Rethrown on the caller's thread.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Keep(exception);
            }
        }

        // The first one; but a mistake says more than the cancellation that came before it.
        void Keep(Exception exception)
        {
            Exception? kept = Interlocked.CompareExchange(ref failure, exception, null);
            if (kept is OperationCanceledException && exception is not OperationCanceledException) Interlocked.CompareExchange(ref failure, exception, kept);
        }
    }
}
