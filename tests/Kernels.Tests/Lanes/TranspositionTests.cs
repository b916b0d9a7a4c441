using System.Numerics;
using System.Runtime.Intrinsics.X86;
using InfiniteNtk.Kernels.Lanes;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Lanes;

public class TranspositionTests
{
    private unsafe delegate void Transpose<T>(T* source, nint sourceStride, T* target, nint targetStride) where T : unmanaged;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public unsafe void Each_number_of_a_block_goes_to_its_mirror_place_and_nothing_else_changes(bool stream)
    {
        RequireTransposed<double>((source, stride, target, targetStride) => Transposition.Block(source, stride, target, targetStride, stream));
        RequireTransposed<float>((source, stride, target, targetStride) => Transposition.Block(source, stride, target, targetStride, stream));
    }

    [Fact]
    public unsafe void So_it_does_without_vectors_of_512_bits_and_without_any()
    {
        RequireTransposed<double>(Transposition.NumberByNumber);
        RequireTransposed<float>(Transposition.NumberByNumber);
        if (!Avx.IsSupported) return;
        RequireTransposed<double>(Transposition.Narrow);
        RequireTransposed<float>(Transposition.Narrow);
    }

    private static unsafe void RequireTransposed<T>(Transpose<T> transpose) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = Transposition.Size<T>(), width = 3 * size;
        using var source = new KernelMatrix<T>(size, width);
        using var target = new KernelMatrix<T>(size + 2, width);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < width; j++) source[i, j] = T.CreateChecked(100 * i + j);
        }

        for (int i = 0; i < size + 2; i++) target.View.Row(i).Clear();
        transpose(source.View.Origin + 5, width, target.View.Origin + width + size, width);
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
