namespace InfiniteNtk;

/// <summary>
/// What leads from the centred numbers that are fitted to the targets' own units: predicted means get <see cref="Offsets"/> added, variances
/// of a prior of order one are multiplied by <see cref="Scale"/>².
/// </summary>
public sealed record TargetUnits
{
    /// <summary>
    /// What was subtracted from each column before fitting and is added to each prediction: the means of a regression; for C classes 1/C or their
    /// frequencies, so that a prediction is a score near 1 for its class and 0 for the others; for two classes in one column, −1 and 1, nothing or the
    /// mean of these.
    /// </summary>
    public required ValueList<double> Offsets { get; init; }

    /// <summary>What one unit of the prior stands for (<see cref="Targets.Unit"/>); standard deviations are multiplied by it.</summary>
    public required double Scale { get; init; }

    /// <summary>Targets as they are: nothing is added, nothing multiplied.</summary>
    public static TargetUnits AsTheyAre(nint columns) => new() { Offsets = [.. new double[columns]], Scale = 1 };

    /// <summary>Means in the targets' units, in place.</summary>
    internal void Restore(KernelMatrix<double> means) => Shift(means, 1);

    /// <summary>Numbers in the targets' units as they are fitted, in place.</summary>
    internal void Center(KernelMatrix<double> values) => Shift(values, -1);

    private void Shift(KernelMatrix<double> values, double sign)
    {
        for (nint i = 0; i < values.Rows; i++)
        {
            Span<double> row = values.View.Row(i);
            for (int o = 0; o < row.Length; o++) row[o] += sign * Offsets[o];
        }
    }
}
