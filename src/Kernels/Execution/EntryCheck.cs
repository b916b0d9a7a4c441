using System.Globalization;
using System.Numerics;

namespace InfiniteNtk.Kernels.Execution;

/// <summary>Refuses kernels with an entry that is not finite although every variance is: nobody is handed such a matrix.</summary>
internal static class EntryCheck
{
    /// <summary>Throws with the first such entry, row by row; reads every entry, so it is called where a worker has met one.</summary>
    /// <exception cref="NumericalFailureException">There is one.</exception>
    public static void Require<T>(KernelMatrix<T>? nngp, KernelMatrix<T>? ntk) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(nngp, "NNGP");
        Require(ntk, "NTK");
    }

    /// <summary>Throws if an entry is not finite.</summary>
    public static void Require(double entry, string kernel, nint row, nint column, bool isSingle)
    {
        if (double.IsFinite(entry)) return;
        throw new NumericalFailureException(
            "Cannot compute a kernel",
            string.Create(CultureInfo.InvariantCulture, $"the {kernel} of samples {row} and {column} (samples count from 0) is {entry} although every variance is finite"),
            "every entry is finite",
            isSingle ? "Compute in float64, or scale the inputs or weight variances down" : "Scale the inputs or weight variances down");
    }

    private static void Require<T>(KernelMatrix<T>? matrix, string kernel) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (matrix is null) return;
        MatrixView<T> view = matrix.View;
        for (nint row = 0; row < matrix.Rows; row++)
        {
            for (nint column = 0; column < matrix.Columns; column++)
            {
                Require(double.CreateTruncating(view[row, column]), kernel, row, column, typeof(T) == typeof(float));
            }
        }
    }
}
