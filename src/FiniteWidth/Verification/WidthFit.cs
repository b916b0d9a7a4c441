namespace InfiniteNtk.FiniteWidth.Verification;

/// <summary>
/// The weighted least-squares fit e(w) = a + b/w of one entry's error over widths: a is the error that remains at infinite width.
/// </summary>
/// <param name="Intercept">a.</param>
/// <param name="StandardError">Of a, from the standard errors of the points.</param>
/// <param name="Slope">b.</param>
/// <param name="DegreesOfFreedom">
/// Of the standard error, from the draws behind each point: F. E. Satterthwaite, Biometrics Bulletin 2 (1946).
/// </param>
internal readonly record struct WidthFit(double Intercept, double StandardError, double Slope, double DegreesOfFreedom)
{
    /// <summary>Errors below this are rounding: a point that does not scatter still has it.</summary>
    private const double Rounding = 1e-10;

    /// <summary>Fits points (width, e, standard error of e, draws).</summary>
    public static WidthFit Of(IReadOnlyList<(int Width, double Error, double StandardError, int Draws)> points)
    {
        double[] variances = [.. points.Select(point => Math.Pow(point.StandardError, 2) + Rounding * Rounding)];
        double sum = 0, sumX = 0, sumXX = 0, sumY = 0, sumXY = 0;
        for (int i = 0; i < points.Count; i++)
        {
            double x = 1.0 / points[i].Width;
            double weight = 1 / variances[i];
            sum += weight;
            sumX += weight * x;
            sumXX += weight * x * x;
            sumY += weight * points[i].Error;
            sumXY += weight * x * points[i].Error;
        }

        double determinant = sum * sumXX - sumX * sumX;
        double variance = sumXX / determinant;
        double parts = 0;
        for (int i = 0; i < points.Count; i++)
        {
            double coefficient = (sumXX - sumX / points[i].Width) / (variances[i] * determinant);
            parts += Math.Pow(coefficient * coefficient * variances[i], 2) / (points[i].Draws - 1);
        }

        return new WidthFit(
            (sumXX * sumY - sumX * sumXY) / determinant, Math.Sqrt(variance), (sum * sumXY - sumX * sumY) / determinant,
            variance * variance / parts);
    }
}
