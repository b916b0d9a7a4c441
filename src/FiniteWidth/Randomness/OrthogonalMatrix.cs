namespace InfiniteNtk.FiniteWidth.Randomness;

/// <summary>Haar-distributed matrices with orthonormal rows or columns.</summary>
internal static class OrthogonalMatrix
{
    /// <summary>
    /// Turns independent Gaussians (rows × columns, row-major) in place into a Haar matrix times √max(rows, columns).
    /// </summary>
    /// <remarks>
    /// Gram–Schmidt is the QR factorisation whose R has a positive diagonal, the one that takes Gaussian to Haar
    /// (F. Mezzadri, Notices AMS 54 (2007)). Each vector is projected twice, which leaves it orthogonal to rounding.
    /// Cost 4·min²·max multiply-adds.
    /// </remarks>
    public static void FromGaussian(Span<double> matrix, int rows, int columns)
    {
        if (rows <= columns)
        {
            OrthonormalRows(matrix, rows, columns);
            return;
        }

        double[] transposed = new double[matrix.Length];
        Transpose(matrix, rows, columns, transposed);
        OrthonormalRows(transposed, columns, rows);
        Transpose(transposed, columns, rows, matrix);
    }

    private static void OrthonormalRows(Span<double> matrix, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = matrix.Slice(i * columns, columns);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++) Subtract(row, matrix.Slice(j * columns, columns));
                Scale(row, 1 / Math.Sqrt(Dot(row, row)));
            }
        }

        Scale(matrix, Math.Sqrt(columns));
    }

    /// <summary>row ← row − ⟨row, unit⟩·unit.</summary>
    private static void Subtract(Span<double> row, ReadOnlySpan<double> unit)
    {
        double projection = Dot(row, unit);
        for (int k = 0; k < row.Length; k++) row[k] -= projection * unit[k];
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++) sum += a[k] * b[k];
        return sum;
    }

    private static void Scale(Span<double> values, double factor)
    {
        for (int k = 0; k < values.Length; k++) values[k] *= factor;
    }

    private static void Transpose(ReadOnlySpan<double> source, int rows, int columns, Span<double> target)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) target[j * rows + i] = source[i * columns + j];
        }
    }
}
