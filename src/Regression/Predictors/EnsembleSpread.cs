using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.Predictors;

/// <summary>
/// K_** + A S Aᵀ − A K_*ᵀ − K_* Aᵀ: how networks vary that were moved from f₀ to f₀(x_*) + A(y − f₀(x)). All in one basis of the training points.
/// </summary>
internal static class EnsembleSpread
{
    /// <summary>The whole of it, or its diagonal in one column, as the kernel of the test points is.</summary>
    /// <param name="a">A, tests × n.</param>
    /// <param name="cross">K_*, tests × n.</param>
    /// <param name="start">S without its ridge, n × n.</param>
    /// <param name="ridge">The ridge of S.</param>
    /// <param name="among">K_**, tests × tests or tests × 1.</param>
    /// <param name="algebra">Who computes.</param>
    public static KernelMatrix<double> Of(
        KernelMatrix<double> a, KernelMatrix<double> cross, KernelMatrix<double> start, double ridge, KernelMatrix<double> among, ILinearAlgebra algebra)
    {
        // −K_*Aᵀ + A(AS − K_*)ᵀ + K_**.
        KernelMatrix<double> spread = among.Copy();
        using KernelMatrix<double> moved = cross.Copy();
        algebra.Multiply(1, a.View, false, start.View, false, -1, moved.View);
        for (nint i = 0; i < a.Rows && ridge != 0; i++)
        {
            Span<double> row = moved.View.Row(i), own = a.View.Row(i);
            for (int k = 0; k < row.Length; k++) row[k] += ridge * own[k];
        }

        if (spread.Columns == spread.Rows)
        {
            algebra.Multiply(-1, cross.View, false, a.View, true, 1, spread.View);
            algebra.Multiply(1, a.View, false, moved.View, true, 1, spread.View);
            Mirror.LowerToUpper(spread.View);
            return spread;
        }

        for (nint i = 0; i < a.Rows; i++)
        {
            Span<double> row = a.View.Row(i), to = moved.View.Row(i), from = cross.View.Row(i);
            double sum = 0;
            for (int k = 0; k < row.Length; k++) sum += row[k] * (to[k] - from[k]);
            spread[i, 0] += sum;
        }

        return spread;
    }
}
