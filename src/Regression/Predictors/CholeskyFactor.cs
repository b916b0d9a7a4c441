using InfiniteNtk.Regression.LinearAlgebra;
using InfiniteNtk.Regression.Predictors;

namespace InfiniteNtk;

/// <summary>
/// A = K + δI = L·Lᵀ: factored once, solved with often, n³/3 multiply-adds to factor and n² per right-hand side.
/// </summary>
/// <remarks>
/// <para>
/// A matrix counts as singular when a pivot Lᵢᵢ² does not exceed n·ε·max Aᵢᵢ: then rounding alone decides the answer. It is
/// factored again with a jitter of 1e-15 of the mean diagonal, ten times more at each attempt, up to <see cref="LargestJitter"/>.
/// What was added is in the <see cref="Report"/>; if that is not enough a <see cref="NumericalFailureException"/> names the leading minor.
/// </para>
/// <para>Memory: one n × n matrix; its upper triangle keeps A for measuring residuals.</para>
/// </remarks>
public sealed class CholeskyFactor : IDisposable
{
    /// <summary>The most that is ever added to a singular matrix, in units of the kernel's mean diagonal.</summary>
    public const double LargestJitter = 1e-8;

    private const double FirstJitter = 1e-15;
    private const double Epsilon = 2.220446049250313e-16;

    private readonly KernelMatrix<double> _factor;
    private readonly double[] _diagonal;
    private readonly ILinearAlgebra _algebra;

    private CholeskyFactor(KernelMatrix<double> factor, double[] diagonal, ILinearAlgebra algebra, SolveReport report)
    {
        (_factor, _diagonal, _algebra) = (factor, diagonal, algebra);
        Report = report with { Condition = new ConditionEstimate(this).Value };
    }

    /// <summary>n.</summary>
    public nint Size => _factor.Rows;

    /// <summary>Backend, ridge, jitter, condition; no residual yet.</summary>
    public SolveReport Report { get; }

    /// <summary>log det A.</summary>
    public double LogDeterminant
    {
        get
        {
            double sum = 0;
            for (nint i = 0; i < Size; i++) sum += Math.Log(_factor[i, i]);
            return 2 * sum;
        }
    }

    /// <summary>Factors K + δI; K itself is left alone.</summary>
    /// <param name="kernel">Symmetric positive semidefinite.</param>
    /// <param name="ridge">δ, with its unit.</param>
    /// <param name="options">Who computes, who is asked and told; null: the defaults.</param>
    /// <exception cref="ShapeMismatchException">The kernel is not square.</exception>
    /// <exception cref="NonFiniteInputException">The kernel holds NaN or an infinity.</exception>
    /// <exception cref="InvalidArgumentException">The kernel is not symmetric.</exception>
    /// <exception cref="NumericalFailureException">It is indefinite, or singular beyond the largest jitter.</exception>
    public static CholeskyFactor Of(KernelMatrix<double> kernel, Ridge ridge, SolverOptions? options = null)
    {
        const string Asked = "Cannot factor a kernel matrix";
        ArgumentNullException.ThrowIfNull(kernel);
        ILinearAlgebra algebra = (options ?? SolverOptions.Default).Watched;
        Operands.DemandSquare(kernel.View, Asked);
        double largest = Operands.LargestFinite(kernel.View, Asked);
        if (kernel.Structure != MatrixStructure.Symmetric) Operands.DemandSymmetric(kernel.View, largest, Asked);
        double mean = MeanDiagonal(kernel), delta = ridge.For(mean), jitter = 0;
        nint minor = -1;
        for (double step = FirstJitter; ; step *= 10)
        {
            var factor = new KernelMatrix<double>(kernel.Rows, kernel.Columns);
            double[] diagonal = CopyWithRidge(kernel, delta + jitter, factor);
            minor = algebra.Cholesky(factor.View);
            if (minor < 0) minor = FirstRoundedPivot(factor, diagonal);
            if (minor < 0)
            {
                var report = new SolveReport(algebra.Name, delta, jitter, jitter == 0 ? 0 : jitter / mean, 0, null);
                return new CholeskyFactor(factor, diagonal, algebra, report);
            }

            factor.Dispose();
            jitter = step * mean;
            if (step > LargestJitter * 1.5 || !(jitter > 0)) break;
        }

        throw new NumericalFailureException(
            Asked,
            FormattableString.Invariant(
                $"leading minor {minor + 1} of {kernel.Rows} is not positive with ridge {delta:G3}, even with a jitter of {LargestJitter:G1} times the mean diagonal {mean:G3}"),
            "a kernel matrix must be positive semidefinite, and with duplicate points it needs a ridge",
            mean == 0
                ? "The diagonal is zero, and a relative ridge of zero is none: check that the inputs are not all constant, give the network a bias, or use Ridge.Absolute"
                : "Raise the ridge, for example Ridge.Relative(1e-6), remove duplicate points, or check how the matrix was computed");
    }

    /// <summary>B ← A⁻¹·B, n × any number of columns.</summary>
    public void Solve(MatrixView<double> b)
    {
        _algebra.SolveTriangular(_factor.View, false, b);
        _algebra.SolveTriangular(_factor.View, true, b);
    }

    /// <summary>B ← L⁻¹·B: then BᵀB is BᵀA⁻¹B of the old B.</summary>
    public void SolveHalf(MatrixView<double> b) => _algebra.SolveTriangular(_factor.View, false, b);

    /// <summary>A⁻¹, symmetric bit for bit: two thirds of n³ multiply-adds and a second matrix.</summary>
    public KernelMatrix<double> Inverse()
    {
        var inverse = new KernelMatrix<double>(Size, Size, MatrixStructure.Symmetric);
        for (nint i = 0; i < Size; i++) _factor.View.Row(i).CopyTo(inverse.View.Row(i));
        _algebra.InvertFromCholesky(inverse.View);
        return inverse;
    }

    /// <summary>The diagonal of A⁻¹, at the cost of <see cref="Inverse"/>.</summary>
    public double[] InverseDiagonal()
    {
        using KernelMatrix<double> inverse = Inverse();
        double[] diagonal = new double[Size];
        for (int i = 0; i < diagonal.Length; i++) diagonal[i] = inverse[i, i];
        return diagonal;
    }

    /// <summary>max over columns of ‖b − A·x‖₂/‖b‖₂, with A as it was factored.</summary>
    public double Residual(KernelMatrix<double> x, KernelMatrix<double> b)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(b);
        using var rest = new KernelMatrix<double>(b.Rows, b.Columns);
        for (nint i = 0; i < b.Rows; i++) b.View.Row(i).CopyTo(rest.View.Row(i));
        SymmetricProduct.SubtractUpper(_factor.View, _diagonal, x.View, rest.View, _algebra);
        double worst = 0;
        for (nint o = 0; o < b.Columns; o++)
        {
            double left = 0, right = 0;
            for (nint i = 0; i < b.Rows; i++)
            {
                left = double.Hypot(left, rest[i, o]);
                right = double.Hypot(right, b[i, o]);
            }

            worst = Math.Max(worst, right == 0 ? left : left / right);
        }

        return worst;
    }

    /// <inheritdoc/>
    public void Dispose() => _factor.Dispose();

    /// <summary>‖A‖₁, the largest column sum.</summary>
    internal double Norm()
    {
        double[] sums = [.. _diagonal.Select(Math.Abs)];
        for (nint i = 0; i < Size; i++)
        {
            for (nint j = i + 1; j < Size; j++)
            {
                double size = Math.Abs(_factor[i, j]);
                sums[i] += size;
                sums[j] += size;
            }
        }

        return sums.Length == 0 ? 0 : sums.Max();
    }

    private static double MeanDiagonal(KernelMatrix<double> kernel)
    {
        double trace = 0;
        for (nint i = 0; i < kernel.Rows; i++) trace += kernel[i, i] / kernel.Rows;
        return trace;
    }

    private static double[] CopyWithRidge(KernelMatrix<double> kernel, double delta, KernelMatrix<double> target)
    {
        double[] diagonal = new double[kernel.Rows];
        for (nint i = 0; i < kernel.Rows; i++)
        {
            kernel.View.Row(i).CopyTo(target.View.Row(i));
            target[i, i] += delta;
            diagonal[i] = target[i, i];
        }

        return diagonal;
    }

    private static nint FirstRoundedPivot(KernelMatrix<double> factor, double[] diagonal)
    {
        if (diagonal.Length == 0) return -1;
        double floor = diagonal.Length * Epsilon * diagonal.Max();
        for (nint i = 0; i < factor.Rows; i++)
        {
            if (factor[i, i] * factor[i, i] <= floor) return i;
        }

        return -1;
    }
}
