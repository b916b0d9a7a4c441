using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>Variance and, for classes, covariance of the predictions at each of a set of points.</summary>
/// <param name="Variance">Summed over outputs, per point.</param>
/// <param name="Covariances">Upper triangle per point, row by row; empty where not needed.</param>
internal sealed record PointMoments(double[] Variance, double[] Covariances)
{
    /// <summary>Of predictions that do not vary.</summary>
    public static PointMoments None(int points) => new(new double[points], []);

    /// <summary>u - |g|^2, and the same of pairs of outputs.</summary>
    public static PointMoments OfPopulation(VariancePropagation propagation, KernelMatrix<double> residuals)
    {
        double[] variance = [.. propagation.SecondMoment];
        double[] covariances = [.. propagation.PairMoments];
        int pairs = covariances.Length == 0 ? 0 : propagation.Pairs;
        for (int i = 0; i < variance.Length; i++)
        {
            ReadOnlySpan<double> g = residuals.View.Row(i);
            foreach (double value in g) variance[i] -= value * value;
            variance[i] = Math.Max(variance[i], 0);
            for (int k = 0, pair = i * pairs; pair < (i + 1) * pairs; k++)
            {
                for (int l = k; l < g.Length; l++) covariances[pair++] -= g[k] * g[l];
            }
        }

        return new PointMoments(variance, covariances);
    }

    /// <summary>((1-pi)/pi) sum_j B_j^2 u_j per test point; overwrites B by its squares.</summary>
    public static PointMoments OfTestSet(VariancePropagation propagation, KernelMatrix<double> influence, double factor, ILinearAlgebra algebra)
    {
        int points = (int)influence.Rows;
        for (nint i = 0; i < points; i++)
        {
            foreach (ref double value in influence.View.Row(i)) value *= value;
        }

        double[] variance = factor == 0 ? new double[points] : Propagate(influence, propagation.SecondMoment, 1, factor, algebra);
        double[] covariances = propagation.PairMoments.Length == 0 ? []
            : Propagate(influence, propagation.PairMoments, propagation.Pairs, factor, algebra);
        return new PointMoments(variance, covariances);
    }

    private static double[] Propagate(KernelMatrix<double> squares, double[] moments, int width, double factor, ILinearAlgebra algebra)
    {
        using var from = new KernelMatrix<double>(squares.Columns, width);
        using var to = new KernelMatrix<double>(squares.Rows, width);
        for (nint j = 0; j < from.Rows; j++) moments.AsSpan((int)j * width, width).CopyTo(from.View.Row(j));
        algebra.Multiply(factor, squares.View, false, from.View, false, 0, to.View);
        double[] result = new double[squares.Rows * width];
        for (nint i = 0; i < to.Rows; i++) to.View.Row(i).CopyTo(result.AsSpan((int)i * width, width));
        return result;
    }
}
