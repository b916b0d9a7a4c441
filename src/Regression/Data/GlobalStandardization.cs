namespace InfiniteNtk.Regression.Data;

/// <summary>One mean and one population standard deviation for all entries; a population of equal entries becomes 0.</summary>
internal sealed record GlobalStandardization : Preprocessing
{
    public override string ToString() => "global";

    private protected override FittedPreprocessing FitTo(Samples population, ILinearAlgebra? algebra)
    {
        (Mean[] means, double[] deviations) = FeatureMoments.Of(population.Rows.View);
        double centre = means.Average(m => m.Rounded);
        double[] offsets = [.. means.Select(m => m.Rounded - centre + m.Rest)];
        var mean = Mean.Of(centre, offsets.Average());
        double[] between = [.. means.Select(m => m.Rounded - mean.Rounded)];
        double deviation = double.Hypot(FeatureMoments.RootMeanSquare(deviations), FeatureMoments.RootMeanSquare(between));
        double divisor = deviation > FeatureMoments.Noise(mean.Rounded) ? deviation : double.PositiveInfinity;
        return new FittedPreprocessing($"global mean {Show(Math.Abs(mean.Rounded) < 1e-13 * deviation ? 0 : mean.Rounded)}, population std {Show(deviation)}", population.Shape, rows =>
        {
            for (nint i = 0; i < rows.Rows; i++)
            {
                foreach (ref double value in rows.View.Row(i)) value = mean.Deviation(value) / divisor;
            }
        });
    }
}
