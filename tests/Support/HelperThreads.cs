using System.Collections.Concurrent;

namespace InfiniteNtk.Tests.Support;

/// <summary>Which other threads take part in what this thread does: seen without a clock, because a task carries its starter's context along.</summary>
public static class HelperThreads
{
    /// <summary>The number of other managed threads that <paramref name="work"/> was handed to.</summary>
    public static int CountDuring(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var helpers = new ConcurrentDictionary<int, bool>();
        int own = Environment.CurrentManagedThreadId;
        var mark = new AsyncLocal<object?>(change =>
        {
            int thread = Environment.CurrentManagedThreadId;
            if (change.ThreadContextChanged && change.CurrentValue is not null && thread != own) helpers[thread] = true;
        })
        {
            Value = new object(),
        };
        work();
        mark.Value = null;
        return helpers.Count;
    }
}
