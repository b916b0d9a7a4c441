using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.Kernels.Tests.Execution;

/// <summary>
/// Each linear step over positions as matrices written out in full, made from padded arrays and not from the code under test:
/// a tap j is a 0/1 matrix S_j that moves positions, several axes are a Kronecker product, and a covariance M becomes S_j M S_jᵀ.
/// </summary>
internal static class ExplicitMatrices
{
    /// <summary>S_j of each tap of the whole filter, outputs × inputs.</summary>
    public static double[][,] Shifts(TapSum step)
    {
        IEnumerable<double[,]> shifts = [One];
        foreach (AxisWindow axis in step.Axes)
        {
            shifts = shifts.SelectMany(_ => Enumerable.Range(0, axis.Filter), (before, tap) => Kronecker(before, Shift(axis, tap)));
        }

        return [.. shifts];
    }

    /// <summary>L, outputs × inputs.</summary>
    public static double[,] Mix(MixPositions step) => step.Axes.Select(Matrix).Aggregate(One, Kronecker);

    /// <summary>Pick_b of each branch, outputs × the branch's positions: K' = Σ_b Pick_b K_b Pick_bᵀ.</summary>
    public static double[][,] Picks(ConcatPositions step, IReadOnlyList<ValueList<int>> shapes)
    {
        int total = step.From.Sum(from => shapes[from][step.Axis]), before = 0;
        var picks = new List<double[,]>();
        foreach (int from in step.From)
        {
            double[,] pick = One;
            for (int axis = 0; axis < shapes[from].Count; axis++)
            {
                int extent = shapes[from][axis];
                double[,] along = new double[axis == step.Axis ? total : extent, extent];
                for (int s = 0; s < extent; s++) along[s + (axis == step.Axis ? before : 0), s] = 1;
                pick = Kronecker(pick, along);
            }

            picks.Add(pick);
            before += shapes[from][step.Axis];
        }

        return [.. picks];
    }

    /// <summary>L M Lᵀ.</summary>
    public static double[,] Sandwich(double[,] l, double[,] m) => Times(Times(l, m), Transposed(l));

    /// <summary>Sum of matrices of one size.</summary>
    public static double[,] Sum(IEnumerable<double[,]> terms) => terms.Aggregate((a, b) => Each(a, (i, j) => a[i, j] + b[i, j]));

    /// <summary>A matrix of the same size, entry by entry.</summary>
    public static double[,] Each(double[,] like, Func<int, int, double> entry)
    {
        var result = new double[like.GetLength(0), like.GetLength(1)];
        for (int i = 0; i < result.GetLength(0); i++)
        {
            for (int j = 0; j < result.GetLength(1); j++) result[i, j] = entry(i, j);
        }

        return result;
    }

    /// <summary>The matrix of a map of one axis.</summary>
    public static double[,] Matrix(AxisMap map) => map switch
    {
        PoolAxis pool => Pool(pool),
        GlobalPoolAxis all => Each(new double[1, all.Extent], (_, _) => all.Average ? 1.0 / all.Extent : 1),
        SliceAxis slice => Each(new double[slice.Count, slice.Extent], (p, s) => s == slice.Start + p * slice.Step ? 1 : 0),
        ResizeAxis resize => Resize(resize),
        _ => throw new ArgumentException(map.ToString()),
    };

    /// <summary>S_j of one axis: tap j of every output looks into the padded array of input numbers; transposed, the adjoint of that.</summary>
    public static double[,] Shift(AxisWindow axis, int tap)
    {
        if (axis.Transposed)
        {
            return Transposed(Shift(axis with { Extent = axis.OutputExtent, OutputExtent = axis.Extent, Transposed = false }, tap));
        }

        const int Margin = 100;
        int?[] inside = [.. Enumerable.Range(0, axis.Extent).Select(s => (int?)s)];
        int?[] padding = axis.Circular ? [.. Enumerable.Repeat(inside, Margin).SelectMany(s => s)] : new int?[Margin];
        int?[] padded = [.. padding, .. inside, .. padding];
        int zero = padding.Length - axis.Low;
        return Each(new double[axis.OutputExtent, axis.Extent], (p, s) => padded[zero + p * axis.Stride + tap] == s ? 1 : 0);
    }

    private static double[,] Pool(PoolAxis pool)
    {
        double[,] hits = Sum(Enumerable.Range(0, pool.Window.Filter).Select(tap => Shift(pool.Window, tap)));
        double Inside(int p) => Enumerable.Range(0, pool.Extent).Sum(s => hits[p, s]);
        return Each(hits, (p, s) => hits[p, s] == 0 ? 0 : hits[p, s] / pool.Divisor switch
        {
            PoolDivisor.One => 1,
            PoolDivisor.WindowSize => pool.Window.Filter,
            _ => Inside(p),
        });
    }

    private static double[,] Resize(ResizeAxis resize)
    {
        int m = resize.Extent, n = resize.Resized;
        double scale = (double)m / n, width = resize.Antialias && m > n ? scale : 1;
        double Centre(int p) => (p + 0.5) * scale - 0.5;
        double Triangle(int p, int s) => Math.Max(0, 1 - Math.Abs(Centre(p) - s) / width);
        double Weight(int p, int s) => resize.Method == ResizeMethod.Nearest
            ? ((2 * p + 1) * m >= 2 * n * s && (2 * p + 1) * m < 2 * n * (s + 1) ? 1 : 0)
            : Triangle(p, s) / Enumerable.Range(0, m).Sum(other => Triangle(p, other));
        return Each(new double[n, m], (p, s) => m == n ? (p == s ? 1 : 0) : Weight(p, s));
    }

    private static double[,] One => new double[,] { { 1 } };

    private static double[,] Kronecker(double[,] a, double[,] b)
    {
        (int rows, int columns) = (b.GetLength(0), b.GetLength(1));
        return Each(
            new double[a.GetLength(0) * rows, a.GetLength(1) * columns], (i, j) => a[i / rows, j / columns] * b[i % rows, j % columns]);
    }

    private static double[,] Transposed(double[,] a) => Each(new double[a.GetLength(1), a.GetLength(0)], (i, j) => a[j, i]);

    private static double[,] Times(double[,] a, double[,] b) => Each(
        new double[a.GetLength(0), b.GetLength(1)], (i, j) => Enumerable.Range(0, a.GetLength(1)).Sum(k => a[i, k] * b[k, j]));
}
