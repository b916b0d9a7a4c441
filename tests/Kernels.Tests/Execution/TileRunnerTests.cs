using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Programs;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

public class TileRunnerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_failure_on_any_thread_reaches_the_caller_and_every_scratch_is_given_back(int threads)
    {
        int open = 0;
        var runner = new TileRunner(new ExecutionOptions { Threads = threads });
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => runner.Run(
            100, () => new Scratch(() => Interlocked.Increment(ref open), () => Interlocked.Decrement(ref open)), (index, _) =>
            {
                if (index == 57) throw new InvalidOperationException("the fifty-eighth");
            }));
        Assert.Equal(("the fifty-eighth", 0), (failure.Message, open));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_is_told_of_progress_may_fail_and_the_caller_learns_it(int threads)
    {
        using Samples samples = Samples.FromRows(new double[,] { { 1, 2 }, { 3, 4 } });
        var program = new KernelProgram(samples.Shape, [new InputProduct(0, false)]);
        var options = new ExecutionOptions { Threads = threads, Progress = new Failing() };
        Assert.Throws<NotSupportedException>(() => new CpuExecutor().Run<double>(new KernelRequest(program, samples), options));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Every_index_is_run_once(int threads)
    {
        int[] runs = new int[1000];
        new TileRunner(new ExecutionOptions { Threads = threads }).Run(runs.Length, () => new Scratch(() => { }, () => { }), (index, _) => Interlocked.Increment(ref runs[index]));
        Assert.All(runs, count => Assert.Equal(1, count));
    }

    private sealed class Scratch : IDisposable
    {
        private readonly Action _close;

        public Scratch(Action open, Action close)
        {
            _close = close;
            open();
        }

        public void Dispose() => _close();
    }

    private sealed class Failing : IProgress<KernelProgress>
    {
        public void Report(KernelProgress value) => throw new NotSupportedException();
    }
}
