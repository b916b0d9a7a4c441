using InfiniteNtk.Regression.LearningCurves;
using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk;

/// <summary>
/// The learning curve of a given kernel matrix, measured: ridge regression on random subsets, its error on all other points.
/// </summary>
/// <remarks>
/// Cost per n and S subsets: S Cholesky inverses of n x n, and one product of the kernel with all S coefficient vectors at once.
/// The subsets depend on (M, n, seed) only.
/// </remarks>
public sealed class MeasuredCurve
{
    /// <summary>Fewer subsets give no usable standard error.</summary>
    public const int FewestSubsets = 2;

    /// <summary>Coefficient columns that are multiplied with the kernel at once: bounds the memory at 2 x 512 x M numbers.</summary>
    private const int ColumnsAtOnce = 512;

    private readonly KernelMatrix<double> _kernel;
    private readonly Targets _targets;
    private readonly double _ridge;
    private readonly WatchedLinearAlgebra _algebra;
    private readonly MeasuredCurveOptions _options;

    /// <summary>Keeps the kernel (M x M, not changed, not disposed), its targets and the absolute ridge.</summary>
    /// <param name="kernel">The population's kernel.</param>
    /// <param name="targets">Its targets.</param>
    /// <param name="ridge">Absolute, at least 0.</param>
    /// <param name="algebra">The backend.</param>
    /// <param name="options">Progress and cancellation.</param>
    /// <exception cref="InfiniteNtkException">The kernel has the wrong shape, is not finite or not symmetric; the ridge is negative.</exception>
    public MeasuredCurve(KernelMatrix<double> kernel, Targets targets, double ridge, ILinearAlgebra algebra, MeasuredCurveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(algebra);
        EffectiveRidge.Require(ridge, "the ridge");
        _ = SymmetricKernel.Verify(kernel, targets.Count);
        _kernel = kernel;
        _targets = targets;
        _ridge = ridge;
        _options = options ?? new MeasuredCurveOptions();
        _algebra = new WatchedLinearAlgebra(algebra, _options.Cancellation);
    }

    /// <summary>Measures at n training points.</summary>
    /// <param name="n">Between 1 and M - 1.</param>
    /// <param name="subsets">Number of training sets, at least <see cref="FewestSubsets"/>.</param>
    /// <param name="seed">Their seed.</param>
    /// <param name="test">Labelled points that are never drawn.</param>
    /// <exception cref="InvalidArgumentException">n or the number of subsets is out of range.</exception>
    /// <exception cref="ShapeMismatchException">The test set does not fit the population.</exception>
    /// <exception cref="NumericalFailureException">A subset's kernel matrix plus ridge is not positive definite.</exception>
    public MeasuredPoint At(int n, int subsets = 20, int seed = 0, TestSet? test = null)
    {
        int population = (int)_kernel.Rows;
        if (n < 1 || n >= population)
        {
            throw new InvalidArgumentException(
                "Cannot measure a learning curve", $"{n} of {population} points were to be drawn for training",
                "at least one must be drawn and at least one must stay unseen", $"Choose n between 1 and {population - 1}");
        }

        if (subsets < FewestSubsets)
        {
            throw new InvalidArgumentException(
                "Cannot measure a learning curve", $"{subsets} subsets were asked for", $"at least {FewestSubsets} are needed for a standard error", "Ask for 20 or more");
        }

        test?.Verify(population, _targets, "Cannot measure on a test set");
        var draw = new TrainingSubsets(population, seed);
        double[] unseen = new double[subsets], leaveOneOut = new double[subsets], accuracy = new double[subsets];
        double[] testError = new double[subsets], testAccuracy = new double[subsets];
        int outputs = (int)_targets.Values.Columns;
        int atOnce = Math.Max(1, ColumnsAtOnce / outputs);
        string doing = $"measuring n = {n}";
        double products = (population + (test?.Targets.Count ?? 0)) * (double)population * outputs;
        var work = new CurveWork(_options.Progress, subsets * (FitCost(n) + products));
        work.Begin(doing);
        for (int first = 0; first < subsets; first += atOnce)
        {
            int count = Math.Min(atOnce, subsets - first);
            int[][] points = [.. Enumerable.Range(first, count).Select(index => draw.Draw(n, index))];
            using var coefficients = KernelMatrix<double>.Temporary(population, (nint)count * outputs);
            for (nint i = 0; i < population; i++) coefficients.View.Row(i).Clear();
            for (int s = 0; s < count; s++)
            {
                leaveOneOut[first + s] = Fit(points[s], s * outputs, coefficients, first + s);
                work.Finish(doing, FitCost(n));
            }

            Predict(_kernel, _targets, coefficients, points, unseen.AsSpan(first, count), accuracy.AsSpan(first, count));
            if (test is not null)
            {
                int[][] none = [.. points.Select(_ => Array.Empty<int>())];
                Predict(test.Kernel, test.Targets, coefficients, none, testError.AsSpan(first, count), testAccuracy.AsSpan(first, count));
            }

            work.Finish(doing, count * products);
        }

        bool classes = _targets.Task == TaskKind.Classification;
        return new MeasuredPoint(
            n,
            new Measurement(unseen),
            new Measurement(leaveOneOut),
            classes ? new Measurement(accuracy) : null,
            test is null ? null : new Measurement(testError),
            test is not null && classes ? new Measurement(testAccuracy) : null);
    }

    /// <summary>Multiply-adds of n sets: what <see cref="At"/> costs, for forecasts.</summary>
    internal static double Cost(double population, double outputs, int n, int subsets) => subsets * (FitCost(n) + population * population * outputs);

    private static double FitCost(double n) => n * n * n / 2;

    /// <summary>Writes (K_SS + ridge)^-1 y into the subset's rows and columns; returns its leave-one-out error.</summary>
    private double Fit(int[] points, int column, KernelMatrix<double> coefficients, int index)
    {
        int n = points.Length;
        int outputs = (int)_targets.Values.Columns;
        using var matrix = KernelMatrix<double>.Temporary(n, n);
        using var solution = KernelMatrix<double>.Temporary(n, outputs);
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> from = _kernel.View.Row(points[i]);
            Span<double> to = matrix.View.Row(i);
            for (int j = 0; j <= i; j++) to[j] = from[points[j]];
            to[i] += _ridge;
            _targets.Values.View.Row(points[i]).CopyTo(solution.View.Row(i));
        }

        if (_algebra.Cholesky(matrix.View) >= 0)
        {
            throw new NumericalFailureException(
                "Cannot fit a training set", $"the kernel matrix of set {index} with {n} points plus ridge {_ridge:G3} is not positive definite",
                "it must be", "Raise the ridge, or remove duplicate points");
        }

        _algebra.SolveTriangular(matrix.View, false, solution.View);
        _algebra.SolveTriangular(matrix.View, true, solution.View);
        _algebra.InvertFromCholesky(matrix.View);
        double error = 0;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> alpha = solution.View.Row(i);
            alpha.CopyTo(coefficients.View.Row(points[i]).Slice(column, outputs));
            foreach (double value in alpha) error += value / matrix[i, i] * (value / matrix[i, i]);
        }

        return error / n;
    }

    /// <summary>Mean error and share of right classes of each set of coefficients, on the rows that its subset does not contain.</summary>
    private void Predict(
        KernelMatrix<double> kernel, Targets targets, KernelMatrix<double> coefficients, int[][] seen, Span<double> errors, Span<double> accuracies)
    {
        using var predictions = KernelMatrix<double>.Temporary(kernel.Rows, coefficients.Columns);
        _algebra.Multiply(1, kernel.View, false, coefficients.View, false, 0, predictions.View);
        int outputs = (int)targets.Values.Columns;
        bool classes = targets.Task == TaskKind.Classification;
        for (int s = 0; s < seen.Length; s++)
        {
            double error = 0;
            int right = 0;
            for (int i = 0, next = 0; i < predictions.Rows; i++)
            {
                if (next < seen[s].Length && seen[s][next] == i)
                {
                    next++;
                    continue;
                }

                ReadOnlySpan<double> prediction = predictions.View.Row(i).Slice(s * outputs, outputs);
                ReadOnlySpan<double> target = targets.Values.View.Row(i);
                for (int k = 0; k < outputs; k++) error += (prediction[k] - target[k]) * (prediction[k] - target[k]);
                if (classes && Winner(prediction, targets) == targets.Classes[i]) right++;
            }

            double count = predictions.Rows - seen[s].Length;
            errors[s] = error / count;
            accuracies[s] = right / count;
        }
    }

    /// <summary>The class of the largest output, the first of equals; one column: class 1 above 0. What the targets were centred by is added.</summary>
    private static int Winner(ReadOnlySpan<double> prediction, Targets targets)
    {
        if (prediction.Length == 1) return prediction[0] + targets.DecisionOffset(0) > 0 ? 1 : 0;
        int best = 0;
        for (int k = 1; k < prediction.Length; k++)
        {
            if (prediction[k] + targets.DecisionOffset(k) > prediction[best] + targets.DecisionOffset(best)) best = k;
        }

        return best;
    }
}
