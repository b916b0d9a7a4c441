using Xunit;

namespace InfiniteNtk.Tests.Support;

/// <summary>What every backend of linear algebra must obey. A new law joins all backends by one row of <see cref="Laws"/>.</summary>
public static partial class SolverLaws
{
    /// <summary>All small sizes, then odd ones around the blocks of blocked code.</summary>
    private static readonly int[] _sizes = [.. Enumerable.Range(0, 34), 47, 63, 64, 65, 97, 128, 129, 193, 257, 300];

    private static readonly Dictionary<string, Action<ILinearAlgebra>> _laws = new()
    {
        ["a product is the plain sum, transposed or not, in windows too"] = ProductIsThePlainSum,
        ["beta zero overwrites NaN"] = BetaZeroOverwritesNaN,
        ["L times its transpose is A, and the upper triangle is left"] = FactorReconstructs,
        ["the first minor that is not positive is named"] = FailingMinorIsNamed,
        ["solving and multiplying back gives the right side"] = SolvingMultipliesBack,
        ["A times its inverse is the identity, symmetric bit for bit"] = InverseIsSymmetric,
        ["a known spectrum is found"] = KnownSpectrumIsFound,
        ["coefficients keep the moments y'A^k y"] = CoefficientsKeepMoments,
        ["eigenvectors diagonalise and are orthonormal"] = EigenvectorsDiagonalise,
        ["coefficients are eigenvectors times y"] = CoefficientsAreProjections,
        ["rank deficient, duplicated and zero matrices have their eigenvalues"] = DegenerateSpectra,
        ["scales from 1e-150 to 1e150 only scale"] = ScalesOnlyScale,
        ["graded and tridiagonal matrices converge"] = GradedMatricesConverge,
        ["NaN is refused by name"] = NaNIsRefused,
        ["operands of different sizes are refused"] = SizesAreChecked,
    };

    /// <summary>Names of the laws, as rows of a theory.</summary>
    public static IEnumerable<object[]> Laws => _laws.Keys.Select(name => new object[] { name });

    /// <summary>Checks one law.</summary>
    public static void Check(string law, ILinearAlgebra algebra) => _laws[law](algebra);

    private static void ProductIsThePlainSum(ILinearAlgebra algebra)
    {
        var random = new Random(1);
        (int M, int N, int K)[] shapes =
            [(0, 0, 0), (0, 3, 2), (3, 0, 2), (3, 2, 0), (1, 1, 1), (5, 1, 7), (1, 9, 4), (8, 24, 16), (9, 25, 17), (33, 31, 65), (70, 10, 300), (259, 130, 67), (300, 3, 129)];
        foreach ((int m, int n, int k) in shapes)
        {
            for (int mode = 0; mode < 4; mode++)
            {
                bool ta = (mode & 1) != 0, tb = (mode & 2) != 0;
                using KernelMatrix<double> a = SymmetricMatrices.Random(random, m, k), b = SymmetricMatrices.Random(random, k, n);
                using KernelMatrix<double> aStored = ta ? a.Transposed() : a.Scaled(1), bStored = tb ? b.Transposed() : b.Scaled(1);
                using KernelMatrix<double> around = SymmetricMatrices.Random(random, m + 3, n + 5), before = around.Scaled(1);
                using KernelMatrix<double> product = a.Times(b);
                algebra.Multiply(1.5, aStored.View, ta, bStored.View, tb, -0.5, around.View.Slice(1, 2, m, n));
                for (nint i = 0; i < m + 3; i++)
                {
                    for (nint j = 0; j < n + 5; j++)
                    {
                        bool inside = i >= 1 && i < m + 1 && j >= 2 && j < n + 2;
                        double expected = inside ? 1.5 * product[i - 1, j - 2] - 0.5 * before[i, j] : before[i, j];
                        Close(expected, around[i, j], inside ? 1e-14 * (k + 1) : 0);
                    }
                }
            }
        }
    }

    private static void BetaZeroOverwritesNaN(ILinearAlgebra algebra)
    {
        using KernelMatrix<double> a = KernelMatrix<double>.From(new double[,] { { 2 } }), c = KernelMatrix<double>.From(new[,] { { double.NaN } });
        algebra.Multiply(1, a.View, false, a.View, false, 0, c.View);
        Assert.Equal(4, c[0, 0]);
        using var none = new KernelMatrix<double>(1, 0);
        c[0, 0] = double.NaN;
        algebra.Multiply(1, none.View, false, none.View, true, 0, c.View);
        Assert.Equal(0, c[0, 0]);
    }

    private static void FactorReconstructs(ILinearAlgebra algebra)
    {
        var random = new Random(2);
        foreach (int n in _sizes)
        {
            using KernelMatrix<double> a = SymmetricMatrices.Gram(random, n, n, 0.1), factor = a.Scaled(1);
            Assert.Equal(-1, algebra.Cholesky(factor.View));
            for (nint i = 0; i < n; i++)
            {
                for (nint j = i + 1; j < n; j++)
                {
                    Assert.Equal(a[i, j], factor[i, j]);
                    factor[i, j] = 0;
                }
            }

            using KernelMatrix<double> upper = factor.Transposed(), product = factor.Times(upper);
            Assert.True(product.Distance(a) <= 1e-15 * (n + 10), $"n = {n}: {product.Distance(a)}");
        }
    }

    private static void FailingMinorIsNamed(ILinearAlgebra algebra)
    {
        var random = new Random(3);
        foreach ((int n, int bad) in new[] { (1, 0), (2, 1), (7, 3), (65, 64), (130, 0), (130, 70), (257, 256) })
        {
            foreach (double pivot in new[] { -1.0, double.NaN })
            {
                using KernelMatrix<double> a = SymmetricMatrices.Gram(random, n, n, 0.5);
                a[bad, bad] = pivot;
                Assert.Equal(bad, algebra.Cholesky(a.View));
            }
        }
    }

    private static void SolvingMultipliesBack(ILinearAlgebra algebra)
    {
        var random = new Random(4);
        foreach (int n in _sizes)
        {
            foreach (int outputs in new[] { 0, 1, 3, 10, 37 })
            {
                using KernelMatrix<double> l = SymmetricMatrices.Random(random, n, n), b = SymmetricMatrices.Random(random, n, outputs);
                for (nint i = 0; i < n; i++)
                {
                    l[i, i] = 2 + Math.Abs(l[i, i]);
                    for (nint j = 0; j < i; j++) l[i, j] /= n;
                }

                using KernelMatrix<double> clean = l.Scaled(1);
                for (nint i = 0; i < n; i++)
                {
                    for (nint j = i + 1; j < n; j++)
                    {
                        clean[i, j] = 0;
                        l[i, j] = double.NaN; // never to be read
                    }
                }

                using KernelMatrix<double> cleanTransposed = clean.Transposed();
                foreach (bool transposed in new[] { false, true })
                {
                    using KernelMatrix<double> x = b.Scaled(1);
                    algebra.SolveTriangular(l.View, transposed, x.View);
                    using KernelMatrix<double> back = (transposed ? cleanTransposed : clean).Times(x);
                    Assert.True(back.Distance(b) <= 1e-14, $"n = {n}, outputs = {outputs}, transposed = {transposed}: {back.Distance(b)}");
                }
            }
        }
    }

    private static void InverseIsSymmetric(ILinearAlgebra algebra)
    {
        var random = new Random(5);
        foreach (int n in _sizes)
        {
            using KernelMatrix<double> a = SymmetricMatrices.Gram(random, n, n, 0.5), inverse = a.Scaled(1);
            Assert.Equal(-1, algebra.Cholesky(inverse.View));
            algebra.InvertFromCholesky(inverse.View);
            using KernelMatrix<double> product = a.Times(inverse);
            for (nint i = 0; i < n; i++)
            {
                for (nint j = 0; j < n; j++)
                {
                    Close(i == j ? 1 : 0, product[i, j], 1e-13);
                    Assert.Equal(inverse[i, j], inverse[j, i]);
                }
            }
        }
    }

    private static void NaNIsRefused(ILinearAlgebra algebra)
    {
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity })
        {
            using KernelMatrix<double> a = SymmetricMatrices.Gram(new Random(12), 9, 9, 1), y = SymmetricMatrices.Random(new Random(13), 9, 1);
            a[7, 4] = a[4, 7] = bad;
            var eigenvalues = new double[9];
            Assert.Contains("(4, 7)", Assert.Throws<NonFiniteInputException>(() => algebra.EigenvaluesAndCoefficients(a.View, eigenvalues, y.View)).Message, StringComparison.Ordinal);
            Assert.Throws<NonFiniteInputException>(() => algebra.Eigenvectors(a.View, eigenvalues));
            Assert.True(algebra.Cholesky(a.View) >= 0);
        }
    }

    private static void SizesAreChecked(ILinearAlgebra algebra)
    {
        using var square = new KernelMatrix<double>(3, 3);
        using var wide = new KernelMatrix<double>(3, 4);
        using var tall = new KernelMatrix<double>(4, 1);
        Assert.Throws<ShapeMismatchException>(() => algebra.Multiply(1, square.View, false, tall.View, false, 0, tall.View));
        Assert.Throws<ShapeMismatchException>(() => algebra.Multiply(1, wide.View, true, square.View, false, 0, square.View));
        Assert.Throws<ShapeMismatchException>(() => algebra.Cholesky(wide.View));
        Assert.Throws<ShapeMismatchException>(() => algebra.SolveTriangular(square.View, false, tall.View));
        Assert.Throws<ShapeMismatchException>(() => algebra.InvertFromCholesky(wide.View));
        Assert.Throws<ShapeMismatchException>(() => algebra.EigenvaluesAndCoefficients(square.View, new double[3], tall.View));
        Assert.Throws<ShapeMismatchException>(() => algebra.EigenvaluesAndCoefficients(square.View, new double[2], square.View));
        Assert.Throws<ShapeMismatchException>(() => algebra.Eigenvectors(square.View, new double[4]));
    }

    private static void Close(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"expected {expected:R}, found {actual:R}, off by {Math.Abs(expected - actual):E1} > {tolerance:E1}");
}
