using Xunit;

namespace InfiniteNtk.Kernels.Tests.Matrices;

public class KernelMatrixTests
{
    private static readonly double[,] Six = { { 1, 2, 3 }, { 4, 5, 6 } };

    [Fact]
    public void An_array_goes_in_and_comes_out()
    {
        using var matrix = KernelMatrix<double>.From(Six);
        Assert.Equal(Six, matrix.ToArray());
        Assert.Equal((2, 3), (matrix.Rows, matrix.Columns));
        Assert.Equal(6, matrix[1, 2]);
    }

    [Fact]
    public void A_slice_is_a_window_on_the_same_numbers()
    {
        using var matrix = KernelMatrix<double>.From(Six);
        MatrixView<double> slice = matrix.View.Slice(0, 1, 2, 2);
        Assert.Equal([2, 3, 5, 6], slice.ToArray());
        slice[1, 0] = 50;
        slice.Row(0)[1] = 30;
        Assert.Equal([1, 2, 30, 4, 50, 6], matrix.View.ToArray());
        Assert.Equal([50], slice.Slice(1, 0, 1, 1).ToArray());
    }

    [Fact]
    public void Nothing_outside_can_be_reached()
    {
        using var matrix = KernelMatrix<double>.From(Six);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[2, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[0, 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[-1, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[0, -1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[0, 0] = matrix.View.Slice(0, 1, 1, 2)[0, 2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => { matrix.View.Row(2); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { matrix.View.Slice(1, 0, 2, 1); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { matrix.View.Slice(0, -1, 1, 1); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { matrix.View.Slice(0, 0, 1, nint.MaxValue); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { matrix.View.Slice(3, 0, 0, 0); });
    }

    [Fact]
    public void Copies_keep_their_place_in_a_larger_matrix()
    {
        using var matrix = KernelMatrix<double>.From(Six);
        using var wide = KernelMatrix<double>.From(new double[3, 5]);
        matrix.View.CopyTo(wide.View.Slice(1, 2, 2, 3));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 4, 5, 6], wide.View.ToArray());
        using KernelMatrix<double> copy = matrix.Copy();
        copy[0, 0] = -1;
        Assert.Equal(1, matrix[0, 0]);
        Assert.Throws<ArgumentException>(() => matrix.View.CopyTo(wide.View));
        Assert.Throws<ArgumentException>(() => matrix.View.CopyTo(new double[5]));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 7)]
    [InlineData(7, 0)]
    [InlineData(1, 1)]
    [InlineData(33, 65)]
    [InlineData(100, 31)]
    public void Transposing_exchanges_rows_and_columns(int rows, int columns)
    {
        using var matrix = new KernelMatrix<float>(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) matrix[i, j] = 1000 * i + j;
        }

        using KernelMatrix<float> transposed = matrix.Transpose();
        Assert.Equal((columns, rows), (transposed.Rows, transposed.Columns));
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) Assert.Equal(matrix[i, j], transposed[j, i]);
        }
    }

    [Fact]
    public void Precision_is_converted_to_the_nearest_number()
    {
        using var matrix = KernelMatrix<double>.From(new double[,] { { 0.1, -1e300 } }, MatrixStructure.General);
        using KernelMatrix<float> single = matrix.ConvertTo<float>();
        Assert.Equal([0.1f, float.NegativeInfinity], single.View.ToArray());
        using KernelMatrix<double> back = single.ConvertTo<double>();
        Assert.Equal(0.1f, back[0, 0]);
    }

    [Fact]
    public void What_is_known_about_a_matrix_stays_with_its_copies()
    {
        using var matrix = KernelMatrix<double>.From(new double[,] { { 1, 2 }, { 2, 5 } }, MatrixStructure.Symmetric);
        using KernelMatrix<double> copy = matrix.Copy();
        using KernelMatrix<float> single = matrix.ConvertTo<float>();
        Assert.Equal((MatrixStructure.Symmetric, MatrixStructure.Symmetric), (copy.Structure, single.Structure));
        Assert.Equal([1, 5], matrix.Diagonal());
    }

    [Fact]
    public void An_empty_matrix_is_a_matrix()
    {
        using var matrix = new KernelMatrix<double>(0, 5);
        Assert.Empty(matrix.ToArray());
        Assert.Empty(matrix.View.ToArray());
        Assert.Empty(matrix.Diagonal());
        using KernelMatrix<double> copy = matrix.Copy();
        Assert.Equal((0, 5), (copy.Rows, copy.Columns));
    }

    [Fact]
    public void Rows_beyond_the_side_of_the_largest_square_array_are_reached()
    {
        const int Rows = 1_500_000;
        using var matrix = new KernelMatrix<float>(Rows, 2);
        matrix[Rows - 1, 1] = 7;
        matrix[46_341, 0] = 5;
        Assert.Equal((7, 5), (matrix.View.Row(Rows - 1)[1], matrix.View.Slice(46_341, 0, 1, 1)[0, 0]));
    }

    [MemoryFact(9L << 30)]
    public void More_than_two_to_the_thirty_one_entries_are_reached()
    {
        // Only the pages that are touched take memory, so these 8.8 GB are reserved but not used.
        const nint Rows = 2_200_000;
        using var matrix = new KernelMatrix<float>(Rows, 1000);
        matrix[0, 0] = 1;
        matrix[Rows - 1, 999] = 2;
        Assert.Equal(3, matrix[0, 0] + matrix[Rows - 1, 999]);
        var error = Assert.Throws<InvalidArgumentException>(() => matrix.ToArray());
        Assert.Contains("2200000 rows", error.Received, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_sizes_are_refused()
    {
        Assert.Throws<InvalidArgumentException>(() => new KernelMatrix<double>(-1, 2));
        Assert.Throws<InvalidArgumentException>(() => new KernelMatrix<double>(2, -1));
        Assert.Throws<InvalidArgumentException>(() => new KernelMatrix<double>(nint.MaxValue, 2));
        Assert.Throws<MemoryBudgetException>(() => new KernelMatrix<double>(1 << 29, 1 << 29));
        Assert.Throws<MemoryBudgetException>(() => KernelMatrix<double>.Within(1 << 24, 1 << 24, "Cannot read"));
    }

    [Fact]
    public void A_disposed_matrix_is_refused()
    {
        var matrix = new KernelMatrix<double>(2, 2);
        matrix.Dispose();
        Assert.Throws<ObjectDisposedException>(() => matrix[0, 0]);
    }
}
