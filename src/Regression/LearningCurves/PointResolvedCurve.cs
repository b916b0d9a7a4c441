using System.Globalization;
using InfiniteNtk.Regression.LearningCurves;
using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk;

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
/// <para>Exact copies (<see cref="CopyGroups"/>) are one point with a random number of them drawn, a random ridge therefore
/// (<see cref="Occupation"/>): (1) becomes R_gg = E[1/(v_g + delta/k)], and a copy that is not drawn is predicted from those that are.</para>
/// <para>It is leave-one-out with an effective ridge plus the propagation of the variance: the coherent-potential approximation of
/// disordered systems; its ancestor for bootstrap averages of Gaussian processes is Malzahn and Opper, JMLR 4:1151 (2003). On real data
/// within 1-3 %, except where near-duplicates that are no copies are common, and in few dimensions. Exact for n = M, where it is leave-one-out.</para>
/// <para>Cost per n: four to six Cholesky inverses of M x M, plus O(M^2) per output pair. Memory: one M x M matrix beside the kernel.
/// Ask for increasing n: each solution starts from the one before.</para>
/// </remarks>
public sealed class PointResolvedCurve : IDisposable
{
    private const double NearPeak = 0.99;

    /// <summary>What a size usually takes, for progress.</summary>
    private const int UsualInverses = 5;

    private readonly KernelMatrix<double> _kernel;
    private readonly Targets _targets;
    private readonly CopyGroups _groups;
    private readonly GroupTargets _groupTargets;
    private readonly SymmetricKernel _facts;
    private readonly WatchedLinearAlgebra _algebra;
    private readonly PointResolvedOptions _options;
    private readonly ResamplingField _field;
    private readonly SafeRidge _ridge;
    private readonly Workers _workers;
    private CurveWork _work = new(null, 0);
    private string _doing = "";
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
        _targets = targets;
        _options = options ?? new PointResolvedOptions();
        _algebra = new WatchedLinearAlgebra(algebra, _options.Cancellation);
        _workers = Workers.Of(_algebra);
        _facts = SymmetricKernel.Verify(kernel, targets.Count);
        for (nint i = 0; i < targets.Count; i++) SymmetricKernel.RequireFinite(targets.Values.View, i);
        _ridge = SafeRidge.For(kernel, _facts, ridge, _algebra);
        _groups = CopyGroups.Find(kernel);
        _groupTargets = new GroupTargets(targets, _groups);
        _kernel = _groups.Distinct(kernel, _workers);
        _field = new ResamplingField(_kernel, _facts, _groups, _ridge.Ridge, _algebra, _workers, () => _work.Finish(_doing, CostOfInverse));
    }

    /// <summary>The population M.</summary>
    public int Count => _groups.Points;

    /// <summary>Number of points that are copies of others to this kernel, each of them counted: 4 for two pairs.</summary>
    public int Copied => _groups.Copied;

    /// <summary>Number of points that the kernel tells apart.</summary>
    public int Distinct => _groups.Count;

    /// <summary>The ridge in use, absolute, and why it was raised.</summary>
    public SafeRidge Ridge => _ridge;

    /// <summary>The prediction for n of the M points, on the unseen points and, if given, on a separate test set.</summary>
    /// <exception cref="InvalidArgumentException">n lies outside 0 ... M.</exception>
    /// <exception cref="NumericalFailureException">The kernel matrix is not positive semidefinite, or an iteration ends without a solution.</exception>
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
        _doing = $"predicting n = {n}";
        _work = new CurveWork(_options.Progress, (UsualInverses + 1) * CostOfInverse);
        _work.Begin(_doing);
        _field.Solve(n, Start(n, pi), _options.Tolerance);
        PointResolvedPrediction prediction = Read(n, pi, test);
        _work.Finish(_doing, double.PositiveInfinity);
        return prediction;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _field.Dispose();
        _groupTargets.Dispose();
        if (_groups.Count < _groups.Points) _kernel.Dispose();
    }

    /// <summary>Multiply-adds of one size, for forecasts: some five inverses, and the variances about one more.</summary>
    internal static double Cost(double population) => (UsualInverses + 1) * population * population * population / 2;

    private double CostOfInverse => Cost(Count) / (UsualInverses + 1);

    /// <summary>From R of the solved field: means first, then R becomes D C D and the second moments follow.</summary>
    private PointResolvedPrediction Read(int n, double pi, TestSet? test)
    {
        int outputs = _groupTargets.Outputs;
        using var residuals = new KernelMatrix<double>(_groups.Count, outputs);
        _algebra.Multiply(1, _field.Inverse.View, false, _groupTargets.Means.View, false, 0, residuals.View);
        for (int g = 0; g < _groups.Count; g++)
        {
            foreach (ref double value in residuals.View.Row(g)) value /= _field.Diagonal[g];
        }

        using KernelMatrix<double>? influence = test is null ? null : Influence(test.Kernel);
        using KernelMatrix<double>? testMean = test is null ? null : new KernelMatrix<double>(test.Kernel.Rows, outputs);
        if (test is not null) _algebra.Multiply(1, influence!.View, false, _groupTargets.Means.View, false, 0, testMean!.View);

        double[] damping = _field.Damping();
        _field.Correlate(damping);
        var propagation = new VariancePropagation(_field, damping, residuals, _groupTargets, _groups, pi, _algebra);
        bool finite = propagation.SolveErrors();
        if (finite && _options.Accuracy && _targets.Task == TaskKind.Classification && outputs > 1) propagation.SolveCovariances();
        _last = new Solution(pi, _field.W, propagation.Tangent);

        PointMoments? onTest = test is null ? null : PointMoments.OfTestSet(propagation, influence!, _groupTargets.Pairs, _algebra);
        return new PointResolvedPrediction([.. _groups.Of.Select(g => _field.Omega(g) * _facts.MeanDiagonal)])
        {
            N = n,
            Unseen = Unseen(n, new UnseenResiduals(_groupTargets, _groups, residuals, propagation)),
            Test = onTest is null ? null : Errors(test!.Targets, onTest, i => test.Targets.Values.View.Row(i), (i, k) => testMean![i, k]),
            Radius = propagation.Radius,
            Residual = _field.Residual,
            Inverses = _field.Inverses,
            Warnings = Warnings(finite, propagation.Radius),
        };
    }

    /// <summary>Points that are not drawn: the mixture of training sets with a copy of the point and without.</summary>
    private PointResolvedErrors Unseen(int n, UnseenResiduals residuals)
    {
        Dictionary<int, double[]> others = [];
        foreach (int size in _groups.Sizes.Distinct()) others[size] = Occupation.Probabilities(Count - 1, size - 1, Math.Min(n, Count - 1));
        double[] OthersOf(int i) => others[_groups.Sizes[_groups.Of[i]]];
        int[] all = [.. Enumerable.Range(0, Count)], copied = [.. all.Where(i => _groups.Sizes[_groups.Of[i]] > 1)];
        ResidualMoments mixed = residuals.At(all, _ => CopyResponse.Nothing, _workers);
        ResidualMoments some = residuals.At(copied, i => CopyResponse.Something(OthersOf(i), _field.Cavity[_groups.Of[i]], _field.Ridge), _workers);
        double[] accuracies = Accuracies(mixed), withCopies = Accuracies(some);
        for (int row = 0; row < copied.Length; row++)
        {
            int i = copied[row];
            double none = OthersOf(i)[0];
            mixed.Mix(i, none, some, row);
            if (accuracies.Length > 0) accuracies[i] = none * accuracies[i] + (1 - none) * withCopies[row];
        }

        double[] bias = new double[Count];
        for (int i = 0; i < bias.Length; i++)
        {
            for (int k = 0; k < _groupTargets.Outputs; k++) bias[i] += mixed.Mean[i * _groupTargets.Outputs + k] * mixed.Mean[i * _groupTargets.Outputs + k];
        }

        return new PointResolvedErrors(Predictions(mixed), bias, mixed.Variances().Variance, accuracies);
    }

    /// <summary>y less the mean residual.</summary>
    private double[] Predictions(ResidualMoments moments)
    {
        int outputs = _groupTargets.Outputs;
        return [.. moments.Mean.Select((residual, at) => _targets.Values[moments.Points[at / outputs], at % outputs] - residual)];
    }

    private double[] Accuracies(ResidualMoments moments) => _options.Accuracy && _targets.Task == TaskKind.Classification
        ? ClassProbabilities.Of(_targets, Predictions(moments), moments.Variances(), _workers, moments.Points)
        : [];

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
        double[] accuracies = classes ? ClassProbabilities.Of(targets, means, moments, _workers) : [];
        return new PointResolvedErrors(means, bias, moments.Variance, accuracies);
    }

    /// <summary>B = k R; both carry the mean diagonal, which cancels.</summary>
    private KernelMatrix<double> Influence(KernelMatrix<double> testKernel)
    {
        KernelMatrix<double> columns = _groups.DistinctColumns(testKernel);
        var influence = new KernelMatrix<double>(testKernel.Rows, _groups.Count);
        _algebra.Multiply(1 / _facts.MeanDiagonal, columns.View, false, _field.Inverse.View, false, 0, influence.View);
        if (columns != testKernel) columns.Dispose();
        return influence;
    }

    private double[] Start(int n, double pi)
    {
        double[] bound = _field.UpperBound(n);
        double[] start = bound;
        if (_last is { } last && last.Pi <= pi)
        {
            start = last.Extrapolate(pi);
        }
        else if (_options.Spectrum is { } spectrum)
        {
            // All points alike: omega - delta = M (kappa - delta/M), the solution of the finite population; m copies are as good as m such points.
            double kappa = new FinitePopulation(spectrum, _ridge.Ridge).At(pi * spectrum.Count).Kappa;
            start = [.. _groups.Sizes.Select(size => (spectrum.Count * kappa - _ridge.Ridge) / _facts.MeanDiagonal / size)];
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
