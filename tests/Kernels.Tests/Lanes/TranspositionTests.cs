using System.Numerics;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Matrices;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Lanes;

public class TranspositionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_number_of_a_block_goes_to_its_mirror_place_and_nothing_else_changes(bool stream)
    {
        RequireTransposed<double>(stream);
        RequireTransposed<float>(stream);
    }

    private static unsafe void RequireTransposed<T>(bool stream) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = Transposition.Size<T>(), width = 3 * size;
        using var source = new KernelMatrix<T>(size, width);
        using var target = new KernelMatrix<T>(size + 2, width);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < width; j++) source[i, j] = T.CreateChecked(100 * i + j);
        }

        for (int i = 0; i < size + 2; i++) target.View.Row(i).Clear();
        Transposition.Block(source.View.Origin + 5, width, target.View.Origin + width + size, width, stream);
        Streaming.Finish();
        for (int i = -1; i <= size; i++)
        {
            for (int j = -size; j < 2 * size; j++)
            {
                bool inside = i >= 0 && i < size && j >= 0 && j < size;
                Assert.Equal(inside ? source[j, i + 5] : T.Zero, target[i + 1, j + size]);
            }
        }
    }
}
