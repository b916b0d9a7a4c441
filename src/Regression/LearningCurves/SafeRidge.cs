using System.Globalization;
using InfiniteNtk.Regression.LearningCurves;
using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk;

/// <summary>The ridge that a numerically singular kernel matrix needs.</summary>
/// <param name="Ridge">What to use, absolute.</param>
/// <param name="Note">Why it was raised; null where it was not.</param>
public readonly record struct SafeRidge(double Ridge, string? Note)
{
    private const double MachineEpsilon = 2.220446049250313e-16;

    /// <summary>
    /// Keeps a ridge delta of at least delta_min = 1e4 epsilon ||K||_1. Below, it is kept if K + (delta - delta_min/10) has a Cholesky
    /// factor, so that no direction is resolved by rounding noise alone, and raised to delta_min if not (duplicates, n beyond
    /// the rank). Cost: one Cholesky factorisation, only below delta_min.
    /// </summary>
    public static SafeRidge For(KernelMatrix<double> kernel, double ridge, ILinearAlgebra algebra)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(algebra);
        return For(kernel, SymmetricKernel.Verify(kernel, kernel.Rows), ridge, algebra);
    }

    internal static SafeRidge For(KernelMatrix<double> kernel, SymmetricKernel facts, double ridge, ILinearAlgebra algebra)
    {
        double smallest = 1e4 * MachineEpsilon * facts.Norm;
        if (ridge >= smallest) return new SafeRidge(ridge, null);
        using var work = new KernelMatrix<double>(kernel.Rows, kernel.Columns);
        double shift = (ridge - smallest / 10) / facts.MeanDiagonal;
        ShiftedKernel.Write(kernel, 1 / facts.MeanDiagonal, shift, [], work, Workers.Of(algebra));
        return algebra.Cholesky(work.View) < 0
            ? new SafeRidge(ridge, null)
            : new SafeRidge(smallest, string.Create(CultureInfo.InvariantCulture, $"ridge raised to {smallest:G3}: singular kernel"));
    }
}
