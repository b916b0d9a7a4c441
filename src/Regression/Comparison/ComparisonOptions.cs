namespace InfiniteNtk;

/// <summary>How kernels are compared. The same for all rows.</summary>
public sealed record ComparisonOptions
{
    private static readonly double[] Parts = [36, 9, 3];

    /// <summary>Training-set sizes, each between 1 and M - 1; null: <see cref="DefaultSizes"/>.</summary>
    public ValueList<int>? Sizes { get; init; }

    /// <summary>The ridge, by default 1e-6 of the mean diagonal.</summary>
    public Ridge Ridge { get; init; } = Ridge.Relative(1e-6);

    /// <summary>Random training sets per size, at least 20.</summary>
    public int Subsets { get; init; } = 20;

    /// <summary>Their seed.</summary>
    public int Seed { get; init; }

    /// <summary>Told within <see cref="KernelComparison.Add"/>, whose whole is one kernel.</summary>
    public IProgress<SolverProgress>? Progress { get; init; }

    /// <summary>Ends <see cref="KernelComparison.Add"/> within one operation of the linear algebra, with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>
    /// M/36, M/9 and M/3, each rounded to 1, 2 or 5 times a power of ten: 50, 200, 500 for 1,797 points. Fewer where M is so small
    /// that they coincide.
    /// </summary>
    public static ValueList<int> DefaultSizes(int population) =>
        [.. Parts.Select(part => Math.Clamp(Round(population / part), 1, Math.Max(population - 1, 1))).Distinct()];

    private static int Round(double value)
    {
        if (value <= 1) return 1;
        double decade = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double mantissa = value / decade;
        // The borders are the geometric means of 1, 2, 5, 10.
        return (int)(decade * (mantissa < Math.Sqrt(2) ? 1 : mantissa < Math.Sqrt(10) ? 2 : mantissa < Math.Sqrt(50) ? 5 : 10));
    }
}
