using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk;

/// <summary>
/// Ridge regression at many ridges from one eigendecomposition K = UΛUᵀ: training error, GCV, exact leave-one-out and the
/// spectral theory's estimates, each further ridge at the cost of a matrix-vector product.
/// </summary>
/// <remarks>
/// tr A⁻¹ = Σ1/(λ + δ), A⁻¹y = U·(c/(λ + δ)) with c = Uᵀy, [A⁻¹]ⱼⱼ = ΣUⱼᵢ²/(λᵢ + δ).
/// (Golub, Heath and Wahba 1979; Jacot et al. 2020, "Kernel alignment risk estimator".)
/// </remarks>
public static class RidgePath
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>The path, in the order of <paramref name="ridges"/>.</summary>
    /// <param name="kernel">Training kernel, n × n, n at least 1.</param>
    /// <param name="targets">n × outputs.</param>
    /// <param name="ridges">The ridges.</param>
    /// <param name="options">Who computes, who is asked and told; null: the defaults.</param>
    /// <exception cref="ShapeMismatchException">The sizes do not fit each other.</exception>
    /// <exception cref="NumericalFailureException">K + δI is singular to working precision, or K is indefinite.</exception>
    public static ValueList<RidgePathPoint> Of(
        KernelMatrix<double> kernel, KernelMatrix<double> targets, IEnumerable<Ridge> ridges, SolverOptions? options = null)
    {
        const string Asked = "Cannot follow a ridge path";
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(ridges);
        ILinearAlgebra algebra = (options ?? SolverOptions.Default).Watched;
        Operands.DemandSquare(kernel.View, targets.Rows, Asked);
        _ = Operands.LargestFinite(targets.View, Asked);
        if (kernel.Rows == 0) throw new InvalidArgumentException(Asked, "there are no training points", "there must be at least one", "Pass a kernel with rows");
        double mean = 0;
        for (nint i = 0; i < kernel.Rows; i++) mean += kernel[i, i] / kernel.Rows;

        using KernelMatrix<double> vectors = kernel.Copy();
        double[] eigenvalues = new double[kernel.Rows];
        algebra.Eigenvectors(vectors.View, eigenvalues);
        using var coefficients = new KernelMatrix<double>(targets.Rows, targets.Columns);
        algebra.Multiply(1, vectors.View, true, targets.View, false, 0, coefficients.View);
        return ridges.Select(ridge => At(ridge.For(mean), eigenvalues, vectors, coefficients, algebra)).ToValueList();
    }

    /// <summary>The same of targets' centred values; errors are in the targets' squared units and need no mean.</summary>
    /// <inheritdoc cref="Of(KernelMatrix{double}, KernelMatrix{double}, IEnumerable{Ridge}, SolverOptions?)"/>
    public static ValueList<RidgePathPoint> Of(KernelMatrix<double> kernel, Targets targets, IEnumerable<Ridge> ridges, SolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Of(kernel, targets.Values, ridges, options);
    }

    private static RidgePathPoint At(
        double delta, double[] eigenvalues, KernelMatrix<double> vectors, KernelMatrix<double> coefficients, ILinearAlgebra algebra)
    {
        int n = eigenvalues.Length;
        double smallest = eigenvalues[0] + delta, floor = n * Epsilon * Math.Max(Math.Abs(eigenvalues[^1]), Math.Abs(eigenvalues[0]));
        if (!(smallest > floor))
        {
            throw new NumericalFailureException(
                "Cannot follow a ridge path", FormattableString.Invariant($"with ridge {delta:G3} the smallest eigenvalue is {smallest:G3}, the largest {eigenvalues[^1] + delta:G3}"),
                "K + ridge must be positive definite to working precision",
                FormattableString.Invariant($"Leave out ridges below {2 * floor + Math.Max(0, -eigenvalues[0]):G2} (duplicate points make a kernel singular)"));
        }

        using KernelMatrix<double> scaled = coefficients.Copy(), solution = new(n, coefficients.Columns);
        double trace = 0, traceSquared = 0, power = 0, dimension = 0;
        for (int i = 0; i < n; i++)
        {
            double inverse = 1 / (eigenvalues[i] + delta);
            trace += inverse;
            traceSquared += inverse * inverse;
            dimension += eigenvalues[i] * inverse;
            foreach (ref double value in scaled.View.Row(i))
            {
                value *= inverse;
                power += value * value;
            }
        }

        algebra.Multiply(1, vectors.View, false, scaled.View, false, 0, solution.View);
        double leaveOneOut = 0;
        for (int j = 0; j < n; j++)
        {
            double diagonal = 0, square = 0;
            Span<double> row = vectors.View.Row(j);
            for (int i = 0; i < n; i++) diagonal += row[i] * row[i] / (eigenvalues[i] + delta);
            foreach (double value in solution.View.Row(j)) square += value * value;
            leaveOneOut += square / (diagonal * diagonal);
        }

        return new RidgePathPoint(
            delta, delta * delta * power / n, n * power / (trace * trace), leaveOneOut / n, 1 / trace, n * traceSquared / (trace * trace), dimension);
    }
}
