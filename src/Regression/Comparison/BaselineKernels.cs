using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk;

/// <summary>What networks must beat: kernels that need no architecture.</summary>
public sealed class BaselineKernels
{
    /// <summary>The median pairwise distance is taken over at most this many points, evenly spaced in the file: deterministic.</summary>
    public const int MedianPoints = 1000;

    /// <summary>Squared distances below this share of |x|^2 + |x'|^2 are what rounding leaves of 0.</summary>
    private const double Rounding = 1e-14;

    private readonly Samples _points;
    private readonly ILinearAlgebra _algebra;
    private readonly Workers _workers;
    private readonly double[] _squares;

    /// <summary>Prepares the baselines of a population. Cost: the median takes half a million distances at most.</summary>
    /// <exception cref="InvalidArgumentException">There is no point.</exception>
    public BaselineKernels(Samples points, ILinearAlgebra? algebra = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count == 0)
        {
            throw new InvalidArgumentException("Cannot make baseline kernels", "there are no points", "at least one is needed", "Pass the population");
        }

        _points = points;
        _algebra = algebra ?? LinearAlgebraBackends.Default;
        _workers = Workers.Of(_algebra);
        _squares = Squares(points);
        (Width, IntrinsicDimension) = ReadDistances(points);
    }

    /// <summary>The names of all baselines, in the order in which they are listed.</summary>
    public static IReadOnlyList<string> Names { get; } = ["linear", "gaussian", "laplace", "constant"];

    /// <summary>h: the median Euclidean distance of two different points, the width of Gaussian and Laplace; 1 where all points coincide.</summary>
    public double Width { get; }

    /// <summary>
    /// About how many dimensions the points fill, from the ratio of the distances to the two nearest other ones (copies left out) among at most
    /// <see cref="MedianPoints"/> points; NaN where there are too few. E. Facco et al., Sci. Rep. 7, 12140 (2017).
    /// </summary>
    public double IntrinsicDimension { get; }

    /// <summary>The kernel of that name, of the population with itself.</summary>
    /// <exception cref="InvalidArgumentException">The name is none of <see cref="Names"/>.</exception>
    public KernelMatrix<double> Of(string name) => Between(name, _points, _squares, MatrixStructure.Symmetric);

    /// <summary>The kernel of that name between test points (rows) and the population (columns).</summary>
    /// <exception cref="InvalidArgumentException">The name is none of <see cref="Names"/>.</exception>
    /// <exception cref="ShapeMismatchException">The test points have another number of features.</exception>
    public KernelMatrix<double> Of(string name, Samples test)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (test.Rows.Columns != _points.Rows.Columns)
        {
            throw new ShapeMismatchException(
                "Cannot compare points", $"the test points have {test.Rows.Columns} numbers each", $"the population's have {_points.Rows.Columns}", "Pass points of one kind");
        }

        return Between(name, test, Squares(test), MatrixStructure.General);
    }

    /// <summary>
    /// linear &lt;x,x'&gt;/d; gaussian exp(-|x-x'|^2/(2 h^2)); laplace exp(-|x-x'|/h); constant 1, whose regression predicts the mean label.
    /// </summary>
    private KernelMatrix<double> Between(string name, Samples left, double[] leftSquares, MatrixStructure structure)
    {
        double h = Width;
        double features = _points.Rows.Columns;
        // |x|^2 + |x'|^2 - 2 <x,x'>, where what is rounding is 0: copies are at no distance, and not at the root of rounding.
        double Distance(double inner, double p, double q) => p + q - 2 * inner is var square && square > Rounding * (p + q) ? square : 0;
        Func<double, double, double, double> kernel = name switch
        {
            "linear" => (inner, _, _) => inner / features,
            "gaussian" => (inner, p, q) => Math.Exp(-Distance(inner, p, q) / (2 * h * h)),
            "laplace" => (inner, p, q) => Math.Exp(-Math.Sqrt(Distance(inner, p, q)) / h),
            "constant" => (_, _, _) => 1,
            _ => throw new InvalidArgumentException(
                "Cannot make a baseline kernel", $"'{name}' was asked for", $"it must be one of {string.Join(", ", Names)}", "Choose one of them"),
        };
        var result = new KernelMatrix<double>(left.Count, _points.Count, structure);
        _algebra.Multiply(1, left.Rows.View, false, _points.Rows.View, true, 0, result.View);
        bool symmetric = structure == MatrixStructure.Symmetric;
        _workers.Run(left.Count, point =>
        {
            int i = (int)point;
            Span<double> row = result.View.Row(i);
            int count = symmetric ? i + 1 : row.Length;
            for (int j = 0; j < count; j++)
            {
                double inner = symmetric && i == j ? _squares[i] : row[j];
                row[j] = kernel(inner, leftSquares[i], _squares[j]);
            }
        });
        if (symmetric) Mirror.LowerToUpper(result.View);
        return result;
    }

    private (double Median, double Dimension) ReadDistances(Samples points)
    {
        int count = (int)Math.Min(points.Count, MedianPoints);
        if (count < 2) return (1, double.NaN);
        double[] distances = new double[count * (count - 1) / 2];
        _workers.Run(count, point =>
        {
            int i = (int)point;
            ReadOnlySpan<double> left = points.Rows.View.Row(i * points.Count / count);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> right = points.Rows.View.Row(j * points.Count / count);
                double sum = 0;
                for (int d = 0; d < left.Length; d++) sum += (left[d] - right[d]) * (left[d] - right[d]);
                distances[i * (i - 1) / 2 + j] = Math.Sqrt(sum);
            }
        });
        double[] positive = [.. distances.Where(distance => distance > 0).Order()];
        return (positive.Length == 0 ? 1 : positive[positive.Length / 2], Dimension(distances, count));
    }

    /// <summary>(N - 1)/sum log(r_2/r_1) over the distances to the two nearest other points; points without two are left out.</summary>
    private static double Dimension(double[] distances, int count)
    {
        double logs = 0;
        int points = 0;
        for (int i = 0; i < count; i++)
        {
            double first = double.PositiveInfinity, second = double.PositiveInfinity;
            for (int j = 0; j < count; j++)
            {
                if (i == j) continue;
                double distance = distances[Math.Max(i, j) * (Math.Max(i, j) - 1) / 2 + Math.Min(i, j)];
                if (distance == 0) continue;
                second = Math.Min(second, Math.Max(first, distance));
                first = Math.Min(first, distance);
            }

            if (double.IsInfinity(second)) continue;
            logs += Math.Log(second / first);
            points++;
        }

        return points > 1 && logs > 0 ? (points - 1) / logs : double.NaN;
    }

    private static double[] Squares(Samples points)
    {
        double[] squares = new double[points.Count];
        for (int i = 0; i < squares.Length; i++)
        {
            foreach (double value in points.Rows.View.Row(i)) squares[i] += value * value;
        }

        return squares;
    }
}
