namespace InfiniteNtk.Regression.Data;

/// <summary>A mean and a population standard deviation for each feature.</summary>
internal sealed record FeatureStandardization : Preprocessing
{
    public override string ToString() => "features";

    private protected override FittedPreprocessing FitTo(Samples population, ILinearAlgebra? algebra)
    {
        (Mean[] means, double[] deviations) = FeatureMoments.Of(population.Rows.View);
        double[] divisors = [.. means.Zip(deviations, (mean, std) => std > FeatureMoments.Noise(mean.Rounded) ? std : double.PositiveInfinity)];
        int constant = divisors.Count(double.IsInfinity);
        string words = "each feature to mean 0, population std 1"
            + (constant == 0 ? "" : $"; {constant} constant feature{(constant == 1 ? "" : "s")} set to 0");
        return new FittedPreprocessing(words, population.Shape, rows =>
        {
            for (nint i = 0; i < rows.Rows; i++)
            {
                Span<double> row = rows.View.Row(i);
                for (int c = 0; c < row.Length; c++) row[c] = means[c].Deviation(row[c]) / divisors[c];
            }
        });
    }
}
