using System.Diagnostics;

namespace InfiniteNtk.Kernels.Execution;

/// <summary>
/// Owns the worker threads, cancellation and progress of one computation. Which worker does what never changes a result.
/// </summary>
internal sealed class TileRunner(ExecutionOptions options)
{
    private static readonly TimeSpan _reportInterval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Number of workers.</summary>
    public int Threads { get; } = options.Workers;

    /// <summary>Asked between steps, since a single tile of a deep network can take long.</summary>
    public CancellationToken Cancellation => options.Cancellation;

    /// <summary>Time since the computation began.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Runs every tile of a plan once, on workers that each own one <typeparamref name="TScratch"/>.</summary>
    public void Run<TScratch>(TilePlan plan, Func<TScratch> scratch, Action<Tile, TScratch> work) where TScratch : IDisposable
    {
        var progress = new ProgressMeter(options.Progress, plan.Entries, _clock);
        Run(plan.Places, scratch, (place, own) =>
        {
            if (plan[place] is not { } tile) return;
            work(tile, own);
            progress.Add(plan.EntriesOf(tile));
        });
        progress.Finish();
    }

    /// <summary>Runs indices 0 … count − 1, in no stated order.</summary>
    public void Run<TScratch>(nint count, Func<TScratch> scratch, Action<nint, TScratch> work) where TScratch : IDisposable
    {
        options.Cancellation.ThrowIfCancellationRequested();
        long next = -1;
        Exception? failure = null;
        int threads = (int)Math.Min(Threads, count);
        if (threads <= 1) Work();
        else
        {
            Task[] workers = new Task[threads - 1];
            for (int i = 0; i < workers.Length; i++)
            {
                workers[i] = Task.Factory.StartNew(
                    Work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
            }

            Work();
            Task.WaitAll(workers, CancellationToken.None);
        }

        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        options.Cancellation.ThrowIfCancellationRequested();

        void Work()
        {
            try
            {
                using TScratch own = scratch();
                while (Volatile.Read(ref failure) is null && !options.Cancellation.IsCancellationRequested)
                {
                    long index = Interlocked.Increment(ref next);
                    if (index >= count) return;
                    work((nint)index, own);
                }
            }
#pragma warning disable CA1031 // Every failure of a worker is rethrown on the caller's thread.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failure, exception, null);
            }
        }
    }

    /// <summary>Counts finished entries and reports them about ten times a second.</summary>
    private sealed class ProgressMeter(IProgress<KernelProgress>? receiver, long total, Stopwatch clock)
    {
        private readonly Lock _lock = new();
        private long _done;
        private TimeSpan _reported = TimeSpan.MinValue;

        public void Add(long entries)
        {
            if (receiver is null) return;
            lock (_lock)
            {
                _done += entries;
                if (_done == total || (_reported != TimeSpan.MinValue && clock.Elapsed - _reported < _reportInterval)) return;
                _reported = clock.Elapsed;
                receiver.Report(new KernelProgress(_done, total, _reported));
            }
        }

        public void Finish() => receiver?.Report(new KernelProgress(total, total, clock.Elapsed));
    }
}
