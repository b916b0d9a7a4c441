using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Regression.Predictors;

/// <summary>Copies that solvers may overwrite.</summary>
internal static class Copies
{
    public static KernelMatrix<double> Of(KernelMatrix<double> source)
    {
        var copy = new KernelMatrix<double>(source.Rows, source.Columns, source.Structure);
        for (nint i = 0; i < source.Rows; i++) source.View.Row(i).CopyTo(copy.View.Row(i));
        return copy;
    }

    public static KernelMatrix<double> TransposeOf(KernelMatrix<double> source)
    {
        var copy = new KernelMatrix<double>(source.Columns, source.Rows);
        for (nint i = 0; i < source.Rows; i++)
        {
            for (nint j = 0; j < source.Columns; j++) copy[j, i] = source[i, j];
        }

        return copy;
    }
}
