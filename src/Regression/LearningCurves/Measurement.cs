namespace InfiniteNtk.Regression.LearningCurves;

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
        StandardError = count > 1 ? Math.Sqrt(squares / (count - 1) / count) : double.NaN;
    }

    /// <summary>Mean over the training sets.</summary>
    public double Mean { get; }

    /// <summary>Its standard error, standard deviation/sqrt(sets); NaN for a single one.</summary>
    public double StandardError { get; }

    /// <summary>The value on each training set, in their order: differences between kernels are paired.</summary>
    public ReadOnlySpan<double> PerSubset => _perSubset;
}
