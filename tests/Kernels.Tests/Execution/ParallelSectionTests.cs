using InfiniteNtk.Kernels.Execution;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

public sealed class ParallelSectionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_piece_runs_once(int threads)
    {
        int[] seen = new int[100];
        ParallelSection.For(seen.Length, threads, i => Interlocked.Increment(ref seen[i]));
        Assert.All(seen, times => Assert.Equal(1, times));
        ParallelSection.For(0, threads, _ => Assert.Fail("There is nothing to do."));
    }

    /// <summary>The barrier makes both fail: neither saw the other's failure before.</summary>
    [Fact]
    public void Two_failing_threads_are_one_failure()
    {
        using var together = new Barrier(2);
        InvalidArgumentException failure = Assert.Throws<InvalidArgumentException>(() => ParallelSection.For(2, 2, i =>
        {
            together.SignalAndWait(TimeSpan.FromSeconds(30));
            throw new InvalidArgumentException("Cannot do this", $"piece {i}", "another", "Pass another");
        }));
        Assert.Contains("piece", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_mistake_is_told_rather_than_a_cancellation(int mistaken)
    {
        using var together = new Barrier(2);
        Assert.Throws<InvalidArgumentException>(() => ParallelSection.For(2, 2, i =>
        {
            together.SignalAndWait(TimeSpan.FromSeconds(30));
            if (i == mistaken) throw new InvalidArgumentException("Cannot do this", "one", "another", "Pass another");
            throw new OperationCanceledException();
        }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Cancelled_it_stops_between_pieces(int threads)
    {
        using var source = new CancellationTokenSource();
        int run = 0;
        Assert.Throws<OperationCanceledException>(() => ParallelSection.For(1_000_000, threads, _ =>
        {
            if (Interlocked.Increment(ref run) == 5) source.Cancel();
        }, source.Token));
        Assert.InRange(run, 5, 999_999);
    }
}
