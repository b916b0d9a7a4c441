using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.Predictors;

/// <summary>
/// The law of infinitely wide networks that start at random and are trained for time t by gradient descent on the squared loss
/// L = ½ mean over all targets of (f − y)²: Gaussian at every time, in closed form.
/// </summary>
/// <remarks>
/// <para>
/// With the kernel of the dynamics Θ̂ = Θ + δ, the covariance of the start K, τ = η·t/N, N = points × outputs, E = e^{−Θ̂τ} and
/// A = Θ_* Θ̂⁻¹(I − E): mean A·y, covariance K_** + A K Aᵀ − A K_*ᵀ − K_* Aᵀ on other points; (I − E)y and E K E on the training
/// points. At t = 0 this is the prior, at t = ∞ the ensemble of fully trained networks.
/// </para>
/// <para>
/// <see cref="AllLayers"/> trains every layer: Θ is the NTK. <see cref="LastLayer"/> trains the readout alone: Θ = K, and the start
/// carries the ridge as well, so that at t = ∞ it is the Gaussian-process posterior.
/// </para>
/// <para>
/// Source: J. Lee et al., "Wide neural networks of any depth evolve as linear models under gradient descent", NeurIPS 2019,
/// equations 12–15. One eigendecomposition, O(n³), serves all times; a time costs O(m·n·(m + n)) for m other points.
/// </para>
/// </remarks>
public sealed class TrainedEnsemble : IDisposable
{
    private readonly ILinearAlgebra _algebra;

    /// <summary>V of Θ̂ = VΛVᵀ, one eigenvector a column.</summary>
    private readonly KernelMatrix<double> _vectors;
    private readonly double[] _eigenvalues;

    /// <summary>Vᵀy.</summary>
    private readonly KernelMatrix<double> _coefficients;

    /// <summary>VᵀKV.</summary>
    private readonly KernelMatrix<double> _start;
    private readonly double _rate;

    private TrainedEnsemble(
        KernelMatrix<double> dynamics, KernelMatrix<double> start, KernelMatrix<double> targets, double dynamicsRidge, double startRidge,
        double learningRate, ILinearAlgebra algebra)
    {
        _algebra = algebra;
        _rate = learningRate / ((double)targets.Rows * targets.Columns);
        _eigenvalues = new double[checked((int)dynamics.Rows)];
        _vectors = Shifted(dynamics, dynamicsRidge);
        algebra.Eigenvectors(_vectors.View, _eigenvalues);
        _coefficients = Product(_vectors, true, targets, false);
        using KernelMatrix<double> covariance = Shifted(start, startRidge);
        using KernelMatrix<double> half = Product(covariance, false, _vectors, false);
        _start = Product(_vectors, true, half, false);
    }

    /// <summary>Networks all of whose layers are trained.</summary>
    /// <param name="nngp">K of the training points.</param>
    /// <param name="ntk">Θ of the training points.</param>
    /// <param name="targets">y, points × outputs.</param>
    /// <param name="ridge">Added to Θ; relative to its own mean diagonal.</param>
    /// <param name="learningRate">η: only η·t matters.</param>
    /// <param name="algebra">Who computes; null: what is installed.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    /// <exception cref="InvalidArgumentException">The learning rate is not positive.</exception>
    public static TrainedEnsemble AllLayers(
        KernelMatrix<double> nngp, KernelMatrix<double> ntk, KernelMatrix<double> targets, Ridge ridge = default,
        double learningRate = 1, ILinearAlgebra? algebra = null)
    {
        Require(nngp, targets, "NNGP kernel", learningRate);
        Require(ntk, targets, "NTK", learningRate);
        return new(ntk, nngp, targets, ridge.For(MeanDiagonal(ntk)), 0, learningRate, algebra ?? LinearAlgebraBackends.Default);
    }

    /// <summary>Networks of which only the readout is trained.</summary>
    /// <param name="nngp">K of the training points.</param>
    /// <param name="targets">y, points × outputs.</param>
    /// <param name="ridge">Added to K; relative to its mean diagonal.</param>
    /// <param name="learningRate">η: only η·t matters.</param>
    /// <param name="algebra">Who computes; null: what is installed.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    /// <exception cref="InvalidArgumentException">The learning rate is not positive.</exception>
    public static TrainedEnsemble LastLayer(
        KernelMatrix<double> nngp, KernelMatrix<double> targets, Ridge ridge = default, double learningRate = 1, ILinearAlgebra? algebra = null)
    {
        Require(nngp, targets, "NNGP kernel", learningRate);
        double shift = ridge.For(MeanDiagonal(nngp));
        return new(nngp, nngp, targets, shift, shift, learningRate, algebra ?? LinearAlgebraBackends.Default);
    }

    /// <summary>The law on the training points at a time t ≥ 0, +∞ included.</summary>
    /// <exception cref="InvalidArgumentException">The time is negative or NaN.</exception>
    public GaussianPrediction Train(double time)
    {
        double[] decay = Decay(time);
        using KernelMatrix<double> learned = Scaled(_coefficients, k => 1 - decay[k], rows: true);
        using KernelMatrix<double> left = Scaled(_vectors, k => decay[k], rows: false);
        using KernelMatrix<double> half = Product(left, false, _start, false);
        return new GaussianPrediction(Product(_vectors, false, learned, false), Symmetric(Product(half, false, left, true)));
    }

    /// <summary>The law on other points at a time t ≥ 0, +∞ included.</summary>
    /// <param name="time">t.</param>
    /// <param name="dynamicsCross">Θ between these points (rows) and the training points; K where only the readout is trained.</param>
    /// <param name="nngpCross">K between these points and the training points.</param>
    /// <param name="nngpSelf">K of these points.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    /// <exception cref="InvalidArgumentException">The time is negative or NaN.</exception>
    public GaussianPrediction Predict(
        double time, KernelMatrix<double> dynamicsCross, KernelMatrix<double> nngpCross, KernelMatrix<double> nngpSelf)
    {
        ArgumentNullException.ThrowIfNull(dynamicsCross);
        ArgumentNullException.ThrowIfNull(nngpCross);
        ArgumentNullException.ThrowIfNull(nngpSelf);
        nint points = dynamicsCross.Rows;
        RequireSize(dynamicsCross, points, _eigenvalues.Length, "kernel of the dynamics between test and training points");
        RequireSize(nngpCross, points, _eigenvalues.Length, "NNGP kernel between test and training points");
        RequireSize(nngpSelf, points, points, "NNGP kernel of the test points");
        double[] gain = Gain(time);
        using KernelMatrix<double> dynamics = Product(dynamicsCross, false, _vectors, false);
        using KernelMatrix<double> a = Scaled(dynamics, k => gain[k], rows: false);
        using KernelMatrix<double> start = Product(nngpCross, false, _vectors, false);
        using KernelMatrix<double> half = Product(a, false, _start, false);
        KernelMatrix<double> covariance = Product(half, false, a, true);
        _algebra.Multiply(-1, a.View, false, start.View, true, 1, covariance.View);
        _algebra.Multiply(-1, start.View, false, a.View, true, 1, covariance.View);
        for (nint i = 0; i < points; i++)
        {
            for (nint j = 0; j < points; j++) covariance[i, j] += nngpSelf[i, j];
        }

        return new GaussianPrediction(Product(a, false, _coefficients, false), Symmetric(covariance));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _vectors.Dispose();
        _coefficients.Dispose();
        _start.Dispose();
    }

    /// <summary>e^{−λτ}; eigenvalues that rounding left below zero count as zero, whose directions never move.</summary>
    private double[] Decay(double time)
    {
        RequireTime(time);
        return Array.ConvertAll(_eigenvalues, lambda => lambda > 0 ? Math.Exp(-lambda * _rate * time) : 1);
    }

    /// <summary>(1 − e^{−λτ})/λ, which is τ at λ = 0; for t = ∞ such directions are left out.</summary>
    private double[] Gain(double time)
    {
        RequireTime(time);
        return Array.ConvertAll(
            _eigenvalues,
            lambda => lambda > 0 ? Learned(lambda * _rate * time) / lambda : double.IsPositiveInfinity(time) ? 0 : _rate * time);
    }

    /// <summary>1 − e^{−x}, without cancellation where x is small (MathNet.Numerics 5.0 Expm1 is good to 1e-9 only).</summary>
    private static double Learned(double x) => x < 1 ? 2 * Math.Exp(-0.5 * x) * Math.Sinh(0.5 * x) : 1 - Math.Exp(-x);

    private KernelMatrix<double> Product(KernelMatrix<double> a, bool transposeA, KernelMatrix<double> b, bool transposeB)
    {
        var product = new KernelMatrix<double>(transposeA ? a.Columns : a.Rows, transposeB ? b.Rows : b.Columns);
        _algebra.Multiply(1, a.View, transposeA, b.View, transposeB, 0, product.View);
        return product;
    }

    private static KernelMatrix<double> Shifted(KernelMatrix<double> matrix, double shift)
    {
        var shifted = new KernelMatrix<double>(matrix.Rows, matrix.Columns);
        for (nint i = 0; i < matrix.Rows; i++)
        {
            for (nint j = 0; j < matrix.Columns; j++) shifted[i, j] = matrix[i, j] + (i == j ? shift : 0);
        }

        return shifted;
    }

    private static KernelMatrix<double> Scaled(KernelMatrix<double> matrix, Func<nint, double> factor, bool rows)
    {
        var scaled = new KernelMatrix<double>(matrix.Rows, matrix.Columns);
        for (nint i = 0; i < matrix.Rows; i++)
        {
            for (nint j = 0; j < matrix.Columns; j++) scaled[i, j] = matrix[i, j] * factor(rows ? i : j);
        }

        return scaled;
    }

    /// <summary>The mean of a matrix and its transpose, symmetric bit for bit; the argument is used up.</summary>
    private static KernelMatrix<double> Symmetric(KernelMatrix<double> matrix)
    {
        var symmetric = new KernelMatrix<double>(matrix.Rows, matrix.Rows, MatrixStructure.Symmetric);
        for (nint i = 0; i < matrix.Rows; i++)
        {
            for (nint j = 0; j <= i; j++) symmetric[i, j] = symmetric[j, i] = 0.5 * (matrix[i, j] + matrix[j, i]);
        }

        matrix.Dispose();
        return symmetric;
    }

    private static double MeanDiagonal(KernelMatrix<double> matrix)
    {
        double sum = 0;
        for (nint i = 0; i < matrix.Rows; i++) sum += matrix[i, i];
        return matrix.Rows == 0 ? 0 : sum / matrix.Rows;
    }

    private static void Require(KernelMatrix<double> kernel, KernelMatrix<double> targets, string name, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(targets);
        RequireSize(kernel, targets.Rows, targets.Rows, $"{name} of the training points");
        if (learningRate > 0 && double.IsFinite(learningRate)) return;
        throw new InvalidArgumentException(
            "Cannot predict training", $"the learning rate is {learningRate}", "it must be positive and finite", "Pass a positive number");
    }

    private static void RequireSize(KernelMatrix<double> matrix, nint rows, nint columns, string name)
    {
        if (matrix.Rows == rows && matrix.Columns == columns) return;
        throw new ShapeMismatchException(
            "Cannot predict training", $"the {name} is {matrix.Rows} × {matrix.Columns}", $"{rows} × {columns} is needed",
            "Pass kernels of the same points in the same order");
    }

    private static void RequireTime(double time)
    {
        if (time >= 0) return;
        throw new InvalidArgumentException(
            "Cannot predict training", $"the time is {time}", "a time is at least 0; infinity is the end of training", "Pass 0 or more");
    }
}
