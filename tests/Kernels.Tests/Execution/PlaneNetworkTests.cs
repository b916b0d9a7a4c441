using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Cpu.Planes;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

/// <summary>Convolutional networks through the plane executor: precision, memory, what it says where it refuses.</summary>
public class PlaneNetworkTests
{
    private static readonly SampleShape _shape = new([8, 8], 3);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_image_with_itself_is_exact_in_single_precision_after_21_layers(bool pooled)
    {
        KernelProgram program = Convolutions(_shape, 21, pooled);
        double[,] rows = ProgramGenerator.Rows(new Random(4), 5, _shape.Size);
        using Samples images = Of(rows, _shape), copies = Of(rows, _shape);
        using KernelPair<double> exact = new CpuExecutor().Run<double>(new KernelRequest(program, images, copies));
        using KernelPair<float> single = new CpuExecutor().Run<float>(new KernelRequest(program, images, copies));
        for (int i = 0; i < 5; i++)
        {
            Assert.InRange(single.Nngp[i, i] / exact.Nngp[i, i], 1 - 1e-6, 1 + 1e-6);
            Assert.InRange(single.Ntk[i, i] / exact.Ntk[i, i], 1 - 1e-6, 1 + 1e-6);
        }
    }

    [Fact]
    public void Images_that_do_not_fit_are_refused_at_once_with_what_would_fit()
    {
        var shape = new SampleShape([32, 32], 3);
        using var samples = new Samples(KernelMatrix<double>.From(new double[600, shape.Size]), shape);
        KernelProgram program = Convolutions(shape, 21, pooled: true);
        var options = new ExecutionOptions { MemoryBudget = 30_000_000, Threads = 2 };
        string message = Assert.Throws<MemoryBudgetException>(() => new CpuExecutor().Run<float>(new KernelRequest(program, samples), options)).Message;
        Assert.Contains("600 samples", message, StringComparison.Ordinal);
        Assert.Contains("would fit", message, StringComparison.Ordinal);
    }

    /// <summary>Their numbers alone suffice: sixty thousand images would be 1.5 GB, their kernels 27 GiB.</summary>
    [Fact]
    public void A_kernel_of_60000_images_is_answered_at_once_without_them()
    {
        KernelProgram program = Convolutions(new SampleShape([32, 32], 3), 21, pooled: true);
        var options = new ExecutionOptions { MemoryBudget = 16L << 30, Threads = 2 };
        var cpu = new CpuExecutor();
        var size = new KernelSize(program, 60_000);
        KernelMemory memory = cpu.Memory<float>(size, options);
        Assert.Equal(60_000.0 * 60_001 / 2, size.Entries);
        Assert.Equal((2 * 4 * 60_000.0 * 60_000, 2), (memory.ResultBytes, memory.Workers));
        string message = Assert.Throws<MemoryBudgetException>(memory.Require).Message;
        Assert.StartsWith("Cannot compute a kernel for 60000 samples: it needs 27.", message, StringComparison.Ordinal);
        Assert.Contains($"results 26.8 GiB, samples 256.0 MiB, 2 workers {MemoryBudget.Describe((long)memory.WorkerBytes)} each", message, StringComparison.Ordinal);
        Assert.Contains($"it may use 16.0 GiB, where {memory.Fitting} samples would fit", message, StringComparison.Ordinal);
        Assert.True(cpu.Memory<float>(size with { Left = memory.Fitting }, options).Fits);
        Assert.False(cpu.Memory<float>(size with { Left = memory.Fitting + 1 }, options).Fits);

        // One kernel of two, rectangles and diagonals take what they take.
        Assert.Equal(memory.ResultBytes / 2, cpu.Memory<float>(size with { Outputs = KernelOutputs.Ntk }, options).ResultBytes);
        Assert.Equal(memory.ResultBytes / 6, cpu.Memory<float>(size with { Right = 10_000 }, options).ResultBytes);
        Assert.Equal(2 * 4 * 60_000.0, cpu.Memory<float>(size with { DiagonalOnly = true }, options).ResultBytes);
        Assert.Equal(2 * memory.ResultBytes, cpu.Memory<double>(size, options).ResultBytes);
    }

    [Fact]
    public void Overflow_names_the_step_and_the_first_sample_before_and_after_the_last_activation()
    {
        double[,] rows = ProgramGenerator.Rows(new Random(5), 40, _shape.Size);
        (rows[7, 3], rows[30, 8]) = (1e200, 1e200);
        using Samples samples = Of(rows, _shape);
        KernelProgram program = Convolutions(_shape, 2, pooled: true);
        string message = Assert.Throws<NumericalFailureException>(() => new CpuExecutor().Run<double>(new KernelRequest(program, samples))).Message;
        Assert.Contains("sample 7 ", message, StringComparison.Ordinal);
        Assert.Contains("step 0 ", message, StringComparison.Ordinal);

        KernelProgram late = program with { Steps = [.. program.Steps, new Affine(program.Steps.Count, program.Steps.Count - 1, 1e300, 0, 1, 0), new Affine(program.Steps.Count + 1, program.Steps.Count, 1e300, 0, 1, 0)] };
        using Samples ones = Of(ProgramGenerator.Rows(new Random(6), 3, _shape.Size), _shape);
        message = Assert.Throws<NumericalFailureException>(() => new CpuExecutor().Run<double>(new KernelRequest(late, ones))).Message;
        Assert.Contains("sample 0 ", message, StringComparison.Ordinal);
    }

    /// <summary>One position of one image leaves the activation's domain upwards.</summary>
    [Fact]
    public void A_variance_that_an_activation_cannot_take_is_named_with_its_reason()
    {
        double[,] rows = ProgramGenerator.Rows(new Random(6), 20, _shape.Size);
        rows[11, 5] = 60;
        using Samples samples = Of(rows, _shape);
        AxisWindow one = new(8, 8, 1, 1, 0), three = new(8, 8, 3, 1, 1);
        var program = new KernelProgram(
            _shape, [new InputProduct(0, false), new TapSum(1, 0, [one, one], 1, 0, 1, 0), new Dual(2, 1, new Exp()), new TapSum(3, 2, [three, three], 1, 0, 1, 0), new FlattenPositions(4, 3)]);
        string message = Assert.Throws<NumericalFailureException>(() => new CpuExecutor().Run<double>(new KernelRequest(program, samples))).Message;
        Assert.Contains("sample 11 ", message, StringComparison.Ordinal);
        Assert.Contains("it receives variance 120", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bound_of_a_series_is_the_geometric_mean_of_both_sides()
    {
        double[,] rows = ProgramGenerator.Rows(new Random(7), 3, _shape.Size), small = ProgramGenerator.Rows(new Random(7), 3, _shape.Size);
        for (int i = 0; i < small.Length; i++) small[i / _shape.Size, i % _shape.Size] *= 0.1;
        using Samples large = Of(rows, _shape), tiny = Of(small, _shape);
        AxisWindow same = new(8, 8, 3, 1, 1);
        var program = new KernelProgram(_shape, [new InputProduct(0, false), new TapSum(1, 0, [same, same], 2, 0, 2, 0), new Dual(2, 1, new Tanh()), new FlattenPositions(3, 2)]);
        double tail = Tail(large, null);
        Assert.True(tail > Tail(tiny, null));
        Assert.Equal(Math.Sqrt(tail * Tail(tiny, null)), Tail(tiny, large), 1e-18);
        Assert.Equal(Tail(tiny, large), Tail(large, tiny));

        double Tail(Samples left, Samples? right)
        {
            using KernelPair<double> kernels = new CpuExecutor().Run<double>(new KernelRequest(program, left, right));
            return kernels.Report.DualError;
        }
    }

    [Fact]
    public void A_residual_sum_is_computed_by_its_convolution()
    {
        PlanePlan<float> plan = PlanePlan<float>.For(Residual(3));
        Assert.Equal(4, plan.Segments.SelectMany(segment => segment.Actions).Count(action => !action.IsPush));
    }

    /// <summary>Loops of their own compute K without Θ, for three taps and for any other number.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void A_residual_sum_has_the_same_bits_without_the_ntk(int taps)
    {
        using Samples images = Of(ProgramGenerator.Rows(new Random(8), 3, _shape.Size), _shape);
        using KernelPair<double> both = new CpuExecutor().Run<double>(new KernelRequest(Residual(taps), images));
        using KernelPair<double> nngp = new CpuExecutor().Run<double>(new KernelRequest(Residual(taps), images, null, KernelOutputs.Nngp));
        using KernelPair<double> exact = new ReferenceExecutor().Run<double>(new KernelRequest(Residual(taps), images));
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(both.Nngp[i, j], nngp.Nngp[i, j]);
                Assert.Equal(exact.Nngp[i, j], both.Nngp[i, j], 1e-12 * exact.Nngp[i, i]);
                Assert.Equal(exact.Ntk[i, j], both.Ntk[i, j], 1e-12 * exact.Ntk[i, i]);
            }
        }
    }

    /// <summary>
    /// Of a register that one reader takes as a ring and another as open, the planes lie on a ring, while of each sample with itself the
    /// offsets 4 and −4 of 5 positions are needed: on the ring they are −1 and 1.
    /// </summary>
    [Fact]
    public void Offsets_of_a_sample_with_itself_turn_round_on_the_ring_of_the_pairs()
    {
        var ring = new AxisWindow(5, 5, 3, 1, 1, Circular: true);
        var program = new KernelProgram(new SampleShape([5], 2),
        [
            new InputProduct(0, false), new TapSum(1, 0, [ring], 1, 0, 1, 0), new MixPositions(2, 1, [new GlobalPoolAxis(5, true)]),
            new MixPositions(3, 0, [new SliceAxis(5, 0, 4, 2)]), new MixPositions(4, 3, [new GlobalPoolAxis(2, true)]),
            new Affine(5, 4, 1, 0.1, 1, 0.1), new Dual(6, 5, new Relu()), new Combine(7, [2, 6], [1, 1]),
        ]);
        using Samples samples = Of(ProgramGenerator.Rows(new Random(9), 3, 10), program.Input);
        using KernelPair<double> exact = new ReferenceExecutor().Run<double>(new KernelRequest(program, samples));
        using KernelPair<double> planes = new CpuExecutor().Run<double>(new KernelRequest(program, samples));
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(exact.Nngp[i, j], planes.Nngp[i, j], 1e-12);
                Assert.Equal(exact.Ntk[i, j], planes.Ntk[i, j], 1e-12);
            }
        }
    }

    [Fact]
    public void Scratch_is_what_was_reported()
    {
        using Samples samples = Of(ProgramGenerator.Rows(new Random(7), 20, _shape.Size), _shape);
        var request = new KernelRequest(Convolutions(_shape, 3, pooled: true), samples);
        var options = new ExecutionOptions { Threads = 2 };
        using KernelPair<float> kernels = new CpuExecutor().Run<float>(request, options);
        PlanePlan<float> plan = PlanePlan<float>.For(request.Program);
        Assert.Equal((long)new CpuExecutor().Memory<float>(request.Size, options).ScratchBytes, kernels.Report.ScratchBytes);
        Assert.InRange(kernels.Report.ScratchBytes, 2 * PlanePass<float>.BytesFor(plan, plan.Lefts), 1 << 25);
    }

    private static Samples Of(double[,] rows, SampleShape shape) => new(KernelMatrix<double>.From(rows), shape);

    private static KernelProgram Residual(int taps)
    {
        AxisWindow same = new(8, 8, taps, 1, taps / 2);
        return new KernelProgram(_shape,
        [
            new InputProduct(0, false), new TapSum(1, 0, [same, same], 2, 0.1, 2, 0.1), new Dual(2, 1, new Relu()),
            new TapSum(3, 2, [same, same], 2, 0.1, 2, 0.1), new Combine(4, [1, 3], [0.7, 1.5]), new FlattenPositions(5, 4),
        ]);
    }

    private static KernelProgram Convolutions(SampleShape shape, int depth, bool pooled)
    {
        var steps = new List<Step> { new InputProduct(0, false) };
        ValueList<AxisWindow> window = shape.Positions.Select(extent => new AxisWindow(extent, extent, 3, 1, 1)).ToValueList();
        for (int i = 0; i < depth; i++)
        {
            steps.Add(new TapSum(steps.Count, steps.Count - 1, window, 2, 0, 2, 0));
            steps.Add(new Dual(steps.Count, steps.Count - 1, new Relu()));
        }

        steps.Add(pooled
            ? new MixPositions(steps.Count, steps.Count - 1, shape.Positions.Select(extent => (AxisMap)new GlobalPoolAxis(extent, true)).ToValueList())
            : new FlattenPositions(steps.Count, steps.Count - 1));
        return new KernelProgram(shape, [.. steps]);
    }
}
