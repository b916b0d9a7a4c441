namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>What a learning curve needs to know of a population's kernel matrix before it starts.</summary>
/// <param name="MeanDiagonal">The scale of the kernel, above 0.</param>
/// <param name="Norm">Largest absolute row sum, the 1-norm.</param>
internal readonly record struct SymmetricKernel(double MeanDiagonal, double Norm)
{
    /// <summary>Differences of the two triangles beyond this share of the mean diagonal are not rounding.</summary>
    private const double AsymmetryAllowed = 1e-8;

    /// <summary>Reads the kernel once and refuses what no prediction could be made of.</summary>
    /// <exception cref="ShapeMismatchException">The matrix is not M x M.</exception>
    /// <exception cref="NonFiniteInputException">An entry is NaN or infinite.</exception>
    /// <exception cref="InvalidArgumentException">The matrix is not symmetric or its trace is not positive.</exception>
    public static SymmetricKernel Verify(KernelMatrix<double> kernel, nint points)
    {
        MatrixView<double> view = kernel.View;
        if (view.Rows != points || view.Columns != points)
        {
            throw new ShapeMismatchException(
                "Cannot use this kernel matrix", $"it has {view.Rows} rows and {view.Columns} columns", $"there are {points} labelled points",
                "Pass the kernel of all points with themselves");
        }

        double trace = 0;
        double norm = 0;
        for (nint i = 0; i < points; i++)
        {
            RequireFinite(view, i);
            double sum = 0;
            foreach (double value in view.Row(i)) sum += Math.Abs(value);
            norm = Math.Max(norm, sum);
            trace += view[i, i];
        }

        if (!(trace > 0))
        {
            throw new InvalidArgumentException(
                "Cannot use this kernel matrix", $"its trace is {trace}", "it must be positive", "Check that the inputs and weights are not all zero");
        }

        double scale = trace / points;
        RequireSymmetric(view, AsymmetryAllowed * scale);
        return new SymmetricKernel(scale, norm);
    }

    /// <summary>Refuses NaN and infinity, naming the place.</summary>
    public static void RequireFinite(MatrixView<double> view, nint row)
    {
        int column = view.Row(row).IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        if (column >= 0)
        {
            throw new NonFiniteInputException(
                "Cannot use this kernel matrix", $"row {row}, column {column} is {view[row, column]}", "every entry must be finite",
                "Check the network's variances: they may overflow with depth");
        }
    }

    private static void RequireSymmetric(MatrixView<double> view, double allowed)
    {
        const int block = 64;
        for (nint top = 0; top < view.Rows; top += block)
        {
            for (nint left = 0; left <= top; left += block)
            {
                for (nint i = top; i < Math.Min(top + block, view.Rows); i++)
                {
                    for (nint j = left; j < Math.Min(left + block, i); j++)
                    {
                        if (Math.Abs(view[i, j] - view[j, i]) <= allowed) continue;
                        throw new InvalidArgumentException(
                            "Cannot use this kernel matrix", $"entry ({i}, {j}) is {view[i, j]} but entry ({j}, {i}) is {view[j, i]}",
                            "it must be symmetric", "Pass the kernel of one set of points with itself");
                    }
                }
            }
        }
    }
}
