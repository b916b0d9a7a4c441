using InfiniteNtk.FiniteWidth.Randomness;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Randomness;

public sealed class OrthogonalMatrixTests
{
    [Theory]
    [InlineData(7, 7)]
    [InlineData(3, 8)]
    [InlineData(8, 3)]
    [InlineData(1, 1)]
    [InlineData(60, 64)]
    public void The_fewer_of_rows_and_columns_are_orthonormal_up_to_scale(int rows, int columns)
    {
        double[] matrix = Sample(rows, columns, 0);
        int count = Math.Min(rows, columns);
        int length = Math.Max(rows, columns);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double product = Enumerable.Range(0, length).Sum(k => rows <= columns
                    ? matrix[i * columns + k] * matrix[j * columns + k]
                    : matrix[k * columns + i] * matrix[k * columns + j]);
                Assert.Equal(i == j ? length : 0, product, 1e-11 * length);
            }
        }
    }

    [Fact]
    public void Entries_have_the_moments_of_a_Haar_matrix()
    {
        const int Size = 4;
        const int Draws = 20000;
        double[][] all = [.. Enumerable.Range(0, Draws).Select(draw => Sample(Size, Size, (uint)draw))];
        for (int k = 0; k < Size * Size; k++)
        {
            Assert.Equal(0, all.Average(matrix => matrix[k]), 5 / Math.Sqrt(Draws));
            Assert.Equal(1, all.Average(matrix => matrix[k] * matrix[k]), 5 / Math.Sqrt(Draws));
            Assert.Equal(3.0 * Size / (Size + 2), all.Average(matrix => Math.Pow(matrix[k], 4)), 0.1);
        }
    }

    private static double[] Sample(int rows, int columns, uint draw)
    {
        var matrix = new double[rows * columns];
        new RandomStream(5, draw, "orthogonal").Gaussian(0, matrix);
        OrthogonalMatrix.FromGaussian(matrix, rows, columns);
        return matrix;
    }
}
