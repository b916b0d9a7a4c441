using Xunit;
using Xunit.Abstractions;

namespace InfiniteNtk.Regression.Tests.LearningCurves;

public sealed class PointResolvedGoldenTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-9;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_point_curves_match_the_golden_matrices_from_either_start(bool fromSpectrum)
    {
        ILinearAlgebra algebra = LinearAlgebraBackends.Default;
        int cases = 0;
        foreach (ResamplingCase golden in ResamplingCase.All)
        {
            using KernelMatrix<double> kernel = golden.Kernel();
            using Targets targets = golden.Targets();
            TestSet test = golden.Test();
            Spectrum? spectrum = fromSpectrum ? EmpiricalSpectrum.Of(kernel, targets, algebra).Spectrum : null;
            using var curve = new PointResolvedCurve(kernel, targets, golden.Ridge, algebra, new PointResolvedOptions { Spectrum = spectrum, Tolerance = 1e-12 });
            PointResolvedPrediction prediction = curve.At(golden.N, test);
            output.WriteLine($"{golden}: {prediction.Inverses} inverses, radius {prediction.Radius:F3}, residual {prediction.Residual:G2}");

            Same(golden.Vector("effectiveRidge"), prediction.EffectiveRidge, golden, "effectiveRidge");
            Same(golden.Vector("unseenPerPoint"), PerPoint(prediction.Unseen), golden, "unseenPerPoint");
            Same(golden.Flat("meanPrediction"), Means(prediction.Unseen), golden, "meanPrediction");
            Same(golden.Vector("variance"), prediction.Unseen.Variance, golden, "variance");
            Same([golden.Number("unseen")], [prediction.Unseen.Mean], golden, "unseen");
            Same(golden.Flat("testMeanPrediction"), Means(prediction.Test!), golden, "testMeanPrediction");
            Same(golden.Vector("testPerPoint"), PerPoint(prediction.Test!), golden, "testPerPoint");
            Same([golden.Number("test")], [prediction.Test!.Mean], golden, "test");
            cases++;
        }

        Assert.Equal(6, cases);
    }

    private static double[] PerPoint(PointResolvedErrors errors) => [.. Enumerable.Range(0, errors.Bias.Length).Select(errors.At)];

    private static double[] Means(PointResolvedErrors errors) =>
        [.. Enumerable.Range(0, errors.Bias.Length).SelectMany(i => errors.MeanPrediction(i).ToArray())];

    private static void Same(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, ResamplingCase golden, string quantity)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 0;
        foreach (double value in expected) scale = Math.Max(scale, Math.Abs(value));
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]) / Math.Max(Math.Abs(expected[i]), 1e-3 * scale);
            Assert.True(error <= Tolerance, $"{golden}, {quantity}[{i}]: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }
}
