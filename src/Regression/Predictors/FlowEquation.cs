using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.Predictors;

/// <summary>The differential equation of <see cref="GradientFlow"/> and its state.</summary>
internal sealed class FlowEquation : IDisposable
{
    private readonly TrainingLoss _loss;
    private readonly KernelMatrix<double> _ntk;
    private readonly KernelMatrix<double> _start;
    private readonly double[] _targets;
    private readonly FlowOptions _options;
    private readonly SolverOptions _solver;
    private readonly ILinearAlgebra _algebra;
    private readonly int _size;
    private readonly KernelMatrix<double> _coefficients;
    private readonly KernelMatrix<double> _outputs;

    public FlowEquation(
        TrainingLoss loss, KernelMatrix<double> ntk, KernelMatrix<double> targets, KernelMatrix<double>? start, FlowOptions options, SolverOptions solver)
    {
        _loss = loss;
        _ntk = ntk;
        _start = start?.Copy() ?? KernelMatrix<double>.From(new double[targets.Rows, targets.Columns]);
        _targets = targets.View.ToArray();
        _options = options;
        _solver = solver;
        _algebra = (solver with { Progress = null }).Watched;
        _size = _targets.Length;
        _coefficients = new KernelMatrix<double>(targets.Rows, targets.Columns);
        _outputs = new KernelMatrix<double>(targets.Rows, targets.Columns);
    }

    /// <summary>Integrates to each time and reports.</summary>
    public FlowPoint[] Integrate(KernelMatrix<double>? testTrain, KernelMatrix<double>? testStart)
    {
        bool heavy = _options.Momentum is not null;
        double clock = heavy ? Math.Sqrt(_options.LearningRate) : _options.LearningRate;
        var integrator = new DormandPrince(heavy ? Heavy : Plain, _options.Tolerance);
        var state = new double[heavy ? 2 * _size : _size];
        var points = new FlowPoint[_options.Times.Count];
        double now = 0;
        var meter = new OperationMeter(_solver.Progress, $"training {_outputs.Rows} points", clock * _options.Times[^1]);
        for (int i = 0; i < points.Length; i++)
        {
            double before = clock * now;
            integrator.Advance(state, clock * (_options.Times[i] - now), passed => meter.Report(before + passed));
            now = _options.Times[i];
            SetOutputs(state);
            KernelMatrix<double>? test = testTrain is null ? null : Test(testTrain, testStart);
            points[i] = new FlowPoint(now, _loss.Value(Flat(_outputs), _targets, (int)_outputs.Columns), _outputs.Copy(), test);
        }

        return points;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _start.Dispose();
        _coefficients.Dispose();
        _outputs.Dispose();
    }

    /// <summary>dc/dT = −g.</summary>
    private void Plain(double[] state, double[] slope)
    {
        SetOutputs(state);
        _loss.Gradient(Flat(_outputs), _targets, (int)_outputs.Columns, slope);
        for (int k = 0; k < _size; k++) slope[k] = -slope[k];
    }

    /// <summary>dc/dT = p, dp/dT = −g + (m − 1)/√η·p; the state is c, then p.</summary>
    private void Heavy(double[] state, double[] slope)
    {
        double friction = (_options.Momentum!.Value - 1) / Math.Sqrt(_options.LearningRate);
        SetOutputs(state);
        _loss.Gradient(Flat(_outputs), _targets, (int)_outputs.Columns, slope.AsSpan(_size));
        for (int k = 0; k < _size; k++)
        {
            slope[k] = state[_size + k];
            slope[_size + k] = friction * state[_size + k] - slope[_size + k];
        }
    }

    /// <summary>f = f₀ + Θc.</summary>
    private void SetOutputs(double[] state)
    {
        state.AsSpan(0, _size).CopyTo(Flat(_coefficients));
        _start.View.CopyTo(_outputs.View);
        if (_size > 0) _algebra.Multiply(1, _ntk.View, false, _coefficients.View, false, 1, _outputs.View);
    }

    private KernelMatrix<double> Test(KernelMatrix<double> testTrain, KernelMatrix<double>? start)
    {
        KernelMatrix<double> test = start?.Copy() ?? KernelMatrix<double>.From(new double[testTrain.Rows, _outputs.Columns]);
        if (_size > 0 && test.Rows > 0) _algebra.Multiply(1, testTrain.View, false, _coefficients.View, false, 1, test.View);
        return test;
    }

    private static unsafe Span<double> Flat(KernelMatrix<double> matrix) => new(matrix.View.Origin, checked((int)(matrix.Rows * matrix.Columns)));
}
