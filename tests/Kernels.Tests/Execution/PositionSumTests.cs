using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Programs;
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
}
