using InfiniteNtk.Regression.LinearAlgebra;
using InfiniteNtk.Regression.Predictors;

namespace InfiniteNtk;

/// <summary>
/// Training of an infinitely wide network in continuous time for any loss, with or without momentum, from a given start, integrated
/// numerically. For the squared loss without momentum <see cref="TrainedEnsemble"/> has it in closed form, with the covariance.
/// </summary>
/// <remarks>
/// <para>
/// Outputs are f = f₀ + Θ(·, train)·c with coefficients c, points × outputs, that start at 0; g is the gradient of the loss with
/// respect to f on the training points. Without momentum dc/dT = −g, T = η·t. With heavy-ball momentum m: T = √η·t, dc/dT = p,
/// dp/dT = −g + (m − 1)/√η·p. Test points follow from c and cost nothing during integration.
/// </para>
/// <para>
/// Sources: J. Lee et al., "Wide neural networks of any depth evolve as linear models under gradient descent", NeurIPS 2019,
/// section 2.2; N. Qian, "On the momentum term in gradient descent learning algorithms", Neural Networks 12 (1999).
/// </para>
/// <para>Cost: n²·outputs multiply-adds for each of the integrator's evaluations, of which some 3·η·λ/N a unit of time are needed.</para>
/// </remarks>
public static class GradientFlow
{
    private const string Asked = "Cannot integrate the training";

    /// <summary>Trains on targets as they are and reports at each time: a start of 0 is the 0 of their units.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="ntk">Θ of the training points. (Where the readout alone is trained it is K: <see cref="TrainedEnsemble.LastLayer"/>.)</param>
    /// <param name="targets">y, points × outputs.</param>
    /// <param name="options">Times, rate, momentum.</param>
    /// <param name="trainStart">f₀ on the training points; null: 0.</param>
    /// <param name="testTrain">Θ between other points (rows) and the training points; null: none.</param>
    /// <param name="testStart">f₀ on the other points; null: 0.</param>
    /// <param name="solver">Who computes, who is asked and told; null: the defaults.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    /// <exception cref="InvalidArgumentException">An option is out of range, or an NNGP kernel is in the place of the NTK.</exception>
    /// <exception cref="NumericalFailureException">The solution leaves the floating-point range.</exception>
    public static IReadOnlyList<FlowPoint> Run(
        TrainingLoss loss, KernelMatrix<double> ntk, KernelMatrix<double> targets, FlowOptions? options = null, KernelMatrix<double>? trainStart = null,
        KernelMatrix<double>? testTrain = null, KernelMatrix<double>? testStart = null, SolverOptions? solver = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(ntk);
        ArgumentNullException.ThrowIfNull(targets);
        options ??= new FlowOptions();
        Require(options);
        CrossKernel.DemandKind(ntk, KernelKind.Ntk, Asked, "kernel of the training points");
        if (testTrain is not null) CrossKernel.DemandKind(testTrain, KernelKind.Ntk, Asked, "kernel with other points");
        RequireSize(ntk, targets.Rows, targets.Rows, "the NTK of the training points");
        if (trainStart is not null) RequireSize(trainStart, targets.Rows, targets.Columns, "the start on the training points");
        if (testTrain is not null) RequireSize(testTrain, testTrain.Rows, targets.Rows, "the NTK with other points");
        if (testStart is not null) RequireSize(testStart, testTrain?.Rows ?? 0, targets.Columns, "the start on other points");
        foreach (KernelMatrix<double>? matrix in (KernelMatrix<double>?[])[ntk, targets, trainStart, testTrain, testStart])
        {
            if (matrix is not null) _ = Operands.LargestFinite(matrix.View, Asked);
        }

        using var equation = new FlowEquation(loss, ntk, targets, trainStart, options, solver ?? SolverOptions.Default);
        return equation.Integrate(testTrain, testStart);
    }

    /// <summary>
    /// Trains on targets. With the squared loss networks learn their centred values, and starts and outputs are in the targets' own units
    /// (<see cref="Targets.Units"/>): a start that is left out is the offset. With cross-entropy they learn the classes, one column each, and outputs are logits.
    /// </summary>
    /// <inheritdoc cref="Run(TrainingLoss, KernelMatrix{double}, KernelMatrix{double}, FlowOptions?, KernelMatrix{double}?, KernelMatrix{double}?, KernelMatrix{double}?, SolverOptions?)"/>
    /// <exception cref="InvalidArgumentException">Cross-entropy was asked for and the targets are no classes; or as for matrices.</exception>
    public static IReadOnlyList<FlowPoint> Run(
        TrainingLoss loss, KernelMatrix<double> ntk, Targets targets, FlowOptions? options = null, KernelMatrix<double>? trainStart = null,
        KernelMatrix<double>? testTrain = null, KernelMatrix<double>? testStart = null, SolverOptions? solver = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (loss == TrainingLoss.CrossEntropy)
        {
            using KernelMatrix<double> indicators = Indicators(targets);
            return Run(loss, ntk, indicators, options, trainStart, testTrain, testStart, solver);
        }

        if (loss != TrainingLoss.SquaredError)
        {
            throw new InvalidArgumentException(
                Asked, "targets were given to a loss of your own", "what their centring means to it is not known", "Pass them as a matrix, as the loss takes them");
        }

        using KernelMatrix<double>? start = Centred(trainStart, targets.Units), other = Centred(testStart, targets.Units);
        IReadOnlyList<FlowPoint> points = Run(loss, ntk, targets.Values, options, start, testTrain, other, solver);
        foreach (FlowPoint point in points)
        {
            targets.Units.Restore(point.Train);
            if (point.Test is not null) targets.Units.Restore(point.Test);
        }

        return points;
    }

    private static KernelMatrix<double>? Centred(KernelMatrix<double>? start, TargetUnits units)
    {
        if (start is null) return null;
        KernelMatrix<double> centred = start.Copy();
        if (centred.Columns == units.Offsets.Count) units.Center(centred);
        return centred;
    }

    /// <summary>1 in the column of each point's class, 0 elsewhere.</summary>
    private static KernelMatrix<double> Indicators(Targets targets)
    {
        if (targets.Task != TaskKind.Classification)
        {
            throw new InvalidArgumentException(Asked, "cross-entropy is to be lowered and the targets are numbers", "it compares probabilities of classes", "Pass classes, or the squared loss");
        }

        var indicators = KernelMatrix<double>.From(new double[targets.Count, targets.ClassNames.Count]);
        for (int i = 0; i < targets.Classes.Count; i++) indicators[i, targets.Classes[i]] = 1;
        return indicators;
    }

    private static void Require(FlowOptions options)
    {
        bool ascending = options.Times.Count > 0 && options.Times[0] >= 0 && double.IsFinite(options.Times[^1])
            && options.Times.Zip(options.Times.Skip(1)).All(pair => pair.First < pair.Second);
        string? problem =
            !ascending ? $"the times are {options.Times}"
            : !(options.LearningRate > 0 && double.IsFinite(options.LearningRate)) ? $"the learning rate is {options.LearningRate}"
            : options.Momentum is { } momentum && !(momentum >= 0 && momentum < 1) ? $"the momentum is {momentum}"
            : !(options.Tolerance >= 1e-14 && options.Tolerance < 1) ? $"the tolerance is {options.Tolerance}"
            : null;
        if (problem is null) return;
        throw new InvalidArgumentException(
            Asked, problem, "finite ascending times from 0 on, a positive rate, a momentum in [0, 1) and a tolerance of 1e-14 or more are needed",
            "Change that option");
    }

    private static void RequireSize(KernelMatrix<double> matrix, nint rows, nint columns, string name)
    {
        if (matrix.Rows == rows && matrix.Columns == columns) return;
        throw new ShapeMismatchException(
            Asked, $"{name} is {matrix.Rows} × {matrix.Columns}", $"{rows} × {columns} is needed",
            "Pass kernels, starts and targets of the same points in the same order");
    }
}
