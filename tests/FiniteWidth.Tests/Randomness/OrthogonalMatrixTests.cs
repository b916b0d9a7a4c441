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

    /// <summary>What one projection leaves of a row that was nearly one of those before it is mostly rounding, which the second one sees.</summary>
    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-12)]
    public void Rows_that_were_nearly_parallel_are_orthogonal_to_rounding(double apart)
    {
        const int Length = 40;
        double[] matrix = Sample(3, Length, 0, orthogonal: false);
        for (int k = 0; k < Length; k++) matrix[Length + k] = matrix[k] + apart * matrix[Length + k];
        OrthogonalMatrix.FromGaussian(matrix, 3, Length);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                double product = Enumerable.Range(0, Length).Sum(k => matrix[i * Length + k] * matrix[j * Length + k]);
                Assert.Equal(i == j ? Length : 0, product, 1e-14 * Length);
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

    private static double[] Sample(int rows, int columns, uint draw, bool orthogonal = true)
    {
        var matrix = new double[rows * columns];
        new RandomStream(5, draw, "orthogonal").Gaussian(0, matrix);
        if (orthogonal) OrthogonalMatrix.FromGaussian(matrix, rows, columns);
        return matrix;
    }
}
