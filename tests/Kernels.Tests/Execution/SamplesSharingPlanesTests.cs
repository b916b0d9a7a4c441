using System.Numerics;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

/// <summary>
/// Left samples go through a plane together, as many as the cache holds: of small images all eight, of large ones some at a time, the
/// last of them fewer. One by one, as in tiles of one sample, they have the same bits.
/// </summary>
public sealed class SamplesSharingPlanesTests
{
    private const int Count = 11;

    /// <summary>400 positions: five at a time and three; 676: three, three and two; 1296: one by one.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(26)]
    [InlineData(36)]
    public void Samples_that_take_turns_in_a_plane_have_the_bits_of_single_ones(int extent)
    {
        var shape = new SampleShape([extent, extent], 2);
        AxisWindow window = new(extent, extent, 3, 1, 1);
        PoolAxis pool = new(new AxisWindow(extent, extent / 2, 2, 2, 0), PoolDivisor.WindowSize);
        var program = new KernelProgram(shape,
        [
            new InputProduct(0, false), new TapSum(1, 0, [window, window], 2, 0.1, 2, 0.1), new Dual(2, 1, new Relu()), new Drop(3, 2, 0.8),
            new TapSum(4, 3, [window, window], 2, 0.1, 2, 0.1), new Combine(5, [1, 4], [1, 1]), new MixPositions(6, 5, [pool, pool]),
            new Dual(7, 6, new Relu()), new FlattenPositions(8, 7),
        ]);
        RequireSameBits<float>(program);
        RequireSameBits<double>(program);
    }

    private static void RequireSameBits<T>(KernelProgram program) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Samples left = Images(program.Input, 1), right = Images(program.Input, 2);
        foreach (KernelRequest request in new KernelRequest[] { new(program, left), new(program, left, right) })
        {
            using KernelPair<T> together = new CpuExecutor().Run<T>(request, new ExecutionOptions { TileSize = 16, Threads = 1 });
            using KernelPair<T> single = new CpuExecutor().Run<T>(request, new ExecutionOptions { TileSize = 1, Threads = 1 });
            Assert.Equal(single.Nngp.ToArray(), together.Nngp.ToArray());
            Assert.Equal(single.Ntk.ToArray(), together.Ntk.ToArray());
        }
    }

    private static Samples Images(SampleShape shape, int seed) =>
        new(KernelMatrix<double>.From(ProgramGenerator.Rows(new Random(seed), Count, shape.Size)), shape);
}
