namespace InfiniteNtk.Regression.Data;

/// <summary>
/// A mean and what its rounding left over: beside an offset of 10⁹ deviations, deviations from the rounded mean alone would
/// themselves have a mean of 10⁻⁷.
/// </summary>
internal readonly record struct Mean(double Rounded, double Rest)
{
    /// <summary>The sum of a number and a small correction, nothing lost.</summary>
    public static Mean Of(double large, double small)
    {
        double rounded = large + small;
        return new Mean(rounded, small - (rounded - large));
    }

    /// <summary>value − mean.</summary>
    public double Deviation(double value) => value - Rounded - Rest;
}
