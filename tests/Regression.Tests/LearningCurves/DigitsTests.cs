using Xunit;
using Xunit.Abstractions;

namespace InfiniteNtk.Regression.Tests.LearningCurves;

/// <summary>Theory and measurement on real handwritten digits, and on their spectrum with random eigenvectors.</summary>
public sealed class DigitsTests(ITestOutputHelper output)
{
    private static readonly ILinearAlgebra Algebra = LinearAlgebraBackends.Default;

    /// <summary>n, kappa, E0, all points, unseen by spectrum, unseen point by point, mean omega; measured and its standard error, leave-one-out and its; predicted accuracy.</summary>
    private static readonly double[][] Table =
    [
        [50, .0286826861959, 1.2740487455, .347004537797, .356935978489, .349499455251, 51.471226234, .35956, .00201, .36780, .00319, .8653],
        [200, .00467346426582, 1.36315749878, .144490746977, .162586018983, .164972176529, 8.4207775317, .16970, .00054, .16963, .00089, .9609],
        [500, .00122697183976, 1.61332512672, .0671910949349, .093093598764, .0997880771316, 2.22784300495, .10233, .00048, .10226, .00055, .9829],
        [1000, .000322077705331, 2.48327896331, .02577090799, .0581057988157, .0688905569248, .593128615425, .07015, .00062, .06997, .00044, .9893],
    ];

    [Fact]
    public void All_digits_reproduce_the_reference_table()
    {
        using var digits = new Digits(1797);
        KernelMatrix<double> kernel = digits.Kernels.Ntk;
        Assert.Equal(0.616052481534, digits.Kernels.Nngp[0, 1], 1e-11);
        Assert.Equal(1.210658041671, kernel[0, 1], 1e-11);
        Assert.Equal(4.045e-6, digits.Ridge, 1e-14);
        var spectrum = EmpiricalSpectrum.Of(kernel, digits.Targets, Algebra);
        Assert.Equal(1.79920951316, spectrum.Spectrum.Eigenvalues[0], 1e-10);
        var finite = new FinitePopulation(spectrum.Spectrum, digits.Ridge);
        using var curve = new PointResolvedCurve(kernel, digits.Targets, digits.Ridge, Algebra, new PointResolvedOptions { Spectrum = spectrum.Spectrum });
        var measured = new MeasuredCurve(kernel, digits.Targets, digits.Ridge, Algebra);
        foreach (double[] row in Table)
        {
            int n = (int)row[0];
            FinitePopulationPrediction spectral = finite.At(n);
            PointResolvedPrediction resolved = curve.At(n);
            Same(row[1], spectral.Kappa, n, "kappa");
            Same(row[2], spectral.Overfitting, n, "E0");
            Same(row[3], spectral.AllPoints, n, "all points");
            Same(row[4], spectral.Unseen, n, "unseen by spectrum");
            Same(row[5], resolved.Unseen.Mean, n, "unseen point by point");
            Same(row[6], resolved.EffectiveRidge.ToArray().Average(), n, "mean omega");
            Assert.InRange(resolved.Inverses, 1, 6);
            // The reference drew normal numbers; the lattice here has no such noise.
            Assert.Equal(row[11], resolved.Unseen.Accuracy!.Value, 2e-3);
            MeasuredPoint point = measured.At(n, 20, 1);
            Near(row[7], row[8], point.Unseen, n, "measured");
            Near(row[9], row[10], point.LeaveOneOut, n, "leave-one-out");
            output.WriteLine($"n = {n}: {resolved.Inverses} inverses; predicted accuracy {resolved.Unseen.Accuracy:F4}, measured {point.Accuracy!.Mean:F4}; point-resolved/measured {resolved.Unseen.Mean / point.Unseen.Mean:F3}, spectral/measured {spectral.Unseen / point.Unseen.Mean:F3}");
        }
    }

    /// <summary>
    /// The spectrum and the label power of all digits, but eigenvectors drawn at random (Haar): there the spectrum is all there is, and both
    /// theories must hold.
    /// </summary>
    [Fact]
    public void With_random_eigenvectors_prediction_is_within_two_percent()
    {
        const int count = 1797;
        using var digits = new Digits(count);
        var spectrum = EmpiricalSpectrum.Of(digits.Kernels.Ntk, digits.Targets, Algebra);
        using KernelMatrix<double> basis = RandomBasis(count, 12345);
        using var kernel = new KernelMatrix<double>(count, count);
        using var scaled = new KernelMatrix<double>(count, count);
        double[] labels = new double[count];
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < count; k++)
            {
                scaled[i, k] = basis[i, k] * count * spectrum.Spectrum.Eigenvalues[k];
                labels[i] += basis[i, k] * Math.Sqrt(count * spectrum.Spectrum.TargetPower[k]);
            }
        }

        Algebra.Multiply(1, scaled.View, false, basis.View, true, 0, kernel.View);
        var values = new KernelMatrix<double>(count, 1);
        for (int i = 0; i < count; i++) values[i, 0] = labels[i];
        using Targets targets = Targets.FromValues(values);
        var finite = new FinitePopulation(spectrum.Spectrum, digits.Ridge);
        using var curve = new PointResolvedCurve(kernel, targets, digits.Ridge, Algebra);
        var measured = new MeasuredCurve(kernel, targets, digits.Ridge, Algebra);
        foreach (int n in new[] { 50, 200, 500, 1000 })
        {
            // Small sets scatter more and cost less.
            Measurement unseen = measured.At(n, n <= 200 ? 400 : 60, 3).Unseen;
            double allowed = 0.02 * unseen.Mean + 3 * unseen.StandardError;
            double spectral = finite.At(n).Unseen, resolved = curve.At(n).Unseen.Mean;
            output.WriteLine($"n = {n}: spectral {spectral:F5}, point-resolved {resolved:F5}, measured {unseen.Mean:F5} +- {unseen.StandardError:F5}");
            Assert.InRange(spectral, unseen.Mean - allowed, unseen.Mean + allowed);
            Assert.InRange(resolved, unseen.Mean - allowed, unseen.Mean + allowed);
        }
    }

    /// <summary>Q = G L^-T of a Gaussian matrix with G^T G = L L^T, twice for orthogonality to rounding.</summary>
    private static KernelMatrix<double> RandomBasis(int count, int seed)
    {
        var random = new Random(seed);
        // Rows of the transpose: Q^T = L^-1 G^T needs only a left solve.
        var transposed = new KernelMatrix<double>(count, count);
        for (int i = 0; i < count; i++)
        {
            foreach (ref double value in transposed.View.Row(i))
            {
                value = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            }
        }

        using var gram = new KernelMatrix<double>(count, count);
        for (int pass = 0; pass < 2; pass++)
        {
            Algebra.Multiply(1, transposed.View, false, transposed.View, true, 0, gram.View);
            Assert.Equal(-1, Algebra.Cholesky(gram.View));
            Algebra.SolveTriangular(gram.View, false, transposed.View);
        }

        return transposed;
    }

    private static void Same(double expected, double actual, int n, string quantity) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-8 * expected, $"n = {n}, {quantity}: expected {expected:R}, got {actual:R}");

    private static void Near(double expected, double standardError, Measurement actual, int n, string quantity)
    {
        double width = Math.Sqrt(standardError * standardError + actual.StandardError * actual.StandardError);
        Assert.True(Math.Abs(actual.Mean - expected) <= 4 * width, $"n = {n}, {quantity}: expected {expected} +- {width}, got {actual.Mean}");
    }
}
