namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>
/// H = I - D C D with C_gh = R_gh^2/(R_gg R_hh) and t = D^2 = rho/(1+rho), solved by conjugate gradients for many right-hand sides at once.
/// H is positive definite wherever the resampling equations have their solution. Without copies t = 1 - pi.
/// </summary>
/// <param name="correlations">D C D.</param>
/// <param name="damping">D, above 0.</param>
/// <param name="algebra">Multiplies the matrix with blocks of vectors.</param>
internal sealed class PropagationSystem(KernelMatrix<double> correlations, double[] damping, ILinearAlgebra algebra)
{
    private const int MostSteps = 500;

    /// <summary>y - t C y = b, in place: y = b + D u with H u = D C b.</summary>
    public PropagationOutcome SolveLeft(MatrixView<double> b, double tolerance)
    {
        using var u = new KernelMatrix<double>(b.Rows, b.Columns);
        Project(b, u.View);
        PropagationOutcome outcome = Solve(u.View, tolerance);
        Map(b, (value, row, column) => value + damping[row] * u[row, column]);
        return outcome;
    }

    /// <summary>y - C t y = r, in place: y = r + C D u with H u = D r.</summary>
    public PropagationOutcome SolveRight(MatrixView<double> r, double tolerance)
    {
        using var u = new KernelMatrix<double>(r.Rows, r.Columns);
        using var image = new KernelMatrix<double>(r.Rows, r.Columns);
        for (nint i = 0; i < r.Rows; i++) r.Row(i).CopyTo(u.View.Row(i));
        Map(u.View, (value, row, _) => value * damping[row]);
        PropagationOutcome outcome = Solve(u.View, tolerance);
        algebra.Multiply(1, correlations.View, false, u.View, false, 0, image.View);
        Map(r, (value, row, column) => value + image[row, column] / damping[row]);
        return outcome;
    }

    /// <summary>y &lt;- C y - y.</summary>
    public void SpreadToOthers(MatrixView<double> y)
    {
        using var image = new KernelMatrix<double>(y.Rows, y.Columns);
        Project(y, image.View);
        Map(y, (value, row, column) => image[row, column] / damping[row] - value);
    }

    /// <summary>D C b = (D C D) b/D.</summary>
    private void Project(MatrixView<double> b, MatrixView<double> image)
    {
        using var divided = new KernelMatrix<double>(b.Rows, b.Columns);
        for (nint i = 0; i < b.Rows; i++) b.Row(i).CopyTo(divided.View.Row(i));
        Map(divided.View, (value, row, _) => value / damping[row]);
        algebra.Multiply(1, correlations.View, false, divided.View, false, 0, image);
    }

    private static void Map(MatrixView<double> matrix, Func<double, int, int, double> function)
    {
        for (int i = 0; i < matrix.Rows; i++)
        {
            Span<double> row = matrix.Row(i);
            for (int c = 0; c < row.Length; c++) row[c] = function(row[c], i, c);
        }
    }

    /// <summary>Replaces each column of <paramref name="b"/> by H^-1 times it, to a relative residual of <paramref name="tolerance"/>.</summary>
    /// <returns>What became of it; only after <see cref="PropagationOutcome.Solved"/> are the columns of use.</returns>
    public PropagationOutcome Solve(MatrixView<double> b, double tolerance)
    {
        nint rows = b.Rows;
        nint columns = b.Columns;
        using var residual = new KernelMatrix<double>(rows, columns);
        using var direction = new KernelMatrix<double>(rows, columns);
        using var image = new KernelMatrix<double>(rows, columns);
        MatrixView<double> r = residual.View, p = direction.View, q = image.View;
        for (nint i = 0; i < rows; i++)
        {
            b.Row(i).CopyTo(r.Row(i));
            b.Row(i).CopyTo(p.Row(i));
            b.Row(i).Clear();
        }

        double[] squares = Dots(r, r);
        double[] goal = Array.ConvertAll(squares, square => tolerance * tolerance * square);
        double[] step = new double[columns];
        double[] turn = new double[columns];
        for (int iteration = 0; iteration < MostSteps && Unfinished(squares, goal); iteration++)
        {
            for (nint i = 0; i < rows; i++) p.Row(i).CopyTo(q.Row(i));
            algebra.Multiply(-1, correlations.View, false, p, false, 1, q);
            double[] curvature = Dots(p, q);
            for (int c = 0; c < step.Length; c++)
            {
                bool active = !(squares[c] <= goal[c]);
                if (active && !(curvature[c] > 0)) return PropagationOutcome.Indefinite;
                step[c] = active ? squares[c] / curvature[c] : 0;
            }

            for (nint i = 0; i < rows; i++)
            {
                AddScaled(step, p.Row(i), b.Row(i), 1);
                AddScaled(step, q.Row(i), r.Row(i), -1);
            }

            double[] next = Dots(r, r);
            for (int c = 0; c < turn.Length; c++) turn[c] = step[c] > 0 ? next[c] / squares[c] : 0;
            for (nint i = 0; i < rows; i++) Turn(turn, r.Row(i), p.Row(i));
            squares = next;
        }

        return Unfinished(squares, goal) ? PropagationOutcome.Unfinished : PropagationOutcome.Solved;
    }

    private static bool Unfinished(double[] squares, double[] goal)
    {
        for (int c = 0; c < squares.Length; c++)
        {
            // Also where it is NaN.
            if (!(squares[c] <= goal[c])) return true;
        }

        return false;
    }

    private static double[] Dots(MatrixView<double> a, MatrixView<double> b)
    {
        double[] sums = new double[a.Columns];
        for (nint i = 0; i < a.Rows; i++)
        {
            ReadOnlySpan<double> left = a.Row(i), right = b.Row(i);
            for (int c = 0; c < sums.Length; c++) sums[c] += left[c] * right[c];
        }

        return sums;
    }

    private static void AddScaled(double[] factors, ReadOnlySpan<double> from, Span<double> to, double sign)
    {
        for (int c = 0; c < factors.Length; c++) to[c] += sign * factors[c] * from[c];
    }

    private static void Turn(double[] factors, ReadOnlySpan<double> residual, Span<double> direction)
    {
        for (int c = 0; c < factors.Length; c++) direction[c] = residual[c] + factors[c] * direction[c];
    }
}
