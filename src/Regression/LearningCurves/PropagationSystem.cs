using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>
/// H = I - (1-pi) C with C_ij = R_ij^2/(R_ii R_jj), solved by conjugate gradients for many right-hand sides at once.
/// H is positive definite wherever the resampling equations have their solution.
/// </summary>
/// <param name="correlations">C, M x M.</param>
/// <param name="unseenShare">1 - pi.</param>
/// <param name="algebra">Multiplies C with blocks of vectors.</param>
internal sealed class PropagationSystem(KernelMatrix<double> correlations, double unseenShare, ILinearAlgebra algebra)
{
    private const int MostSteps = 500;

    /// <summary>Replaces each column of <paramref name="b"/> by H^-1 times it, to a relative residual of <paramref name="tolerance"/>.</summary>
    /// <returns>False where H is found not to be positive definite; the columns are then useless.</returns>
    public bool Solve(MatrixView<double> b, double tolerance)
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
            algebra.Multiply(-unseenShare, correlations.View, false, p, false, 1, q);
            double[] curvature = Dots(p, q);
            for (int c = 0; c < step.Length; c++)
            {
                bool active = squares[c] > goal[c];
                if (active && !(curvature[c] > 0)) return false;
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

        return true;
    }

    private static bool Unfinished(double[] squares, double[] goal)
    {
        for (int c = 0; c < squares.Length; c++)
        {
            if (squares[c] > goal[c]) return true;
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
