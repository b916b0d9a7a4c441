using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Cpu.Planes;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

/// <summary>What a kernel takes and what would fit, from the numbers of samples alone.</summary>
public sealed class KernelMemoryTests
{
    private static readonly CpuExecutor _cpu = new();

    private static readonly KernelProgram _convolutions = Convolutions(), _dense = new(
        SampleShape.Features(300), [new InputProduct(0, false), new Affine(1, 0, 2, 0.1, 2, 0.1), new Dual(2, 1, new Relu()), new Affine(3, 2, 1, 0, 1, 0)]);

    /// <summary>Where results, samples or workers take most; square, rectangular, and the diagonal alone.</summary>
    [Theory]
    [InlineData(100_000, null, false, 40_000_000)]
    [InlineData(100_000, 3, false, 40_000_000)]
    [InlineData(5_000, 100_000, false, 400_000_000)]
    [InlineData(2_000_000, null, true, 200_000_000)]
    [InlineData(300, null, false, 1_000)]
    public void As_many_samples_fit_as_are_said_to_and_not_one_more(int left, int? right, bool diagonal, long budget)
    {
        foreach (KernelProgram program in new[] { _convolutions, _dense })
        {
            var size = new KernelSize(program, left, right, KernelOutputs.Both, diagonal);
            var options = new ExecutionOptions { MemoryBudget = budget, Threads = 2, TileSize = 48 };
            nint fitting = _cpu.Memory<float>(size, options).Fitting;
            Assert.InRange(fitting, 0, left - 1);
            if (fitting > 0) Assert.True(_cpu.Memory<float>(size with { Left = fitting }, options).Fits);
            Assert.False(_cpu.Memory<float>(size with { Left = fitting + 1 }, options).Fits);
        }
    }

    [Fact]
    public void All_samples_that_fit_are_said_to()
    {
        KernelMemory memory = _cpu.Memory<double>(new KernelSize(_convolutions, 20), new ExecutionOptions { MemoryBudget = 1L << 30 });
        Assert.True(memory.Fits);
        Assert.Equal(20, memory.Fitting);
        memory.Require();
    }

    /// <summary>Samples with their terms in whole blocks of lanes; each worker a pass, a tile's rows and a block.</summary>
    [Theory]
    [InlineData(20, null, false)]
    [InlineData(20, 35, false)]
    [InlineData(16, null, false)]
    [InlineData(33, null, true)]
    public void Planes_take_what_is_counted_by_hand(int left, int? right, bool diagonal)
    {
        const int Height = 5;
        PlanePlan<float> plan = PlanePlan<float>.For(_convolutions);
        double block = 4.0 * plan.SideNumbers * plan.Lanes, blocks = Blocks(left) + Blocks(right ?? 0);
        var size = new KernelSize(_convolutions, left, right, KernelOutputs.Both, diagonal);
        KernelMemory memory = _cpu.Memory<float>(size, new ExecutionOptions { Threads = 3, TileSize = Height });
        Assert.Equal(blocks * block, memory.SampleBytes);
        Assert.Equal(PlanePass<float>.BytesFor(plan, plan.Lefts) + (diagonal ? 0 : 4.0 * Height * plan.SideNumbers) + block, memory.WorkerBytes);
        Assert.Equal(memory.SampleBytes + 3 * memory.WorkerBytes, memory.ScratchBytes);
        Assert.Equal(2 * 4.0 * left * (diagonal ? 1 : right ?? left) + memory.ScratchBytes, memory.Bytes);

        // K and Θ of each register for each left sample in work.
        Assert.Equal(4.0 * plan.Numbers * plan.Lanes * (plan.Lefts - 1), PlanePass<float>.BytesFor(plan, plan.Lefts) - PlanePass<float>.BytesFor(plan, 1));

        double Blocks(int samples) => Math.Ceiling((double)samples / plan.Lanes);
    }

    [Fact]
    public void It_is_told_in_words()
    {
        var memory = new KernelMemory(new KernelSize(_dense, 10), 3 << 20, 1 << 20, 512 << 10, 2, 4 << 20, 7);
        Assert.Equal("5.0 MiB: results 3.0 MiB, samples 1.0 MiB, 2 workers 512.0 KiB each", memory.ToString());
        Assert.Equal("4.5 MiB: results 3.0 MiB, samples 1.0 MiB, 1 worker 512.0 KiB", (memory with { Workers = 1 }).ToString());
    }

    private static KernelProgram Convolutions()
    {
        AxisWindow window = new(8, 8, 3, 1, 1);
        AxisMap pool = new GlobalPoolAxis(8, true);
        return new KernelProgram(
            new SampleShape([8, 8], 3),
            [
                new InputProduct(0, false), new TapSum(1, 0, [window, window], 2, 0, 2, 0), new Dual(2, 1, new Relu()),
                new TapSum(3, 2, [window, window], 2, 0, 2, 0), new Dual(4, 3, new Relu()), new MixPositions(5, 4, [pool, pool]),
            ]);
    }
}
