using InfiniteNtk.Regression.LinearAlgebra;
using InfiniteNtk.Regression.Predictors;

namespace InfiniteNtk;

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
/// All layers are trained, Θ being the NTK; or the readout alone (<see cref="EnsembleOptions.LastLayerOnly"/>): then Θ = K, and the start
/// carries the ridge as well, so that at t = ∞ it is the Gaussian-process posterior.
/// </para>
/// <para>
/// Fitted on <see cref="Targets"/>, networks learn their centred values, and means and deviations are in the targets' own units
/// (<see cref="Units"/>): at t = 0 the mean is the offset. A bare matrix of targets is taken as it is.
/// </para>
/// <para>
/// Source: J. Lee et al., "Wide neural networks of any depth evolve as linear models under gradient descent", NeurIPS 2019,
/// equations 12–15. The first finite time costs one eigendecomposition, t = ∞ one Cholesky factorisation, O(n³) both, kept for
/// the next; a time costs O(m·n·(m + n)) for m other points, O(m·n²) without their covariance.
/// </para>
/// </remarks>
public sealed class TrainedEnsemble : IDisposable
{
    private readonly EnsembleProblem _problem;
    private readonly SolverOptions _options;
    private readonly ILinearAlgebra _algebra;
    private readonly TrainingPoints? _points;
    private readonly KernelPair<double>? _owned;
    private TrainingModes? _modes;
    private RidgeFit? _converged;

    private TrainedEnsemble(EnsembleProblem problem, SolverOptions? options, TrainingPoints? points = null, KernelPair<double>? owned = null)
    {
        _problem = problem;
        _options = options ?? SolverOptions.Default;
        _algebra = _options.Watched;
        _points = points;
        _owned = owned;
        try
        {
            if (problem.Options.Time == TrainingTime.Steps) problem.RequireStability(LargestLearningRate);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The units that means and deviations are in; as they are where a bare matrix of targets was fitted.</summary>
    public TargetUnits Units => _problem.Units;

    /// <summary>
    /// The learning rate from which on steps of gradient descent diverge: 2N divided by the largest eigenvalue of Θ̂; infinite where Θ̂ = 0. The
    /// first call diagonalises Θ̂ where no finite time did.
    /// </summary>
    public double LargestLearningRate => Modes.Eigenvalues is { Length: > 0 } values ? 2 * _problem.Numbers / values[^1] : double.PositiveInfinity;

    /// <summary>
    /// How t = ∞ is solved: by Cholesky; by eigenvectors where Θ̂ is singular to working precision, whose null directions never move (no
    /// jitter is needed, and the condition is infinite).
    /// </summary>
    public SolveReport Report => !Converged.Report.IsPerturbed ? Converged.Report : Converged.Report with
    {
        Backend = Converged.Report.Backend + ", eigenvectors",
        Jitter = 0,
        JitterRelative = 0,
        Condition = double.PositiveInfinity,
        Residual = null,
    };

    private TrainingModes Modes => _modes ??= _problem.Modes(_algebra);

    private RidgeFit Converged => _converged ??= RidgeFit.Fit(_problem.Dynamics, _problem.Targets, Units, Ridge.Absolute(_problem.Delta), null, _options);

    /// <summary>Networks all of whose layers are trained, on targets as they are.</summary>
    /// <param name="nngp">K of the training points; borrowed, like <paramref name="ntk"/>.</param>
    /// <param name="ntk">Θ of the training points.</param>
    /// <param name="targets">y, points × outputs.</param>
    /// <param name="ridge">Added to Θ; relative to its own mean diagonal.</param>
    /// <param name="learningRate">η; only η·t matters unless t counts steps.</param>
    /// <param name="options">How to compute; null: the defaults.</param>
    /// <param name="time">What t is.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    /// <exception cref="InvalidArgumentException">One kernel is in the other's place, the learning rate is not positive, or steps of its size diverge.</exception>
    public static TrainedEnsemble AllLayers(
        KernelMatrix<double> nngp, KernelMatrix<double> ntk, KernelMatrix<double> targets, Ridge ridge = default,
        double learningRate = 1, SolverOptions? options = null, TrainingTime time = TrainingTime.Flow)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var training = new EnsembleOptions { LearningRate = learningRate, Time = time };
        return new(new EnsembleProblem(nngp, ntk, targets, TargetUnits.AsTheyAre(targets.Columns), ridge, training), options);
    }

    /// <summary>Networks of which only the readout is trained, on targets as they are.</summary>
    /// <param name="nngp">K of the training points; borrowed.</param>
    /// <param name="targets">y, points × outputs.</param>
    /// <param name="ridge">Added to K; relative to its mean diagonal.</param>
    /// <param name="learningRate">η; only η·t matters unless t counts steps.</param>
    /// <param name="options">How to compute; null: the defaults.</param>
    /// <param name="time">What t is.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    /// <exception cref="InvalidArgumentException">The kernel is an NTK, the learning rate is not positive, or steps of its size diverge.</exception>
    public static TrainedEnsemble LastLayer(
        KernelMatrix<double> nngp, KernelMatrix<double> targets, Ridge ridge = default, double learningRate = 1, SolverOptions? options = null,
        TrainingTime time = TrainingTime.Flow)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var training = new EnsembleOptions { LearningRate = learningRate, Time = time, LastLayerOnly = true };
        return new(new EnsembleProblem(nngp, null, targets, TargetUnits.AsTheyAre(targets.Columns), ridge, training), options);
    }

    /// <summary>Networks trained on targets, from both their kernels.</summary>
    /// <param name="kernels">Of the training points; borrowed. Where only the readout is trained, the NNGP kernel suffices.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="ridge">Added to the kernel of the dynamics; relative to its own mean diagonal.</param>
    /// <param name="training">Rate, meaning of time, layers; null: gradient flow on all layers.</param>
    /// <param name="options">How to compute; null: the defaults.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    /// <exception cref="InvalidArgumentException">The learning rate is not positive, or steps of its size diverge.</exception>
    public static TrainedEnsemble Fit(
        KernelPair<double> kernels, Targets targets, Ridge ridge = default, EnsembleOptions? training = null, SolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        ArgumentNullException.ThrowIfNull(targets);
        return new(EnsembleProblem.Of(kernels, targets, ridge, training ?? new EnsembleOptions()), options);
    }

    /// <summary>Networks trained on samples; predicts for samples.</summary>
    /// <param name="kernels">For example a network.</param>
    /// <param name="x">The training points; borrowed, they must live as long as this object.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="ridge">Added to the kernel of the dynamics; relative to its own mean diagonal.</param>
    /// <param name="training">Rate, meaning of time, layers; null: gradient flow on all layers.</param>
    /// <param name="options">How to compute, also when predicting; null: the defaults.</param>
    /// <exception cref="ShapeMismatchException">There is not one row of targets for each point, or the network does not take their shape.</exception>
    /// <exception cref="MemoryBudgetException">The kernels would not fit in memory.</exception>
    /// <exception cref="InvalidArgumentException">The learning rate is not positive, or steps of its size diverge.</exception>
    public static TrainedEnsemble Fit(
        IKernelFunction kernels, Samples x, Targets targets, Ridge ridge = default, EnsembleOptions? training = null, SolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        training ??= new EnsembleOptions();
        var points = TrainingPoints.Of(kernels, x, targets.Count, options);
        KernelPair<double> among = points.Among(training.LastLayerOnly ? KernelOutputs.Nngp : KernelOutputs.Both);
        try
        {
            return new(EnsembleProblem.Of(among, targets, ridge, training), options, points, among);
        }
        catch
        {
            among.Dispose();
            throw;
        }
    }

    /// <summary>The law on the training points at a time t ≥ 0, +∞ included.</summary>
    /// <exception cref="InvalidArgumentException">The time is negative or NaN.</exception>
    public Posterior Train(double time)
    {
        _problem.RequireTime(time);
        double[] decay = Modes.Decay(time);
        using KernelMatrix<double> learned = TrainingModes.Scaled(Modes.Coefficients, k => 1 - decay[k], rows: true);
        using KernelMatrix<double> left = TrainingModes.Scaled(Modes.Vectors, k => decay[k], rows: false);
        using KernelMatrix<double> half = TrainingModes.Product(_algebra, left, false, Modes.Start, false);
        KernelMatrix<double> covariance = TrainingModes.Product(_algebra, half, false, left, true);
        Mirror.LowerToUpper(covariance.View);
        KernelMatrix<double> mean = TrainingModes.Product(_algebra, Modes.Vectors, false, learned, false);
        Units.Restore(mean);
        return new Posterior(mean, covariance, Units);
    }

    /// <summary>The law at samples, at a time t ≥ 0: means and variances; memory is proportional to their number unless their covariance is asked for.</summary>
    /// <param name="tests">The samples.</param>
    /// <param name="time">t; by default training has converged.</param>
    /// <param name="covariance">Whether the covariance is wanted, tests × tests.</param>
    /// <exception cref="InvalidArgumentException">The fit was made from kernel matrices, or the time is negative or NaN.</exception>
    /// <exception cref="ShapeMismatchException">The samples are not of the training points' shape.</exception>
    public Posterior Predict(Samples tests, double time = double.PositiveInfinity, bool covariance = false)
    {
        ArgumentNullException.ThrowIfNull(tests);
        _problem.RequireTime(time);
        TrainingPoints points = TrainingPoints.Demand(_points);
        KernelOutputs outputs = _problem.Options.LastLayerOnly ? KernelOutputs.Nngp : KernelOutputs.Both;
        if (!covariance)
        {
            return PosteriorParts.Of(
                points, tests, _problem.Targets.Columns, outputs, KernelKind.Nngp, (part, prior) => Predict(time, part.Nngp, Dynamics(part), prior));
        }

        using KernelPair<double> cross = points.Cross(tests, outputs), among = points.AmongTests(tests, KernelOutputs.Nngp);
        return Predict(time, cross.Nngp, Dynamics(cross), among.Nngp);
    }

    /// <summary>The law on other points at a time t ≥ 0, +∞ included.</summary>
    /// <param name="time">t.</param>
    /// <param name="testTrainNngp">K between these points (rows) and the training points.</param>
    /// <param name="testTrainNtk">Θ between them; null where only the readout is trained, whose Θ is K.</param>
    /// <param name="testTestNngp">K among these points; or its diagonal, points × 1, for the variances alone.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    /// <exception cref="InvalidArgumentException">The time is negative or NaN, Θ is missing or too much, or a kernel is in the other's place.</exception>
    public Posterior Predict(
        double time, KernelMatrix<double> testTrainNngp, KernelMatrix<double>? testTrainNtk, KernelMatrix<double> testTestNngp)
    {
        ArgumentNullException.ThrowIfNull(testTrainNngp);
        ArgumentNullException.ThrowIfNull(testTestNngp);
        KernelMatrix<double> cross = _problem.DynamicsCross(testTrainNngp, testTrainNtk);
        CrossKernel.Demand(testTrainNngp, _problem.Targets.Rows, KernelKind.Nngp);
        CrossKernel.Demand(cross, _problem.Targets.Rows, _problem.DynamicsKind);
        CrossKernel.DemandAmongTests(testTestNngp, testTrainNngp.Rows, KernelKind.Nngp);
        CrossKernel.DemandAmongTests(testTestNngp, cross.Rows, KernelKind.Nngp);
        _problem.RequireTime(time);
        if (IsSolvedByCholesky(time))
        {
            using KernelMatrix<double> response = ConvergedResponse(cross);
            KernelMatrix<double> spread = EnsembleSpread.Of(response, testTrainNngp, _problem.Nngp, _problem.StartRidge, testTestNngp, _algebra);
            return new Posterior(Converged.Predict(cross), spread, Units);
        }

        double[] gain = Modes.Gain(time);
        using KernelMatrix<double> dynamics = TrainingModes.Product(_algebra, cross, false, Modes.Vectors, false);
        using KernelMatrix<double> a = TrainingModes.Scaled(dynamics, k => gain[k], rows: false);
        using KernelMatrix<double> inner = TrainingModes.Product(_algebra, testTrainNngp, false, Modes.Vectors, false);
        KernelMatrix<double> mean = TrainingModes.Product(_algebra, a, false, Modes.Coefficients, false);
        Units.Restore(mean);
        return new Posterior(mean, EnsembleSpread.Of(a, inner, Modes.Start, 0, testTestNngp, _algebra), Units);
    }

    /// <summary>
    /// A of a time t ≥ 0, other points × training points: training for t moves a network that starts as f₀ to
    /// f₀(x_*) + A·(y − f₀(x)), whatever f₀ is. It maps differences, which no centring changes.
    /// </summary>
    /// <param name="time">t.</param>
    /// <param name="testTrain">The kernel of the dynamics between these points (rows) and the training points: Θ, or K where only the readout is trained.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    /// <exception cref="InvalidArgumentException">The time is negative or NaN, or it is the other kernel.</exception>
    public KernelMatrix<double> Response(double time, KernelMatrix<double> testTrain)
    {
        ArgumentNullException.ThrowIfNull(testTrain);
        CrossKernel.Demand(testTrain, _problem.Targets.Rows, _problem.DynamicsKind);
        _problem.RequireTime(time);
        if (IsSolvedByCholesky(time)) return ConvergedResponse(testTrain);
        double[] gain = Modes.Gain(time);
        using KernelMatrix<double> inner = TrainingModes.Product(_algebra, testTrain, false, Modes.Vectors, false);
        using KernelMatrix<double> scaled = TrainingModes.Scaled(inner, k => gain[k], rows: false);
        return TrainingModes.Product(_algebra, scaled, false, Modes.Vectors, true);
    }

    /// <summary>For example "ensemble of trained networks, all layers, 100 points, 1 output".</summary>
    public override string ToString() =>
        $"ensemble of trained networks, {(_problem.Options.LastLayerOnly ? "readout only" : "all layers")}, {_problem.Targets.Rows} points, {_problem.Targets.Columns} {(_problem.Targets.Columns == 1 ? "output" : "outputs")}";

    /// <inheritdoc/>
    public void Dispose()
    {
        _modes?.Dispose();
        _converged?.Dispose();
        _owned?.Dispose();
    }

    private bool IsSolvedByCholesky(double time) => double.IsPositiveInfinity(time) && !Converged.Report.IsPerturbed;

    /// <summary>Θ_*Θ̂⁻¹.</summary>
    private KernelMatrix<double> ConvergedResponse(KernelMatrix<double> cross)
    {
        using KernelMatrix<double> transposed = cross.Transpose();
        Converged.Factor.Solve(transposed.View);
        return transposed.Transpose();
    }

    private KernelMatrix<double>? Dynamics(KernelPair<double> pair) => _problem.Options.LastLayerOnly ? null : pair.Ntk;
}
