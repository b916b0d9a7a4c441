using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Regression.Data;

/// <summary>Mean and population variance of each column, in two passes so that a large offset does not drown the spread.</summary>
internal static class FeatureMoments
{
    public static (Mean[] Means, double[] Variances) Of(MatrixView<double> rows)
    {
        var means = new double[rows.Columns];
        var variances = new double[rows.Columns];
        for (nint i = 0; i < rows.Rows; i++)
        {
            Span<double> row = rows.Row(i);
            for (int c = 0; c < row.Length; c++) means[c] += row[c] / rows.Rows;
        }

        var shifts = new double[rows.Columns];
        for (nint i = 0; i < rows.Rows; i++)
        {
            Span<double> row = rows.Row(i);
            for (int c = 0; c < row.Length; c++)
            {
                double difference = row[c] - means[c];
                shifts[c] += difference / rows.Rows;
                variances[c] += difference * difference / rows.Rows;
            }
        }

        // The mean's own rounding error, seen from the mean, corrects both.
        for (int c = 0; c < variances.Length; c++) variances[c] = Math.Max(0, variances[c] - shifts[c] * shifts[c]);
        return ([.. means.Zip(shifts, Mean.Of)], variances);
    }

    /// <summary>A deviation up to this size is the rounding of a constant's mean, not a spread.</summary>
    public static double Noise(double mean) => 1e-12 * Math.Abs(mean);
}
