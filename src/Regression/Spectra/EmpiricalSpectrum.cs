namespace InfiniteNtk;

/// <summary>
/// The spectrum of a kernel matrix K = U diag(e) U^T on its M points, with the targets' power in its eigenbasis:
/// lambda_i = e_i/M, v_i^2 = sum_outputs (u_i^T y)^2/M.
/// </summary>
public sealed class EmpiricalSpectrum
{
    private readonly double[] _eigenvalues;
    private readonly double[] _squares;
    private readonly int _outputs;

    private EmpiricalSpectrum(double[] eigenvalues, double[] squares, int outputs)
    {
        _eigenvalues = eigenvalues;
        _squares = squares;
        _outputs = outputs;
        double count = eigenvalues.Length;
        Spectrum = new Spectrum(
            Array.ConvertAll(eigenvalues, e => Math.Max(e, 0) / count), Array.ConvertAll(squares, square => square / count));
    }

    /// <summary>Eigenvalues e_i of the kernel matrix, largest first, as computed: rounding can leave some below 0.</summary>
    public ReadOnlySpan<double> Eigenvalues => _eigenvalues;

    /// <summary>lambda and v^2, largest first; negative eigenvalues are zero modes that keep their power.</summary>
    public Spectrum Spectrum { get; }

    /// <summary>Whether no eigenvalue is negative beyond rounding, M epsilon lambda_max.</summary>
    public bool IsPositiveSemidefinite => _eigenvalues[^1] >= -1e-14 * _eigenvalues.Length * Math.Max(_eigenvalues[0], 0);

    /// <summary>Kernel-target alignment sum_outputs y^T K y/(||K||_F ||y||^2), between 0 and 1; 0 where either is 0.</summary>
    public double Alignment
    {
        get
        {
            double inner = 0, norm = 0, power = 0;
            for (int i = 0; i < _eigenvalues.Length; i++)
            {
                inner += _eigenvalues[i] * _squares[i];
                norm += _eigenvalues[i] * _eigenvalues[i];
                power += _squares[i];
            }

            // It cannot be negative; below the rounding of the eigenvalues it is none.
            double alignment = norm > 0 && power > 0 ? inner / (Math.Sqrt(norm) * power) : 0;
            return alignment > 1e-16 * _eigenvalues.Length ? alignment : 0;
        }
    }

    /// <summary>
    /// Diagonalises a copy of the kernel, without eigenvectors. Cost: 4/3 M^3 multiply-adds and one M x M matrix.
    /// </summary>
    /// <param name="kernel">M x M.</param>
    /// <param name="targets">Of the same points.</param>
    /// <param name="options">Who computes, who is asked and told; null: the defaults.</param>
    public static EmpiricalSpectrum Of(KernelMatrix<double> kernel, Targets targets, SolverOptions? options = null) =>
        Of(kernel, targets, (options ?? SolverOptions.Default).Watched);

    /// <summary>The same by who computes a comparison.</summary>
    internal static EmpiricalSpectrum Of(KernelMatrix<double> kernel, Targets targets, ILinearAlgebra algebra)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(algebra);
        _ = Regression.LearningCurves.SymmetricKernel.Verify(kernel, targets.Count);
        using var work = new KernelMatrix<double>(kernel.Rows, kernel.Columns);
        using var coefficients = new KernelMatrix<double>(targets.Count, targets.Values.Columns);
        for (nint i = 0; i < kernel.Rows; i++)
        {
            kernel.View.Row(i).CopyTo(work.View.Row(i));
            targets.Values.View.Row(i).CopyTo(coefficients.View.Row(i));
        }

        double[] eigenvalues = new double[kernel.Rows];
        algebra.EigenvaluesAndCoefficients(work.View, eigenvalues, coefficients.View);
        double[] squares = new double[eigenvalues.Length];
        for (int i = 0; i < squares.Length; i++)
        {
            foreach (double coefficient in coefficients.View.Row(i)) squares[i] += coefficient * coefficient;
        }

        Array.Reverse(eigenvalues);
        Array.Reverse(squares);
        return new EmpiricalSpectrum(eigenvalues, squares, (int)targets.Values.Columns);
    }

    /// <summary>
    /// Log marginal likelihood of all points under a Gaussian process with covariance K + ridge, independent outputs, divided by
    /// points x outputs. NaN where K + ridge is not positive definite.
    /// </summary>
    /// <param name="ridge">delta, absolute.</param>
    /// <param name="unit">
    /// What one unit of the prior is in the targets' own unit: the targets are divided by it. A kernel of a network is of order one;
    /// house prices are not.
    /// </param>
    public double LogEvidencePerPoint(double ridge, double unit = 1)
    {
        double quadratic = 0, logDeterminant = 0;
        for (int i = 0; i < _eigenvalues.Length; i++)
        {
            double e = _eigenvalues[i] + ridge;
            if (!(e > 0)) return double.NaN;
            quadratic += _squares[i] / e;
            logDeterminant += Math.Log(e);
        }

        double count = _eigenvalues.Length;
        return -0.5 * (quadratic / (unit * unit) / (count * _outputs) + logDeterminant / count + Math.Log(2 * Math.PI));
    }

    /// <summary>tr K (K + ridge)^-1: how many directions the ridge leaves free.</summary>
    public double EffectiveDimension(double ridge)
    {
        double sum = 0;
        foreach (double e in _eigenvalues) sum += e > 0 ? e / (e + ridge) : 0;
        return sum;
    }

    /// <summary>(e_max + ridge)/(e_min + ridge), negative rounding taken as 0; infinite for a singular matrix without ridge.</summary>
    public double ConditionNumber(double ridge) => (_eigenvalues[0] + ridge) / (Math.Max(_eigenvalues[^1], 0) + ridge);
}
