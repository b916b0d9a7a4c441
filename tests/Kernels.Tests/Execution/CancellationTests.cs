using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

/// <summary>A deep network's samples and tiles take long each: both stop within the step that runs when they are told to.</summary>
public class CancellationTests
{
    private const int Layers = 200, Count = 6;

    [Theory]
    [InlineData(false, 10)]
    [InlineData(false, Layers * Count + 10)]
    [InlineData(true, 10)]
    [InlineData(true, 10 * Layers * Count)]
    public void A_tile_stops_within_a_step(bool positions, int after)
    {
        using var source = new CancellationTokenSource();
        var told = new Told(after, source);
        KernelProgram program = Program(positions, new CountedActivation(told));
        using var samples = new Samples(KernelMatrix<double>.From(ProgramGenerator.Rows(new Random(2), Count, program.Input.Size)), program.Input);
        Assert.Throws<OperationCanceledException>(() => new CpuExecutor().Run<double>(
            new KernelRequest(program, samples), new ExecutionOptions { Threads = 1, Cancellation = source.Token }));

        // No more than the pairs of a step: six samples by six, at three positions by three.
        Assert.InRange(told.Calls, after, after + Count * Count * (positions ? 9 : 1));
    }

    [Fact]
    public void The_reference_stops_within_a_sample()
    {
        using var source = new CancellationTokenSource();
        var told = new Told(10, source);
        KernelProgram program = Program(false, new CountedActivation(told));
        using var samples = new Samples(KernelMatrix<double>.From(ProgramGenerator.Rows(new Random(2), Count, program.Input.Size)), program.Input);
        Assert.Throws<OperationCanceledException>(() => new ReferenceExecutor().Run<double>(
            new KernelRequest(program, samples), new ExecutionOptions { Cancellation = source.Token }));
        Assert.InRange(told.Calls, 10, Layers);
    }

    private static KernelProgram Program(bool positions, Activation activation)
    {
        var steps = new List<Step> { new InputProduct(0, false) };
        if (positions) steps.Add(new TapSum(1, 0, [new AxisWindow(3, 3, 3, 1, 1)], 1, 0, 1, 0));
        for (int i = 0; i < Layers; i++) steps.Add(new Dual(steps.Count, steps.Count - 1, activation));
        if (positions) steps.Add(new FlattenPositions(steps.Count, steps.Count - 1));
        return new KernelProgram(positions ? new SampleShape([3], 2) : SampleShape.Features(4), [.. steps]);
    }

    private sealed class Told(int after, CancellationTokenSource source)
    {
        public int Calls { get; private set; }

        public void Count()
        {
            if (++Calls == after) source.Cancel();
        }
    }

    private sealed record CountedActivation(Told Told) : Activation
    {
        public override double Value(double x) => x;

        public override double Derivative(double x) => 1;

        internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new Counted(Told));
    }

    private sealed class Counted(Told told) : QuadratureDual
    {
        public override DualValue<double> Pair(double p, double q, double k)
        {
            told.Count();
            return new(k, 1);
        }
    }
}
