using MathNet.Numerics.LinearAlgebra;

namespace InfiniteNtk.FiniteWidth.Verification;

/// <summary>
/// The weighted least-squares fit e(w) = a + Σ b_k w^−p_k of one entry's error over widths: a is the error that remains at infinite width.
/// </summary>
/// <remarks>
/// Weights are draws × width, since the variance of a draw falls with the width. They are not the variances seen: those go together with
/// the errors seen, and with few draws make a far too sure (at two draws a right kernel would be refuted five times too often).
/// </remarks>
/// <param name="Intercept">a.</param>
/// <param name="StandardError">Of a, from the standard errors of the points.</param>
/// <param name="Slopes">b, one a power.</param>
/// <param name="DegreesOfFreedom">
/// Of the standard error, from the draws behind each point: F. E. Satterthwaite, Biometrics Bulletin 2 (1946).
/// </param>
internal sealed record WidthFit(double Intercept, double StandardError, IReadOnlyList<double> Slopes, double DegreesOfFreedom)
{
    /// <summary>What |a| is not above, wrong in 1 of 200 cases: |a| + 2.6·SE, more at few degrees of freedom.</summary>
    public double Bound => Math.Abs(Intercept) + StudentsT.Margin(DegreesOfFreedom) * StandardError;

    /// <summary>The chance of an a as large as this where the limit is 0.</summary>
    public double Chance => StudentsT.TwoSided(Intercept / StandardError, DegreesOfFreedom);

    /// <summary>Fits the errors at more widths than there are powers.</summary>
    /// <param name="points">The errors.</param>
    /// <param name="powers">The powers of 1/width.</param>
    /// <param name="rounding">A standard error that every point has, scatter or none.</param>
    public static WidthFit Of(IReadOnlyList<ErrorAtWidth> points, IReadOnlyList<double> powers, double rounding = 1e-10)
    {
        double[] variances = [.. points.Select(point => point.StandardError * point.StandardError + rounding * rounding)];
        // Columns scaled to the first width keep the normal equations tame.
        double first = points[0].Width;
        var design = Matrix<double>.Build.Dense(points.Count, powers.Count + 1, (i, k) => k == 0 ? 1 : Math.Pow(points[i].Width / first, -powers[k - 1]));
        double most = points.Max(point => (double)point.Draws * point.Width);
        var weights = Matrix<double>.Build.DenseOfDiagonalArray([.. points.Select(point => (double)point.Draws * point.Width / most)]);
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
