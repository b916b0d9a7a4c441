using System.Numerics;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Products;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Products;

public class PanelProductTests
{
    private static readonly IMicroKernel<double>[] _doubleShapes =
    [
        new EightByThree<Double512Lane, double>(), new FourByThree<Double256Lane, double>(),
        new EightByThree<DoubleLane, double>(), new FourByThree<DoubleLane, double>(),
    ];

    private static readonly IMicroKernel<float>[] _singleShapes =
    [
        new EightByThree<Single512Lane, float>(), new FourByThree<Single256Lane, float>(), new FourByThree<SingleLane, float>(),
    ];

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 3, 2)]
    [InlineData(24, 24, 256)]
    [InlineData(25, 49, 257)]
    [InlineData(61, 30, 700)]
    [InlineData(0, 7, 3)]
    [InlineData(7, 0, 3)]
    [InlineData(7, 5, 0)]
    public void Every_shape_gives_the_bits_of_one_multiply_add_chain_per_block_and_entry(int rows, int columns, int length)
    {
        foreach (IMicroKernel<double> shape in _doubleShapes) RequireBits(shape, rows, columns, length, 1.0 / 3);
        foreach (IMicroKernel<float> shape in _singleShapes) RequireBits(shape, rows, columns, length, 1f / 3);
    }

    [Fact]
    public void Bits_of_an_entry_do_not_depend_on_the_tile_it_is_computed_in()
    {
        using KernelMatrix<double> x = Random<double>(100, 300, 3);
        using var panels = Packed(x);
        using var whole = new KernelMatrix<double>(100, 100);
        using var tiled = new KernelMatrix<double>(100, 100);
        Clear(whole.View);
        Clear(tiled.View);
        PanelProduct.Accumulate(1, panels, 0, panels, 0, whole.View);
        for (int i = 0; i < 100; i += 48)
        {
            for (int j = 0; j < 100; j += 24)
            {
                PanelProduct.Accumulate(1, panels, i, panels, j, tiled.View.Slice(i, j, Math.Min(48, 100 - i), Math.Min(24, 100 - j)));
            }
        }

        for (int i = 0; i < 100; i++)
        {
            for (int j = 0; j < 100; j++)
            {
                Assert.Equal(whole[i, j], tiled[i, j]);
                Assert.Equal(whole[i, j], whole[j, i]);
            }
        }
    }

    [Fact]
    public void Packing_the_columns_of_a_transposed_window_equals_packing_rows()
    {
        using KernelMatrix<double> x = Random<double>(31, 9, 4);
        using var transposed = new KernelMatrix<double>(12, 40);
        for (int i = 0; i < 31; i++)
        {
            for (int j = 0; j < 9; j++) transposed[j + 2, i + 5] = x[i, j];
        }

        using var rows = new PackedPanels<float>(31, 9);
        using var columns = new PackedPanels<float>(31, 9);
        rows.PackRows(0, x.View);
        columns.PackColumns(0, transposed.View.Slice(2, 5, 9, 31));
        for (int i = 0; i < 48; i++)
        {
            for (int j = 0; j < 9; j++) Assert.Equal(i < 31 ? (float)x[i, j] : 0, At(rows, i, j));
            for (int j = 0; j < 9; j++) Assert.Equal(At(rows, i, j), At(columns, i, j));
        }
    }

    [Fact]
    public unsafe void Squared_lengths_have_the_bits_of_the_diagonal()
    {
        using KernelMatrix<double> x = Random<double>(41, 515, 5);
        using var panels = Packed(x);
        using var product = new KernelMatrix<double>(41, 41);
        Clear(product.View);
        PanelProduct.Accumulate(1, panels, 0, panels, 0, product.View);
        double[] squares = new double[48];
        fixed (double* target = squares) SelfProduct.Write<Double512Lane, double>(panels, 0, 48, target);
        for (int i = 0; i < 41; i++) Assert.Equal(product[i, i], squares[i]);
        for (int i = 41; i < 48; i++) Assert.Equal(0, squares[i]);
    }

    private static void RequireBits<T>(IMicroKernel<T> shape, int rows, int columns, int length, T alpha)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using KernelMatrix<T> x = Random<T>(rows, length, 1), y = Random<T>(columns, length, 2), c = Random<T>(rows, columns + 2, 3);
        using KernelMatrix<T> expected = Random<T>(rows, columns + 2, 3);
        using PackedPanels<T> left = Packed(x), right = Packed(y);
        PanelProduct.Accumulate(shape, alpha, left, 0, right, 0, c.View.Slice(0, 1, rows, columns));
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) expected[i, j + 1] = Entry(alpha, x, i, y, j, length, expected[i, j + 1]);
            for (int j = 0; j < columns + 2; j++) Assert.Equal(expected[i, j], c[i, j]);
        }
    }

    private static T Entry<T>(T alpha, KernelMatrix<T> x, int i, KernelMatrix<T> y, int j, int length, T start)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T total = start;
        for (int block = 0; block < length; block += PanelProduct.BlockLength)
        {
            T chain = T.Zero;
            for (int k = block; k < Math.Min(length, block + PanelProduct.BlockLength); k++)
            {
                chain = T.FusedMultiplyAdd(x[i, k], y[j, k], chain);
            }

            total = T.FusedMultiplyAdd(alpha, chain, total);
        }

        return total;
    }

    private static PackedPanels<T> Packed<T>(KernelMatrix<T> rows) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var panels = new PackedPanels<T>(rows.Rows, rows.Columns);
        panels.PackRows(0, rows.View);
        return panels;
    }

    private static unsafe float At(PackedPanels<float> panels, int vector, int position) => *panels.At(vector, position);

    private static KernelMatrix<T> Random<T>(int rows, int columns, int seed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var matrix = new KernelMatrix<T>(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) matrix[i, j] = T.CreateTruncating(random.NextDouble() - 0.5);
        }

        return matrix;
    }

    private static void Clear(MatrixView<double> view)
    {
        for (nint i = 0; i < view.Rows; i++) view.Row(i).Clear();
    }
}
