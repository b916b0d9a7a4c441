using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

public class PositionSumTests
{
    [Fact]
    public void The_mean_of_thousands_of_equal_positions_is_that_position_in_single_precision()
    {
        const int positions = 5000;
        var images = new double[2, 1, positions, 1];
        for (int s = 0; s < positions; s++) (images[0, 0, s, 0], images[1, 0, s, 0]) = (0.3, 0.7);
        var program = new KernelProgram(
            new SampleShape([1, positions], 1), [new InputProduct(0, false), new Affine(1, 0, 1, 0, 1, 0), new FlattenPositions(2, 1)]);
        using Samples samples = Samples.FromImages(images);
        using KernelPair<float> kernels = new CpuExecutor().Run<float>(new KernelRequest(program, samples));

        // A plain sum of five thousand floats is wrong by 8e-6 here.
        Assert.InRange(kernels.Nngp[0, 1], 0.21f - 6e-8f, 0.21f + 6e-8f);
        Assert.InRange(kernels.Ntk[0, 1], 0.21f - 6e-8f, 0.21f + 6e-8f);
    }

    /// <summary>Global: 3,481 planes of up to 900 entries in one sum. In windows: 841 planes in each of four.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_mean_of_all_pairs_of_equal_positions_is_that_pair_in_single_precision(bool global)
    {
        const int extent = 30, window = 15;
        var images = new double[2, extent, extent, 1];
        for (int s = 0; s < extent * extent; s++) (images[0, s / extent, s % extent, 0], images[1, s / extent, s % extent, 0]) = (0.3, 0.7);
        AxisMap pool = global
            ? new GlobalPoolAxis(extent, true)
            : new PoolAxis(new AxisWindow(extent, extent / window, window, window, 0), PoolDivisor.WindowSize);
        Step[] steps = [new InputProduct(0, false), new Affine(1, 0, 1, 0, 1, 0), new MixPositions(2, 1, [pool, pool])];
        var program = new KernelProgram(new SampleShape([extent, extent], 1), [.. steps, .. global ? [] : new Step[] { new FlattenPositions(3, 2) }]);
        using Samples samples = Samples.FromImages(images);
        using KernelPair<float> kernels = new CpuExecutor().Run<float>(new KernelRequest(program, samples));

        // Plain sums are wrong by 2e-6 and 4e-7.
        Assert.InRange(kernels.Nngp[0, 1], 0.21f - 6e-8f, 0.21f + 6e-8f);
        Assert.InRange(kernels.Ntk[0, 1], 0.21f - 6e-8f, 0.21f + 6e-8f);
    }
}
