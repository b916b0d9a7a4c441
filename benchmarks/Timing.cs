using System.Runtime.InteropServices;

namespace InfiniteNtk.Benchmarks;

/// <summary>
/// Times several things in turn, again and again, and keeps each one's fastest run: what else happens on the machine only ever
/// adds time, and it adds to all of them.
/// </summary>
internal static partial class Timing
{
    private const int WallClock = 1, ThreadClock = 3;

    /// <summary>
    /// Seconds of each action's fastest run; the first round only warms up. With one thread the clock counts that thread's own
    /// processor time, which other processes disturb less.
    /// </summary>
    public static double[] Fastest(int rounds, int threads, params Action[] actions)
    {
        int clock = threads == 1 ? ThreadClock : WallClock;
        double[] best = [.. actions.Select(_ => double.PositiveInfinity)];
        for (int round = 0; round <= rounds; round++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                double start = Now(clock);
                actions[i]();
                if (round > 0) best[i] = Math.Min(best[i], Now(clock) - start);
            }
        }

        return best;
    }

    /// <summary>Seconds of one run: the thread's own where it is the only one.</summary>
    public static double Seconds(int threads, Action action)
    {
        int clock = threads == 1 ? ThreadClock : WallClock;
        double start = Now(clock);
        action();
        return Now(clock) - start;
    }

    private static double Now(int clock) => GetTime(clock, out Time time) == 0
        ? time.Seconds + 1e-9 * time.Nanoseconds
        : throw new PlatformNotSupportedException("No processor clock.");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Time(long Seconds, long Nanoseconds);
}
