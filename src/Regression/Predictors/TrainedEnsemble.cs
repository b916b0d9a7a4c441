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
/// points. At t = 0 this is the prior, at t = ∞ the ensemble of fully trained networks. Where t counts steps of a finite rate
/// (<see cref="TrainingTime.Steps"/>), E = (I − Θ̂η/N)^t, which is exact for gradient descent on a linearised network.
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
    private const double MachineEpsilon = 2.220446049250313e-16;

    private readonly ILinearAlgebra _algebra;

    /// <summary>V of Θ̂ = VΛVᵀ, one eigenvector a column.</summary>
    private readonly KernelMatrix<double> _vectors;
    private readonly double[] _eigenvalues;

    /// <summary>Vᵀy.</summary>
    private readonly KernelMatrix<double> _coefficients;

    /// <summary>VᵀKV.</summary>
    private readonly KernelMatrix<double> _start;
    private readonly double _rate;
    private readonly bool _lastLayer;
    private readonly TrainingTime _time;

    private TrainedEnsemble(
        KernelMatrix<double> dynamics, KernelMatrix<double> start, KernelMatrix<double> targets, double ridge, bool lastLayer,
        double learningRate, TrainingTime time, ILinearAlgebra algebra)
    {
        _lastLayer = lastLayer;
        _time = time;
        _algebra = algebra;
        _rate = learningRate / ((double)targets.Rows * targets.Columns);
        _eigenvalues = new double[checked((int)dynamics.Rows)];
        _vectors = Shifted(dynamics, ridge);
        algebra.Eigenvectors(_vectors.View, _eigenvalues);
        // What rounding makes of a null direction must not be learned in the end, whichever sign it has.
        double rounding = _eigenvalues.Length == 0 ? 0 : MachineEpsilon * _eigenvalues.Length * _eigenvalues[^1];
        foreach (ref double lambda in _eigenvalues.AsSpan()) lambda = lambda > rounding ? lambda : 0;
        _coefficients = Product(_vectors, true, targets, false);
        using KernelMatrix<double> covariance = Shifted(start, lastLayer ? ridge : 0);
        using KernelMatrix<double> half = Product(covariance, false, _vectors, false);
        _start = Product(_vectors, true, half, false);
        RequireStability(learningRate);
    }

    /// <summary>Networks all of whose layers are trained.</summary>
    /// <param name="nngp">K of the training points.</param>
    /// <param name="ntk">Θ of the training points.</param>
    /// <param name="targets">y, points × outputs.</param>
    /// <param name="ridge">Added to Θ; relative to its own mean diagonal.</param>
    /// <param name="learningRate">η; only η·t matters unless t counts steps.</param>
    /// <param name="options">Who computes, who is asked and told; null: the defaults.</param>
    /// <param name="time">What t is.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    /// <exception cref="InvalidArgumentException">The learning rate is not positive, or steps of its size diverge.</exception>
    public static TrainedEnsemble AllLayers(
        KernelMatrix<double> nngp, KernelMatrix<double> ntk, KernelMatrix<double> targets, Ridge ridge = default,
        double learningRate = 1, SolverOptions? options = null, TrainingTime time = TrainingTime.Flow)
    {
        Require(nngp, targets, "NNGP kernel", learningRate);
        Require(ntk, targets, "NTK", learningRate);
        return new(ntk, nngp, targets, ridge.For(MeanDiagonal(ntk)), false, learningRate, time, (options ?? SolverOptions.Default).Watched);
    }

    /// <summary>Networks of which only the readout is trained.</summary>
    /// <param name="nngp">K of the training points.</param>
    /// <param name="targets">y, points × outputs.</param>
    /// <param name="ridge">Added to K; relative to its mean diagonal.</param>
    /// <param name="learningRate">η; only η·t matters unless t counts steps.</param>
    /// <param name="options">Who computes, who is asked and told; null: the defaults.</param>
    /// <param name="time">What t is.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    /// <exception cref="InvalidArgumentException">The learning rate is not positive, or steps of its size diverge.</exception>
    public static TrainedEnsemble LastLayer(
        KernelMatrix<double> nngp, KernelMatrix<double> targets, Ridge ridge = default, double learningRate = 1, SolverOptions? options = null,
        TrainingTime time = TrainingTime.Flow)
    {
        Require(nngp, targets, "NNGP kernel", learningRate);
        return new(nngp, nngp, targets, ridge.For(MeanDiagonal(nngp)), true, learningRate, time, (options ?? SolverOptions.Default).Watched);
    }

    /// <summary>The law on the training points at a time t ≥ 0, +∞ included.</summary>
    /// <exception cref="InvalidArgumentException">The time is negative or NaN.</exception>
    public Posterior Train(double time)
    {
        double[] decay = Decay(time);
        using KernelMatrix<double> learned = Scaled(_coefficients, k => 1 - decay[k], rows: true);
        using KernelMatrix<double> left = Scaled(_vectors, k => decay[k], rows: false);
        using KernelMatrix<double> half = Product(left, false, _start, false);
        KernelMatrix<double> covariance = Product(half, false, left, true);
        Mirror.LowerToUpper(covariance.View);
        return new Posterior(Product(_vectors, false, learned, false), covariance);
    }

    /// <summary>The law on other points at a time t ≥ 0, +∞ included.</summary>
    /// <param name="time">t.</param>
    /// <param name="testTrainNngp">K between these points (rows) and the training points.</param>
    /// <param name="testTrainNtk">Θ between them; null where only the readout is trained, whose Θ is K.</param>
    /// <param name="testTestNngp">K among these points.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    /// <exception cref="InvalidArgumentException">The time is negative or NaN, or Θ is missing or too much.</exception>
    public Posterior Predict(
        double time, KernelMatrix<double> testTrainNngp, KernelMatrix<double>? testTrainNtk, KernelMatrix<double> testTestNngp)
    {
        ArgumentNullException.ThrowIfNull(testTrainNngp);
        ArgumentNullException.ThrowIfNull(testTestNngp);
        KernelMatrix<double> cross = DynamicsCross(testTrainNngp, testTrainNtk);
        CrossKernel.Demand(testTrainNngp, _eigenvalues.Length);
        CrossKernel.Demand(cross, _eigenvalues.Length);
        CrossKernel.DemandAmongTests(testTestNngp, testTrainNngp.Rows);
        CrossKernel.DemandAmongTests(testTestNngp, cross.Rows);
        double[] gain = Gain(time);
        using KernelMatrix<double> dynamics = Product(cross, false, _vectors, false);
        using KernelMatrix<double> a = Scaled(dynamics, k => gain[k], rows: false);
        using KernelMatrix<double> inner = Product(testTrainNngp, false, _vectors, false);

        // −K_*Aᵀ + A(AK − K_*)ᵀ + K_**, all in the eigenbasis.
        KernelMatrix<double> covariance = Copies.Of(testTestNngp);
        _algebra.Multiply(-1, inner.View, false, a.View, true, 1, covariance.View);
        _algebra.Multiply(1, a.View, false, _start.View, false, -1, inner.View);
        _algebra.Multiply(1, a.View, false, inner.View, true, 1, covariance.View);
        Mirror.LowerToUpper(covariance.View);
        return new Posterior(Product(a, false, _coefficients, false), covariance);
    }

    /// <summary>
    /// A of a time t ≥ 0, other points × training points: training for t moves a network that starts as f₀ to
    /// f₀(x_*) + A·(y − f₀(x)), whatever f₀ is.
    /// </summary>
    /// <param name="time">t.</param>
    /// <param name="testTrain">The kernel of the dynamics between these points (rows) and the training points: Θ, or K where only the readout is trained.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    /// <exception cref="InvalidArgumentException">The time is negative or NaN.</exception>
    public KernelMatrix<double> Response(double time, KernelMatrix<double> testTrain)
    {
        ArgumentNullException.ThrowIfNull(testTrain);
        CrossKernel.Demand(testTrain, _eigenvalues.Length);
        double[] gain = Gain(time);
        using KernelMatrix<double> inner = Product(testTrain, false, _vectors, false);
        using KernelMatrix<double> scaled = Scaled(inner, k => gain[k], rows: false);
        return Product(scaled, false, _vectors, true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _vectors.Dispose();
        _coefficients.Dispose();
        _start.Dispose();
    }

    /// <summary>e^{−λτ}, or (1 − λη/N)^t; eigenvalues within rounding of zero are zero, and their directions never move.</summary>
    private double[] Decay(double time)
    {
        RequireTime(time);
        return Array.ConvertAll(_eigenvalues, lambda => lambda > 0 ? 1 - Learned(lambda * _rate, time) : 1);
    }

    /// <summary>(1 − e^{−λτ})/λ, which is τ at λ = 0; for t = ∞ such directions are left out.</summary>
    private double[] Gain(double time)
    {
        RequireTime(time);
        return Array.ConvertAll(
            _eigenvalues,
            lambda => lambda > 0 ? Learned(lambda * _rate, time) / lambda : double.IsPositiveInfinity(time) ? 0 : _rate * time);
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

    private KernelMatrix<double> DynamicsCross(KernelMatrix<double> nngp, KernelMatrix<double>? ntk)
    {
        if (_lastLayer == ntk is null) return ntk ?? nngp;
        throw new InvalidArgumentException(
            "Cannot predict training", _lastLayer ? "an NTK was passed and only the readout is trained" : "no NTK was passed and all layers are trained",
            "all layers train with the NTK, the readout alone with the NNGP kernel", "Pass the NTK between test and training points, or null");
    }

    private KernelMatrix<double> Product(KernelMatrix<double> a, bool transposeA, KernelMatrix<double> b, bool transposeB)
    {
        var product = new KernelMatrix<double>(transposeA ? a.Columns : a.Rows, transposeB ? b.Rows : b.Columns);
        _algebra.Multiply(1, a.View, transposeA, b.View, transposeB, 0, product.View);
        return product;
    }

    private static KernelMatrix<double> Shifted(KernelMatrix<double> matrix, double shift)
    {
        KernelMatrix<double> shifted = Copies.Of(matrix);
        for (nint i = 0; i < matrix.Rows; i++) shifted[i, i] += shift;
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
        _ = Operands.LargestFinite(kernel.View, $"Cannot predict training with this {name}");
        _ = Operands.LargestFinite(targets.View, "Cannot predict training with these targets");
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

    /// <summary>Steps of size x = λη/N ≥ 2 grow along that eigenvector.</summary>
    private void RequireStability(double learningRate)
    {
        double largest = _eigenvalues.Length == 0 ? 0 : _eigenvalues.Max() * _rate;
        if (_time == TrainingTime.Flow || largest < 2) return;
        Dispose();
        throw new InvalidArgumentException(
            "Cannot predict training", $"the learning rate is {learningRate}", $"steps diverge from {2 * learningRate / largest} on, 2N divided by the largest eigenvalue",
            "Pass a smaller learning rate, or ask for gradient flow");
    }

    private void RequireTime(double time)
    {
        if (time >= 0 && (_time == TrainingTime.Flow || double.IsInfinity(time) || double.IsInteger(time))) return;
        if (time >= 0)
        {
            throw new InvalidArgumentException(
                "Cannot predict training", $"the time is {time}", "steps are whole numbers", "Pass a whole number, or ask for gradient flow");
        }

        throw new InvalidArgumentException(
            "Cannot predict training", $"the time is {time}", "a time is at least 0; infinity is the end of training", "Pass 0 or more");
    }
}
