namespace InfiniteNtk.Regression.Data;

/// <summary>
/// Mean and population standard deviation of each column, in two passes so that a large offset does not drown the spread, and
/// in units of a power of two near the column's largest magnitude so that no square leaves the range of a double.
/// </summary>
internal static class FeatureMoments
{
    public static (Mean[] Means, double[] Deviations) Of(MatrixView<double> rows)
    {
        var means = new double[rows.Columns];
        var variances = new double[rows.Columns];
        int[] exponents = Exponents(rows);
        double[] units = [.. exponents.Select(e => Math.ScaleB(1, -e))];
        for (nint i = 0; i < rows.Rows; i++)
        {
            Span<double> row = rows.Row(i);
            for (int c = 0; c < row.Length; c++) means[c] += row[c] * units[c] / rows.Rows;
        }

        var shifts = new double[rows.Columns];
        for (nint i = 0; i < rows.Rows; i++)
        {
            Span<double> row = rows.Row(i);
            for (int c = 0; c < row.Length; c++)
            {
                double difference = row[c] * units[c] - means[c];
                shifts[c] += difference / rows.Rows;
                variances[c] += difference * difference / rows.Rows;
            }
        }

        // The mean's own rounding error, seen from the mean, corrects both.
        for (int c = 0; c < variances.Length; c++) variances[c] = Math.Max(0, variances[c] - shifts[c] * shifts[c]);
        return (
            [.. exponents.Select((e, c) => Mean.Of(Math.ScaleB(means[c], e), Math.ScaleB(shifts[c], e)))],
            [.. exponents.Select((e, c) => Math.ScaleB(Math.Sqrt(variances[c]), e))]);
    }

    /// <summary>√(mean of squares), the squares taken relative to the largest.</summary>
    public static double RootMeanSquare(double[] values)
    {
        double largest = values.Max(Math.Abs);
        return largest == 0 ? 0 : largest * Math.Sqrt(values.Average(v => v / largest * (v / largest)));
    }

    /// <summary>A deviation up to this size is the rounding of a constant's mean, not a spread.</summary>
    public static double Noise(double mean) => 1e-12 * Math.Abs(mean);

    /// <summary>The binary exponent of each column's largest magnitude; not below the normal numbers, whose reciprocals are finite.</summary>
    private static int[] Exponents(MatrixView<double> rows)
    {
        var largest = new double[rows.Columns];
        for (nint i = 0; i < rows.Rows; i++)
        {
            Span<double> row = rows.Row(i);
            for (int c = 0; c < row.Length; c++) largest[c] = Math.Max(largest[c], Math.Abs(row[c]));
        }

        return [.. largest.Select(peak => peak == 0 ? 0 : Math.Max(Math.ILogB(peak), -1022))];
    }
}
