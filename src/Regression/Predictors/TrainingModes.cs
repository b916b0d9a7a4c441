namespace InfiniteNtk.Regression.Predictors;

/// <summary>
/// The modes of a training: Θ̂ = VΛVᵀ with what else lies on the training points in that basis. Each mode is learned on its own.
/// </summary>
internal sealed class TrainingModes : IDisposable
{
    private const double MachineEpsilon = 2.220446049250313e-16;

    private readonly double _rate;
    private readonly TrainingTime _time;

    /// <summary>Diagonalises: O(n³).</summary>
    /// <param name="dynamics">Θ or K of the training points.</param>
    /// <param name="start">The covariance of the start on them.</param>
    /// <param name="targets">y, as fitted.</param>
    /// <param name="ridge">Added to the dynamics, absolute.</param>
    /// <param name="startRidge">Added to the start.</param>
    /// <param name="rate">η/N.</param>
    /// <param name="time">What t is.</param>
    /// <param name="algebra">Who computes.</param>
    public TrainingModes(
        KernelMatrix<double> dynamics, KernelMatrix<double> start, KernelMatrix<double> targets, double ridge, double startRidge, double rate, TrainingTime time,
        ILinearAlgebra algebra)
    {
        _rate = rate;
        _time = time;
        Eigenvalues = new double[checked((int)dynamics.Rows)];
        Vectors = Shifted(dynamics, ridge);
        algebra.Eigenvectors(Vectors.View, Eigenvalues);
        // What rounding makes of a null direction must not be learned in the end, whichever sign it has.
        double rounding = Eigenvalues.Length == 0 ? 0 : MachineEpsilon * Eigenvalues.Length * Eigenvalues[^1];
        foreach (ref double lambda in Eigenvalues.AsSpan()) lambda = lambda > rounding ? lambda : 0;
        Coefficients = Product(algebra, Vectors, true, targets, false);
        using KernelMatrix<double> covariance = Shifted(start, startRidge);
        using KernelMatrix<double> half = Product(algebra, covariance, false, Vectors, false);
        Start = Product(algebra, Vectors, true, half, false);
    }

    /// <summary>V, one eigenvector a column.</summary>
    public KernelMatrix<double> Vectors { get; }

    /// <summary>Λ, ascending; those within rounding of zero are zero.</summary>
    public double[] Eigenvalues { get; }

    /// <summary>Vᵀy.</summary>
    public KernelMatrix<double> Coefficients { get; }

    /// <summary>VᵀKV.</summary>
    public KernelMatrix<double> Start { get; }

    /// <summary>e^{−λτ}, or (1 − λη/N)^t; directions of eigenvalue 0 never move.</summary>
    public double[] Decay(double time) => Array.ConvertAll(Eigenvalues, lambda => lambda > 0 ? 1 - Learned(lambda * _rate, time) : 1);

    /// <summary>(1 − e^{−λτ})/λ, which is τ at λ = 0; for t = ∞ such directions are left out.</summary>
    public double[] Gain(double time) => Array.ConvertAll(
        Eigenvalues, lambda => lambda > 0 ? Learned(lambda * _rate, time) / lambda : double.IsPositiveInfinity(time) ? 0 : _rate * time);

    /// <inheritdoc/>
    public void Dispose()
    {
        Vectors.Dispose();
        Coefficients.Dispose();
        Start.Dispose();
    }

    /// <summary>op(A)·op(B).</summary>
    public static KernelMatrix<double> Product(ILinearAlgebra algebra, KernelMatrix<double> a, bool transposeA, KernelMatrix<double> b, bool transposeB)
    {
        var product = new KernelMatrix<double>(transposeA ? a.Columns : a.Rows, transposeB ? b.Rows : b.Columns);
        algebra.Multiply(1, a.View, transposeA, b.View, transposeB, 0, product.View);
        return product;
    }

    /// <summary>A copy with each row or column multiplied.</summary>
    public static KernelMatrix<double> Scaled(KernelMatrix<double> matrix, Func<nint, double> factor, bool rows)
    {
        var scaled = new KernelMatrix<double>(matrix.Rows, matrix.Columns);
        for (nint i = 0; i < matrix.Rows; i++)
        {
            for (nint j = 0; j < matrix.Columns; j++) scaled[i, j] = matrix[i, j] * factor(rows ? i : j);
        }

        return scaled;
    }

    private static KernelMatrix<double> Shifted(KernelMatrix<double> matrix, double shift)
    {
        KernelMatrix<double> shifted = matrix.Copy();
        for (nint i = 0; i < matrix.Rows; i++) shifted[i, i] += shift;
        return shifted;
    }

    /// <summary>1 − e^{−xt}, or 1 − (1 − x)^t, without cancellation where it is small.</summary>
    private double Learned(double x, double time)
    {
        if (_time == TrainingTime.Flow) return Saturation(x * time);
        return x < 1 ? Saturation(-time * LogOfOneMinus(x)) : 1 - Math.Pow(1 - x, time);
    }

    /// <summary>1 − e^{−x} (MathNet.Numerics 5.0 Expm1 is good to 1e-9 only).</summary>
    private static double Saturation(double x) => x < 1 ? 2 * Math.Exp(-0.5 * x) * Math.Sinh(0.5 * x) : 1 - Math.Exp(-x);

    /// <summary>ln(1 − x): the rounding of 1 − x, which is exact to take back, is divided out.</summary>
    private static double LogOfOneMinus(double x)
    {
        double rest = 1 - x;
        return rest == 1 ? -x : Math.Log(rest) * x / (1 - rest);
    }
}
