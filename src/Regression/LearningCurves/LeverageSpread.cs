using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>
/// How unlike the points are: standard deviation/mean of 1/[(K + ridge)^-1]_ii, the part of each point that the others do not explain.
/// Up to 1, predictions from the spectrum alone were within 16 %; at 1.6 up to 35 % off, at 4 ten times.
/// </summary>
public static class LeverageSpread
{
    /// <summary>The spread. Cost: one Cholesky inverse.</summary>
    /// <exception cref="NumericalFailureException">K + ridge is not positive definite.</exception>
    public static double Of(KernelMatrix<double> kernel, double ridge, ILinearAlgebra algebra)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(algebra);
        using var work = new KernelMatrix<double>(kernel.Rows, kernel.Columns);
        ShiftedKernel.Write(kernel, 1, ridge, [], work, Workers.Of(algebra));
        if (algebra.Cholesky(work.View) >= 0)
        {
            throw new NumericalFailureException(
                "Cannot compute the leverage of the points", $"the kernel matrix plus ridge {ridge:G3} is not positive definite", "it must be", "Raise the ridge");
        }

        algebra.InvertFromCholesky(work.View);
        double sum = 0, squares = 0;
        for (nint i = 0; i < work.Rows; i++) sum += 1 / work[i, i];
        double mean = sum / work.Rows;
        for (nint i = 0; i < work.Rows; i++) squares += (1 / work[i, i] - mean) * (1 / work[i, i] - mean);
        return Math.Sqrt(squares / work.Rows) / mean;
    }
}
