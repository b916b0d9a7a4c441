using System.Text.Json;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Spectra;

public sealed class SpectralGoldenTests
{
    private const double Tolerance = 1e-10;

    [Fact]
    public void Ridge_curves_match_the_worked_examples()
    {
        int checkedValues = 0;
        foreach (SpectralExample example in SpectralExample.Of("ridge"))
        {
            RidgePrediction prediction = new RidgeCurve(example.Spectrum(), example.Ridge, example.Noise).At(example.N);
            foreach (JsonProperty expected in example.Expect.EnumerateObject())
            {
                if (expected.NameEquals("learnabilities"))
                {
                    int level = 0;
                    foreach (JsonElement value in expected.Value.EnumerateArray()) Same(value.GetDouble(), prediction.Learnabilities[level++], example, "L");
                    continue;
                }

                double actual = expected.Name switch
                {
                    "kappa" => prediction.Kappa,
                    "overfitting" => prediction.Overfitting,
                    "test" => prediction.Test,
                    "train" => prediction.Train,
                    "bias" => prediction.Bias,
                    "variance" => prediction.Variance,
                    _ => throw new InvalidDataException(expected.Name),
                };
                Same(expected.Value.GetDouble(), actual, example, expected.Name);
                checkedValues++;
            }
        }

        Assert.True(checkedValues > 80, $"only {checkedValues} values were found");
    }

    [Fact]
    public void Finite_population_curves_match_the_worked_examples()
    {
        int checkedValues = 0;
        foreach (SpectralExample example in SpectralExample.Of("finitePopulation"))
        {
            Spectrum spectrum = example.Spectrum();
            Assert.Equal(example.Json.GetProperty("population").GetDouble(), spectrum.Count);
            FinitePopulationPrediction prediction = new FinitePopulation(spectrum, example.Ridge, example.Noise).At(example.N);
            foreach (JsonProperty expected in example.Expect.EnumerateObject())
            {
                double actual = expected.Name switch
                {
                    "kappa" => prediction.Kappa,
                    "overfitting" => prediction.Overfitting,
                    "allPoints" => prediction.AllPoints,
                    "unseen" => prediction.Unseen,
                    "train" => prediction.Train,
                    _ => throw new InvalidDataException(expected.Name),
                };
                Same(expected.Value.GetDouble(), actual, example, expected.Name);
                checkedValues++;
            }
        }

        Assert.True(checkedValues > 20, $"only {checkedValues} values were found");
    }

    private static void Same(double expected, double actual, SpectralExample example, string quantity) => Assert.True(
        Math.Abs(actual - expected) <= Tolerance * Math.Abs(expected), $"{example.Name}, {quantity}: expected {expected:R}, got {actual:R}");
}
