using InfiniteNtk.FiniteWidth.Randomness;

namespace InfiniteNtk;

/// <summary>
/// Which part of the O × O tangent kernel of each pair of samples is wanted: gradients of R combinations of the outputs, kept apart
/// or summed. One backward pass carries all R.
/// </summary>
public sealed class OutputDirections
{
    private readonly Func<int, double[,]> _rows;

    private OutputDirections(Func<int, double[,]> rows, bool traceOnly, string name)
    {
        _rows = rows;
        TraceOnly = traceOnly;
        Name = name;
    }

    /// <summary>Θ as an (N·O) × (N′·O) matrix, row n·O + o.</summary>
    public static OutputDirections Full { get; } = new(outputs => Unit(outputs, outputs, 1), false, "full");

    /// <summary>The mean over outputs, (1/O) Σ_o Θ_oo: N × N′. This is what converges to the kernel Θ.</summary>
    public static OutputDirections Trace { get; } = new(outputs => Unit(outputs, outputs, 1 / Math.Sqrt(outputs)), true, "trace");

    /// <summary>
    /// The pseudo-NTK, the tangent kernel of the sum of the outputs over √O: (1/O) Σ_{o,o′} Θ_oo′, by a single backward direction.
    /// Its distance from the full NTK's trace falls with 1/√width (M. A. Mohamadi, W. Bae, D. J. Sutherland, "A fast,
    /// well-founded approximation to the empirical neural tangent kernel", ICML 2023).
    /// </summary>
    public static OutputDirections SumOfOutputs { get; } = new(Ones, true, "sum of outputs");

    /// <summary>Whether equal directions are summed instead of kept apart.</summary>
    internal bool TraceOnly { get; }

    /// <summary>For reports.</summary>
    public string Name { get; }

    /// <summary>The mean over the first <paramref name="count"/> outputs (all, where there are fewer): a cheaper, noisier trace.</summary>
    public static OutputDirections First(int count)
    {
        RequirePositive(count);
        return new(outputs => Unit(Math.Min(count, outputs), outputs, 1 / Math.Sqrt(Math.Min(count, outputs))), true, $"first {count} outputs");
    }

    /// <summary>
    /// The mean over <paramref name="count"/> random combinations of all outputs, v ~ N(0, I)/√O: an unbiased estimate of
    /// <see cref="Trace"/> by <paramref name="count"/> backward directions, whose error falls with 1/√count.
    /// </summary>
    /// <param name="count">R.</param>
    /// <param name="seed">Where the combinations come from.</param>
    public static OutputDirections RandomProjections(int count, ulong seed)
    {
        RequirePositive(count);
        return new(outputs => Gaussians(count, outputs, seed), true, $"{count} random projections");
    }

    /// <summary>Any R × O combinations, for example random projections: Θ as an (N·R) × (N′·R) matrix.</summary>
    public static OutputDirections Of(double[,] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RequirePositive(rows.GetLength(0));
        var copy = (double[,])rows.Clone();
        return new(
            outputs => copy.GetLength(1) == outputs ? copy : throw new ShapeMismatchException(
                "Cannot project the outputs", $"the directions have {copy.GetLength(1)} columns", $"the network has {outputs} outputs",
                "Pass one column for each output"),
            false, $"{copy.GetLength(0)} directions");
    }

    /// <summary>R × O.</summary>
    internal double[,] Rows(int outputs) => _rows(outputs);

    private static double[,] Unit(int rows, int outputs, double value)
    {
        var unit = new double[rows, outputs];
        for (int r = 0; r < rows; r++) unit[r, r] = value;
        return unit;
    }

    private static double[,] Gaussians(int rows, int outputs, ulong seed)
    {
        var values = new double[rows * outputs];
        new RandomStream(seed, 0, "output projections").Gaussian(0, values);
        var gaussians = new double[rows, outputs];
        double scale = 1 / Math.Sqrt((double)rows * outputs);
        for (int k = 0; k < values.Length; k++) gaussians[k / outputs, k % outputs] = scale * values[k];
        return gaussians;
    }

    private static double[,] Ones(int outputs)
    {
        var row = new double[1, outputs];
        for (int o = 0; o < outputs; o++) row[0, o] = 1 / Math.Sqrt(outputs);
        return row;
    }

    private static void RequirePositive(int count)
    {
        if (count > 0) return;
        throw new InvalidArgumentException(
            "Cannot choose output directions", $"{count} were asked for", "at least one is needed", "Pass a positive number");
    }
}
