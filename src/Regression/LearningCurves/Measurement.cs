namespace InfiniteNtk;

/// <summary>One quantity measured on each of the random training sets.</summary>
public sealed class Measurement
{
    private readonly double[] _perSubset;

    internal Measurement(double[] perSubset)
    {
        _perSubset = perSubset;
        Mean = perSubset.Average();
        double squares = perSubset.Sum(value => (value - Mean) * (value - Mean));
        int count = perSubset.Length;
        Median = MedianOf(perSubset);
        StandardError = count > 1 ? Math.Sqrt(squares / (count - 1) / count) : double.NaN;
    }

    /// <summary>Mean over the training sets.</summary>
    public double Mean { get; }

    /// <summary>Median over the training sets: below the mean where a few sets are far worse than the others.</summary>
    public double Median { get; }

    /// <summary>The mean's standard error, standard deviation/sqrt(sets); NaN for a single one.</summary>
    public double StandardError { get; }

    /// <summary>The value on each training set, in their order: differences between kernels are paired.</summary>
    public ReadOnlySpan<double> PerSubset => _perSubset;

    /// <summary>The middle value, the mean of the two middle ones of an even number; NaN of none.</summary>
    internal static double MedianOf(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        int half = sorted.Length / 2;
        return sorted.Length == 0 ? double.NaN : sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
