using MathNet.Numerics.LinearAlgebra;

namespace InfiniteNtk.FiniteWidth.Verification;

/// <summary>
/// The weighted least-squares fit e(w) = a + Σ b_k w^−p_k of one entry's error over widths: a is the error that remains at infinite width.
/// </summary>
/// <param name="Intercept">a.</param>
/// <param name="StandardError">Of a, from the standard errors of the points.</param>
/// <param name="Slopes">b, one a power.</param>
/// <param name="DegreesOfFreedom">
/// Of the standard error, from the draws behind each point: F. E. Satterthwaite, Biometrics Bulletin 2 (1946).
/// </param>
internal sealed record WidthFit(double Intercept, double StandardError, IReadOnlyList<double> Slopes, double DegreesOfFreedom)
{
    /// <summary>Errors below this are rounding: a point that does not scatter still has it.</summary>
    private const double Rounding = 1e-10;

    /// <summary>Fits the errors at more widths than there are powers.</summary>
    public static WidthFit Of(IReadOnlyList<ErrorAtWidth> points, IReadOnlyList<double> powers)
    {
        double[] variances = [.. points.Select(point => Math.Pow(point.StandardError, 2) + Rounding * Rounding)];
        // Columns scaled to the first width keep the normal equations tame.
        double first = points[0].Width;
        var design = Matrix<double>.Build.Dense(points.Count, powers.Count + 1, (i, k) => k == 0 ? 1 : Math.Pow(points[i].Width / first, -powers[k - 1]));
        var weights = Matrix<double>.Build.DenseOfDiagonalArray([.. variances.Select(variance => variances.Min() / variance)]);
        // Coefficients are this matrix times the errors.
        Matrix<double> coefficients = (design.Transpose() * weights * design).Solve(design.Transpose() * weights);
        Vector<double> fitted = coefficients * Vector<double>.Build.Dense(points.Count, i => points[i].Error);
        double[] parts = [.. variances.Select((variance, i) => coefficients[0, i] * coefficients[0, i] * variance)];
        double total = parts.Sum();
        return new WidthFit(
            fitted[0], Math.Sqrt(total), [.. powers.Select((power, k) => fitted[k + 1] * Math.Pow(first, power))],
            total * total / parts.Zip(points, (part, point) => part * part / (point.Draws - 1)).Sum());
    }
}
