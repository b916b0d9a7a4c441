namespace InfiniteNtk.Regression.Predictors;

/// <summary>
/// ‖A‖₁·‖A⁻¹‖₁ of a factored matrix with a handful of solves: gradient ascent of ‖A⁻¹x‖₁ over the unit ball of the 1-norm,
/// which stops at a vertex. (Hager 1984; Higham 1988, algorithm 2.4, with his alternating last vector.)
/// </summary>
internal readonly struct ConditionEstimate
{
    private const int MostSteps = 5;

    public ConditionEstimate(CholeskyFactor factor)
    {
        nint n = factor.Size;
        if (n == 0)
        {
            Value = 1;
            return;
        }

        using var x = new KernelMatrix<double>(n, 1);
        using var z = new KernelMatrix<double>(n, 1);
        for (nint i = 0; i < n; i++) x[i, 0] = 1.0 / n;
        double best = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            factor.Solve(x.View);
            double norm = Norm(x);
            if (norm <= best) break;
            best = norm;
            for (nint i = 0; i < n; i++) z[i, 0] = x[i, 0] >= 0 ? 1 : -1;
            factor.Solve(z.View);
            nint largest = 0;
            for (nint i = 1; i < n; i++) largest = Math.Abs(z[i, 0]) > Math.Abs(z[largest, 0]) ? i : largest;
            for (nint i = 0; i < n; i++) x[i, 0] = i == largest ? 1 : 0;
        }

        for (nint i = 0; i < n; i++) x[i, 0] = (i % 2 == 0 ? 1 : -1) * (1 + (double)i / Math.Max(1, n - 1));
        factor.Solve(x.View);
        best = Math.Max(best, 2 * Norm(x) / (3 * n));
        Value = best * factor.Norm();
    }

    public double Value { get; }

    private static double Norm(KernelMatrix<double> x)
    {
        double sum = 0;
        for (nint i = 0; i < x.Rows; i++) sum += Math.Abs(x[i, 0]);
        return sum;
    }
}
