using System.Globalization;
using InfiniteNtk.Kernels;
using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Regression.Data;
using InfiniteNtk.Regression.LinearAlgebra;
using InfiniteNtk.Regression.Spectra;

namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>
/// The learning curve of the given kernel matrix, point by point, without training on any subset: n of M points are drawn at
/// random, and every point gets its own effective ridge.
/// </summary>
/// <remarks>
/// <para>With A the kernel matrix, delta the ridge, pi = n/M, R = (A + diag omega)^-1, d = diag R:
/// (1) (omega_i - delta) R_ii = 1 - pi; (2) mean residual of i while unseen g_i = (R y)_i/R_ii, mean prediction y_i - g_i;
/// (3) second moment u_i = |g_i|^2 + ((1-pi)/pi) sum_{j != i} (R_ij/R_ii)^2 u_j, that is H (d u) = pi d |g|^2;
/// (4) a separate test set with kernel k, B = k R: mean B y, u = |y - B y|^2 + ((1-pi)/pi) sum_j B_j^2 u_j.
/// The same systems with g_k g_l on the right give the covariance of outputs k and l, hence the probability of the right class.</para>
/// <para>It is leave-one-out with an effective ridge plus the propagation of the variance: the coherent-potential approximation of
/// disordered systems; its ancestor for bootstrap averages of Gaussian processes is Malzahn and Opper, JMLR 4:1151 (2003). On real data
/// within 1-3 %, except where near-duplicates are common. Exact for n = M, where it is leave-one-out.</para>
/// <para>Cost per n: four to six Cholesky inverses of M x M, plus O(M^2) per output pair. Memory: one M x M matrix beside the kernel.
/// Ask for increasing n: each solution starts from the one before.</para>
/// </remarks>
public sealed class PointResolvedCurve : IDisposable
{
    private const double NearPeak = 0.99;

    private readonly KernelMatrix<double> _kernel;
    private readonly Targets _targets;
    private readonly SymmetricKernel _facts;
    private readonly ILinearAlgebra _algebra;
    private readonly PointResolvedOptions _options;
    private readonly ResamplingField _field;
    private readonly SafeRidge _ridge;
    private Solution? _last;

    /// <summary>Prepares the curve: reads the kernel once, and factorises it once where the ridge is tiny.</summary>
    /// <param name="kernel">Kernel of the population, M x M, symmetric; kept, not changed, not disposed.</param>
    /// <param name="targets">Its targets.</param>
    /// <param name="ridge">delta, absolute; raised by <see cref="SafeRidge"/> where the kernel is singular.</param>
    /// <param name="algebra">The backend.</param>
    /// <param name="options">Tolerance and what to compute.</param>
    /// <exception cref="InfiniteNtkException">The kernel has the wrong shape, is not finite or not symmetric, or has no trace; the ridge is negative.</exception>
    public PointResolvedCurve(
        KernelMatrix<double> kernel, Targets targets, double ridge, ILinearAlgebra algebra, PointResolvedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(algebra);
        EffectiveRidge.Require(ridge, "the ridge");
        _kernel = kernel;
        _targets = targets;
        _algebra = algebra;
        _options = options ?? new PointResolvedOptions();
        _facts = SymmetricKernel.Verify(kernel, targets.Count);
        for (nint i = 0; i < targets.Count; i++) SymmetricKernel.RequireFinite(targets.Values.View, i);
        _ridge = SafeRidge.For(kernel, _facts, ridge, algebra);
        _field = new ResamplingField(kernel, _facts, _ridge.Ridge, algebra);
    }

    /// <summary>The population M.</summary>
    public int Count => checked((int)_kernel.Rows);

    /// <summary>The ridge in use, absolute, and why it was raised.</summary>
    public SafeRidge Ridge => _ridge;

    /// <summary>The prediction for n of the M points, on the unseen points and, if given, on a separate test set.</summary>
    /// <exception cref="InvalidArgumentException">n lies outside 0 ... M.</exception>
    /// <exception cref="NumericalFailureException">The kernel matrix is not positive semidefinite.</exception>
    public PointResolvedPrediction At(int n, TestSet? test = null)
    {
        if (n < 0 || n > Count)
        {
            throw new InvalidArgumentException(
                "Cannot predict a learning curve", $"{n} training points were asked for", $"n must lie between 0 and the {Count} points there are", "Ask for fewer points");
        }

        test?.Verify(Count, _targets, "Cannot predict a test set");
        if (n == 0) return WithoutTraining(test);
        double pi = (double)n / Count;
        _field.Solve(pi, Start(pi), _options.Tolerance);
        return Read(n, pi, test);
    }

    /// <inheritdoc/>
    public void Dispose() => _field.Dispose();

    /// <summary>From R of the solved field: means first, then R becomes C and the second moments follow.</summary>
    private PointResolvedPrediction Read(int n, double pi, TestSet? test)
    {
        int outputs = (int)_targets.Values.Columns;
        double[] w = _field.W;
        double[] d = [.. _field.Diagonal];
        using var residuals = new KernelMatrix<double>(Count, outputs);
        _algebra.Multiply(1, _field.Inverse.View, false, _targets.Values.View, false, 0, residuals.View);
        for (int i = 0; i < Count; i++)
        {
            foreach (ref double value in residuals.View.Row(i)) value /= d[i];
        }

        using KernelMatrix<double>? influence = test is null ? null : Influence(test.Kernel);
        KernelMatrix<double>? testMean = null;
        if (test is not null)
        {
            testMean = new KernelMatrix<double>(test.Kernel.Rows, outputs);
            _algebra.Multiply(1, influence!.View, false, _targets.Values.View, false, 0, testMean.View);
        }

        using KernelMatrix<double>? ownedTestMean = testMean;
        ShiftedKernel.SquareCorrelations(_field.Inverse, d, Workers.Of(_algebra));
        var propagation = new VariancePropagation(_field.Inverse, d, residuals, pi, _algebra);
        bool finite = propagation.SolveErrors();
        bool covariances = finite && _options.Accuracy && _targets.Task == TaskKind.Classification && outputs > 1;
        if (covariances) propagation.SolveCovariances();
        _last = new Solution(pi, w, propagation.Tangent);

        double factor = pi < 1 ? (1 - pi) / pi : 0;
        var unseen = PointMoments.OfPopulation(propagation, residuals);
        PointMoments? onTest = test is null ? null : PointMoments.OfTestSet(propagation, influence!, factor, _algebra);
        return new PointResolvedPrediction([.. w.Select(value => (value + _field.Ridge) * _facts.MeanDiagonal)])
        {
            N = n,
            Unseen = Errors(_targets, unseen, i => _targets.Values.View.Row(i), (i, k) => _targets.Values[i, k] - residuals[i, k]),
            Test = onTest is null ? null : Errors(test!.Targets, onTest, i => test.Targets.Values.View.Row(i), (i, k) => testMean![i, k]),
            Radius = propagation.Radius,
            Residual = _field.Residual,
            Inverses = _field.Inverses,
            Warnings = Warnings(finite, propagation.Radius),
        };
    }

    private delegate ReadOnlySpan<double> RowOf(int point);

    private PointResolvedErrors Errors(Targets targets, PointMoments moments, RowOf target, Func<int, int, double> mean)
    {
        int points = (int)targets.Count;
        int outputs = (int)targets.Values.Columns;
        double[] means = new double[points * outputs];
        double[] bias = new double[points];
        for (int i = 0; i < points; i++)
        {
            ReadOnlySpan<double> y = target(i);
            for (int k = 0; k < outputs; k++)
            {
                means[i * outputs + k] = mean(i, k);
                double miss = mean(i, k) - y[k];
                bias[i] += miss * miss;
            }
        }

        bool classes = _options.Accuracy && targets.Task == TaskKind.Classification;
        double[] accuracies = classes ? ClassProbabilities.Of(targets, means, moments, Workers.Of(_algebra)) : [];
        return new PointResolvedErrors(means, bias, moments.Variance, accuracies);
    }

    /// <summary>B = k R; both carry the mean diagonal, which cancels.</summary>
    private KernelMatrix<double> Influence(KernelMatrix<double> testKernel)
    {
        var influence = new KernelMatrix<double>(testKernel.Rows, testKernel.Columns);
        _algebra.Multiply(1 / _facts.MeanDiagonal, testKernel.View, false, _field.Inverse.View, false, 0, influence.View);
        return influence;
    }

    private double[] Start(double pi)
    {
        double[] bound = _field.UpperBound(pi);
        double[] start = bound;
        if (_last is { } last && last.Pi <= pi)
        {
            start = last.Extrapolate(pi);
        }
        else if (_options.Spectrum is { } spectrum)
        {
            // All points alike: omega - delta = M (kappa - delta/M), the solution of the finite population.
            double kappa = new FinitePopulation(spectrum, _ridge.Ridge).At(pi * spectrum.Count).Kappa;
            start = new double[Count];
            Array.Fill(start, (spectrum.Count * kappa - _ridge.Ridge) / _facts.MeanDiagonal);
        }

        for (int i = 0; i < start.Length; i++) start[i] = start[i] > 0 ? Math.Min(start[i], bound[i]) : bound[i];
        return start;
    }

    /// <summary>n = 0: the zero predictor, every class equally likely.</summary>
    private PointResolvedPrediction WithoutTraining(TestSet? test)
    {
        double[] infinite = new double[Count];
        Array.Fill(infinite, double.PositiveInfinity);
        return new PointResolvedPrediction(infinite)
        {
            N = 0,
            Unseen = Errors(_targets, PointMoments.None(Count), i => _targets.Values.View.Row(i), (_, _) => 0),
            Test = test is null ? null : Errors(test.Targets, PointMoments.None((int)test.Targets.Count), i => test.Targets.Values.View.Row(i), (_, _) => 0),
            Radius = 0,
            Residual = 0,
            Inverses = 0,
            Warnings = Warnings(true, 0),
        };
    }

    private ValueList<string> Warnings(bool finite, double radius)
    {
        List<string> warnings = [];
        if (_ridge.Note is not null) warnings.Add(_ridge.Note);
        if (!finite) warnings.Add("no finite variance: the double-descent peak");
        else if (radius > NearPeak) warnings.Add(string.Create(CultureInfo.InvariantCulture, $"near the double-descent peak: radius {radius:F4}"));
        if (!_field.IsSolved) warnings.Add(string.Create(CultureInfo.InvariantCulture, $"effective ridges solved to {_field.Residual:G2} only"));
        return [.. warnings];
    }

    /// <summary>A solution with its slope, to start the next one from.</summary>
    private sealed record Solution(double Pi, double[] W, double[] Tangent)
    {
        /// <summary>log w as a straight line in logit pi.</summary>
        public double[] Extrapolate(double pi)
        {
            if (pi == Pi || Pi >= 1) return [.. W];
            double distance = pi < 1 ? Math.Log(pi / (1 - pi) * ((1 - Pi) / Pi)) : 0;
            return [.. W.Select((w, i) => pi < 1 ? w * Math.Exp(Tangent[i] * Pi * (1 - Pi) / w * distance) : 0)];
        }
    }
}
