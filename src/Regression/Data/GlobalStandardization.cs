using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.Data;

/// <summary>One mean and one population standard deviation for all entries; a population of equal entries becomes 0.</summary>
internal sealed record GlobalStandardization : Preprocessing
{
    public override string ToString() => "global";

    private protected override FittedPreprocessing FitTo(Samples population, ILinearAlgebra? algebra)
    {
        (double[] means, double[] variances) = FeatureMoments.Of(population.Rows.View);
        double mean = means.Average();
        double deviation = Math.Sqrt(means.Zip(variances, (m, v) => v + (m - mean) * (m - mean)).Average());
        double scale = deviation > FeatureMoments.Noise(mean) ? 1 / deviation : 0;
        return new FittedPreprocessing($"global mean {Show(mean)}, population std {Show(deviation)}", population.Shape, rows =>
        {
            for (nint i = 0; i < rows.Rows; i++)
            {
                foreach (ref double value in rows.View.Row(i)) value = (value - mean) * scale;
            }
        });
    }
}
