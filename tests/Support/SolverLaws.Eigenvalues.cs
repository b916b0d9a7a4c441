using Xunit;

namespace InfiniteNtk.Tests.Support;

/// <content>The laws of eigenvalues, eigenvectors and coefficients.</content>
public static partial class SolverLaws
{
    private static void KnownSpectrumIsFound(ILinearAlgebra algebra)
    {
        var random = new Random(6);
        foreach (int n in _sizes)
        {
            double[] spectrum = [.. Enumerable.Range(1, n).Select(i => Math.Pow(i, -1.5)).Order()];
            using KernelMatrix<double> a = SymmetricMatrices.WithSpectrum(random, spectrum), y = SymmetricMatrices.Random(random, n, 2);
            var found = new double[n];
            algebra.EigenvaluesAndCoefficients(a.View, found, y.View);
            for (int i = 0; i < n; i++) Close(spectrum[i], found[i], 1e-14);
        }
    }

    private static void CoefficientsKeepMoments(ILinearAlgebra algebra)
    {
        var random = new Random(7);
        foreach (int n in _sizes)
        {
            foreach (int outputs in n > 200 ? new[] { 3, 45 } : [0, 1, 10])
            {
                using KernelMatrix<double> a = SymmetricMatrices.Gram(random, n, n, 0), y = SymmetricMatrices.Random(random, n, outputs);
                using KernelMatrix<double> work = a.Scaled(1), c = y.Scaled(1);
                var eigenvalues = new double[n];
                algebra.EigenvaluesAndCoefficients(work.View, eigenvalues, c.View);
                KernelMatrix<double> power = y.Scaled(1);
                for (int k = 0; k < 4; k++)
                {
                    for (nint o = 0; o < outputs; o++)
                    {
                        double expected = 0, found = 0;
                        for (nint i = 0; i < n; i++)
                        {
                            // Mixed with the first output, so that signs count.
                            expected += y[i, 0] * power[i, o];
                            found += Math.Pow(eigenvalues[(int)i], k) * c[i, 0] * c[i, o];
                        }

                        Close(expected, found, 1e-13 * (n + 10) * Math.Pow(4, k));
                    }

                    KernelMatrix<double> next = a.Times(power);
                    power.Dispose();
                    power = next;
                }

                power.Dispose();
            }
        }
    }

    private static void EigenvectorsDiagonalise(ILinearAlgebra algebra)
    {
        var random = new Random(8);
        foreach (int n in _sizes)
        {
            using KernelMatrix<double> a = SymmetricMatrices.Gram(random, n, (n + 1) / 2, 0), v = a.Scaled(1);
            var eigenvalues = new double[n];
            algebra.Eigenvectors(v.View, eigenvalues);
            Assert.Equal(eigenvalues.Order(), eigenvalues);
            using KernelMatrix<double> av = a.Times(v), vt = v.Transposed(), gram = vt.Times(v);
            for (nint i = 0; i < n; i++)
            {
                for (nint j = 0; j < n; j++)
                {
                    Close(eigenvalues[(int)j] * v[i, j], av[i, j], 1e-14 * (n + 10));
                    Close(i == j ? 1 : 0, gram[i, j], 1e-15 * (n + 20));
                }
            }
        }
    }

    private static void CoefficientsAreProjections(ILinearAlgebra algebra)
    {
        var random = new Random(9);
        foreach (int n in new[] { 1, 2, 5, 33, 65, 130 })
        {
            double[] spectrum = [.. Enumerable.Range(1, n).Select(i => (double)i)];
            using KernelMatrix<double> a = SymmetricMatrices.WithSpectrum(random, spectrum), v = a.Scaled(1);
            using KernelMatrix<double> y = SymmetricMatrices.Random(random, n, 3), c = y.Scaled(1);
            double[] ofCoefficients = new double[n], ofVectors = new double[n];
            algebra.EigenvaluesAndCoefficients(a.View, ofCoefficients, c.View);
            algebra.Eigenvectors(v.View, ofVectors);
            using KernelMatrix<double> vt = v.Transposed(), projections = vt.Times(y);
            for (nint i = 0; i < n; i++)
            {
                Close(ofVectors[(int)i], ofCoefficients[(int)i], 1e-13 * (n + 10));
                double sign = Math.Sign(projections[i, 0] * c[i, 0]);
                for (nint o = 0; o < 3; o++) Close(projections[i, o], sign * c[i, o], 1e-12 * (n + 10));
            }
        }
    }

    private static void DegenerateSpectra(ILinearAlgebra algebra)
    {
        var random = new Random(10);
        foreach (int n in new[] { 1, 2, 3, 8, 33, 66, 131 })
        {
            // Rank 1: all ones.
            using var ones = new KernelMatrix<double>(n, n);
            using var zero = new KernelMatrix<double>(n, n);
            using var identity = new KernelMatrix<double>(n, n);
            for (nint i = 0; i < n; i++)
            {
                for (nint j = 0; j < n; j++)
                {
                    ones[i, j] = 1;
                    zero[i, j] = 0;
                    identity[i, j] = i == j ? 1 : 0;
                }
            }

            Spectrum(algebra, ones, i => i == n - 1 ? n : 0, 1e-14 * n);
            Spectrum(algebra, zero, _ => 0, 0);
            Spectrum(algebra, identity, _ => 1, 0);

            // Every point twice: each eigenvalue doubles, and as many vanish.
            using KernelMatrix<double> once = SymmetricMatrices.WithSpectrum(random, [.. Enumerable.Range(1, n).Select(i => (double)i)]);
            using var twice = new KernelMatrix<double>(2 * n, 2 * n);
            for (nint i = 0; i < 2 * n; i++)
            {
                for (nint j = 0; j < 2 * n; j++) twice[i, j] = once[i % n, j % n];
            }

            Spectrum(algebra, twice, i => i < n ? 0 : 2 * (i - n + 1), 1e-14 * n * n);
        }
    }

    private static void ScalesOnlyScale(ILinearAlgebra algebra)
    {
        var random = new Random(11);
        foreach (int n in new[] { 1, 2, 6, 40, 100 })
        {
            using KernelMatrix<double> a = SymmetricMatrices.Gram(random, n, n, 0.5), y = SymmetricMatrices.Random(random, n, 1);
            double[] plain = new double[n], scaled = new double[n];
            using KernelMatrix<double> work = a.Scaled(1), c = y.Scaled(1);
            algebra.EigenvaluesAndCoefficients(work.View, plain, c.View);
            foreach (double scale in new[] { 1e-150, 1e-60, 1e60, 1e150 })
            {
                using KernelMatrix<double> big = a.Scaled(scale), d = y.Scaled(scale), factor = a.Scaled(scale);
                algebra.EigenvaluesAndCoefficients(big.View, scaled, d.View);
                for (int i = 0; i < n; i++)
                {
                    Close(plain[i], scaled[i] / scale, 1e-13);
                    Close(Math.Abs(c[i, 0]), Math.Abs(d[i, 0]) / scale, 1e-11);
                }

                Assert.Equal(-1, algebra.Cholesky(factor.View));
                Close(Math.Sqrt(a[0, 0]), factor[0, 0] / Math.Sqrt(scale), 1e-14);
            }
        }
    }

    private static void GradedMatricesConverge(ILinearAlgebra algebra)
    {
        foreach (int direction in new[] { 1, -1 })
        {
            const int N = 60;
            using var graded = new KernelMatrix<double>(N, N);
            for (nint i = 0; i < N; i++)
            {
                for (nint j = 0; j < N; j++)
                {
                    graded[i, j] = Math.Pow(10, direction * (i + j) / 5.0) * (i == j ? 1.5 : Math.Pow(0.5, Math.Abs((double)(i - j))));
                }
            }

            double trace = Enumerable.Range(0, N).Sum(i => graded[i, i]);
            using KernelMatrix<double> work = graded.Scaled(1), y = graded.Slice(1);
            var eigenvalues = new double[N];
            algebra.EigenvaluesAndCoefficients(work.View, eigenvalues, y.View);
            Close(1, eigenvalues.Sum() / trace, 1e-13);
            Assert.Equal(eigenvalues.Order(), eigenvalues);

            using var second = new KernelMatrix<double>(N, N);
            for (nint i = 0; i < N; i++)
            {
                for (nint j = 0; j < N; j++) second[i, j] = i == j ? 2 : Math.Abs(i - j) == 1 ? -1 : 0;
            }

            Spectrum(algebra, second, i => 2 - 2 * Math.Cos(Math.PI * (i + 1) / (N + 1)), 1e-14);
        }
    }

    private static void Spectrum(ILinearAlgebra algebra, KernelMatrix<double> a, Func<int, double> expected, double tolerance)
    {
        using KernelMatrix<double> work = a.Scaled(1), vectors = a.Scaled(1), y = SymmetricMatrices.Random(new Random(14), a.Rows, 1);
        double power = Enumerable.Range(0, (int)a.Rows).Sum(i => y[i, 0] * y[i, 0]);
        double[] ofCoefficients = new double[a.Rows], ofVectors = new double[a.Rows];
        algebra.EigenvaluesAndCoefficients(work.View, ofCoefficients, y.View);
        algebra.Eigenvectors(vectors.View, ofVectors);
        for (int i = 0; i < a.Rows; i++)
        {
            Close(expected(i), ofCoefficients[i], tolerance);
            Close(expected(i), ofVectors[i], tolerance);
        }

        Close(power, Enumerable.Range(0, (int)a.Rows).Sum(i => y[i, 0] * y[i, 0]), 1e-13 * (power + 1));
    }

    private static KernelMatrix<double> Slice(this KernelMatrix<double> matrix, nint columns)
    {
        var result = new KernelMatrix<double>(matrix.Rows, columns);
        for (nint i = 0; i < matrix.Rows; i++) matrix.View.Row(i)[..(int)columns].CopyTo(result.View.Row(i));
        return result;
    }
}
