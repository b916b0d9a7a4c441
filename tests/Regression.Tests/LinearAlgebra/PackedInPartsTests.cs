using Xunit;

namespace InfiniteNtk.Regression.Tests.LinearAlgebra;

/// <summary>Managed products pack some positions at a time; where the parts end must not show in the bits.</summary>
public class PackedInPartsTests
{
    private const int Rows = 26, Columns = 33, Length = 75_000, Chain = 256;

    [Fact]
    public void A_long_product_has_the_bits_of_one_multiply_add_chain_per_block_and_entry()
    {
        using KernelMatrix<double> a = Random(Rows, Length, 1), b = Random(Columns, Length, 2), c = Random(Rows, Columns, 3);
        double[,] expected = new double[Rows, Columns];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++) expected[i, j] = Entry(0.7, a.View.Row(i), b.View.Row(j), c[i, j]);
        }

        LinearAlgebraBackends.Open(LinearAlgebraBackend.Managed).Multiply(0.7, a.View, false, b.View, true, 1, c.View);
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++) Assert.Equal(expected[i, j], c[i, j]);
        }
    }

    private static double Entry(double alpha, ReadOnlySpan<double> x, ReadOnlySpan<double> y, double total)
    {
        for (int start = 0; start < x.Length; start += Chain)
        {
            double chain = 0;
            for (int k = start; k < Math.Min(x.Length, start + Chain); k++) chain = Math.FusedMultiplyAdd(x[k], y[k], chain);
            total = Math.FusedMultiplyAdd(alpha, chain, total);
        }

        return total;
    }

    private static KernelMatrix<double> Random(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        var matrix = new KernelMatrix<double>(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            foreach (ref double value in matrix.View.Row(i)) value = random.NextDouble() - 0.5;
        }

        return matrix;
    }
}
