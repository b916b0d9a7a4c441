namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>Variance and, for classes, covariance of the predictions at each of a set of points.</summary>
/// <param name="Variance">Summed over outputs, per point.</param>
/// <param name="Covariances">Upper triangle per point, row by row; empty where not needed.</param>
internal sealed record PointMoments(double[] Variance, double[] Covariances)
{
    /// <summary>Of predictions that do not vary.</summary>
    public static PointMoments None(int points) => new(new double[points], []);

    /// <summary>sum_g B_g^2 (rho Gamma + nu S)_g per test point, without copies ((1-pi)/pi) sum_j B_j^2 u_j; overwrites B by its squares.</summary>
    public static PointMoments OfTestSet(VariancePropagation propagation, KernelMatrix<double> influence, int pairs, ILinearAlgebra algebra)
    {
        for (nint i = 0; i < influence.Rows; i++)
        {
            foreach (ref double value in influence.View.Row(i)) value *= value;
        }

        double[] variance = Propagate(influence, 1, (g, _) => propagation.CoefficientVariance(g), algebra);
        double[] covariances = propagation.PairMoments.Length == 0 ? [] : Propagate(influence, pairs, propagation.CoefficientCovariance, algebra);
        return new PointMoments(variance, covariances);
    }

    private static double[] Propagate(KernelMatrix<double> squares, int width, Func<int, int, double> moment, ILinearAlgebra algebra)
    {
        using var from = new KernelMatrix<double>(squares.Columns, width);
        using var to = new KernelMatrix<double>(squares.Rows, width);
        for (int g = 0; g < from.Rows; g++)
        {
            for (int pair = 0; pair < width; pair++) from[g, pair] = moment(g, pair);
        }

        algebra.Multiply(1, squares.View, false, from.View, false, 0, to.View);
        double[] result = new double[squares.Rows * width];
        for (nint i = 0; i < to.Rows; i++) to.View.Row(i).CopyTo(result.AsSpan((int)i * width, width));
        return result;
    }
}
