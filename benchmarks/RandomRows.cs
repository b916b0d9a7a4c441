namespace InfiniteNtk.Benchmarks;

/// <summary>Seeded uniform numbers.</summary>
internal static class RandomRows
{
    public static KernelMatrix<double> Matrix(int rows, int columns)
    {
        var random = new Random(1);
        var matrix = new KernelMatrix<double>(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            foreach (ref double value in matrix.View.Row(i)) value = random.NextDouble() - 0.5;
        }

        return matrix;
    }
}
