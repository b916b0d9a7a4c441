using System.Numerics;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Programs;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

public class ColumnBlockTests
{
    private const int Count = 200;

    [Fact]
    public void A_tile_of_several_column_blocks_has_the_bits_of_small_tiles_in_double_precision() => Compare<double>();

    [Fact]
    public void A_tile_of_several_column_blocks_has_the_bits_of_small_tiles_in_single_precision() => Compare<float>();

    /// <summary>Dropout changes the diagonal and a flattening sums positions: both once for an entry, whatever the blocks.</summary>
    private static void Compare<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var program = new KernelProgram(
            new SampleShape([1, 3], 2),
            [
                new InputProduct(0, false), new Affine(1, 0, 2, 0.1, 2, 0.1), new Drop(2, 1, 0.5), new Dual(3, 2, new Relu()),
                new FlattenPositions(4, 3), new Drop(5, 4, 0.8),
            ]);
        var images = new double[Count, 1, 3, 2];
        var random = new Random(7);
        for (int i = 0; i < Count; i++)
        {
            for (int position = 0; position < 3; position++)
            {
                (images[i, 0, position, 0], images[i, 0, position, 1]) = (random.NextDouble() - 0.5, random.NextDouble() - 0.5);
            }
        }

        using Samples samples = Samples.FromImages(images);
        var request = new KernelRequest(program, samples);
        using KernelPair<T> small = new CpuExecutor().Run<T>(request, new ExecutionOptions { TileSize = 48 });
        using KernelPair<T> large = new CpuExecutor().Run<T>(request, new ExecutionOptions { TileSize = 240 });
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < Count; j++)
            {
                Assert.Equal(small.Nngp[i, j], large.Nngp[i, j]);
                Assert.Equal(small.Ntk[i, j], large.Ntk[i, j]);
            }
        }
    }
}
