namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>Moments of the residuals at some points.</summary>
/// <param name="Points">The points.</param>
/// <param name="Mean">Mean residual, points x outputs.</param>
/// <param name="Second">Mean squared residual, summed over outputs.</param>
/// <param name="Pairs">Mean product of two outputs, upper triangle point by point; empty where not asked for.</param>
internal sealed record ResidualMoments(int[] Points, double[] Mean, double[] Second, double[] Pairs)
{
    /// <summary>Number of outputs.</summary>
    private int Outputs => Mean.Length / Math.Max(Points.Length, 1);

    /// <summary>Mean squared residual less the square of the mean, at least 0; per point, and for pairs of outputs.</summary>
    public PointMoments Variances()
    {
        int outputs = Outputs, pairs = Pairs.Length == 0 ? 0 : outputs * (outputs + 1) / 2;
        double[] variance = [.. Second], covariances = [.. Pairs];
        for (int i = 0; i < variance.Length; i++)
        {
            ReadOnlySpan<double> mean = Mean.AsSpan(i * outputs, outputs);
            foreach (double value in mean) variance[i] -= value * value;
            variance[i] = Math.Max(variance[i], 0);
            for (int k = 0, pair = i * pairs; pair < (i + 1) * pairs; k++)
            {
                for (int l = k; l < outputs; l++) covariances[pair++] -= mean[k] * mean[l];
            }
        }

        return new PointMoments(variance, covariances);
    }

    /// <summary>Row i becomes share x itself + (1 - share) x a row of another.</summary>
    public void Mix(int row, double share, ResidualMoments other, int otherRow)
    {
        Mix(Mean, row, share, other.Mean, otherRow, Outputs);
        Mix(Second, row, share, other.Second, otherRow, 1);
    }

    private static void Mix(double[] to, int row, double share, double[] from, int fromRow, int width)
    {
        for (int k = 0; k < width; k++) to[row * width + k] = share * to[row * width + k] + (1 - share) * from[fromRow * width + k];
    }
}
