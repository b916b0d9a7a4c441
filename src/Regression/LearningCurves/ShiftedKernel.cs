using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>Writes the matrices that are factorised: scale K + (shift + w) on the diagonal.</summary>
internal static class ShiftedKernel
{
    /// <summary>Fills the lower triangle of <paramref name="destination"/>; an empty <paramref name="w"/> is zero.</summary>
    public static void Write(
        KernelMatrix<double> kernel, double scale, double shift, double[] w, KernelMatrix<double> destination, Workers workers) =>
        workers.Run(kernel.Rows, row =>
        {
            ReadOnlySpan<double> from = kernel.View.Row(row)[..((int)row + 1)];
            Span<double> to = destination.View.Row(row)[..((int)row + 1)];
            for (int j = 0; j < to.Length; j++) to[j] = scale * from[j];
            to[(int)row] += shift + (w.Length == 0 ? 0 : w[row]);
        });

    /// <summary>R_ij &lt;- R_ij^2/(d_i d_j), in place.</summary>
    public static void SquareCorrelations(KernelMatrix<double> inverse, double[] diagonal, Workers workers)
    {
        double[] reciprocal = Array.ConvertAll(diagonal, value => 1 / value);
        workers.Run(inverse.Rows, row =>
        {
            Span<double> entries = inverse.View.Row(row);
            double own = reciprocal[row];
            for (int j = 0; j < entries.Length; j++) entries[j] = entries[j] * own * (entries[j] * reciprocal[j]);
        });
    }
}
