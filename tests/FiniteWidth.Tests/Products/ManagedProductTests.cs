using System.Numerics;
using InfiniteNtk.FiniteWidth.Products;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Products;

public sealed class ManagedProductTests
{
    /// <summary>Sizes around panels (24 doubles, 48 floats), tiles (240) and blocks of a chain (256).</summary>
    public static IEnumerable<object[]> Sizes =>
        new (int, int, int)[] { (0, 3, 2), (3, 0, 2), (2, 3, 0), (1, 1, 1), (7, 50, 257), (49, 23, 600), (241, 97, 31), (120, 300, 260) }
            .Select(size => new object[] { size.Item1, size.Item2, size.Item3 });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Products_are_sums_of_products_whichever_side_is_transposed(int m, int n, int k)
    {
        Check<double>(m, n, k, 1e-13);
        Check<float>(m, n, k, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_square_has_the_bits_of_the_product_with_its_transpose(int m, int n, int k)
    {
        CheckSquare<double>(m + n, k);
        CheckSquare<float>(m + n, k);
    }

    private static void Check<T>(int m, int n, int k, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] a = Numbers<T>(m * k, 1), b = Numbers<T>(k * n, 2), start = Numbers<T>(m * n, 3);
        foreach ((bool left, bool right) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            T[] c = [.. start];
            new ManagedProduct<T>(2).Multiply(m, n, k, 0.5, a, left, b, right, 2, c);
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double sum = 2 * double.CreateTruncating(start[i * n + j]);
                    for (int l = 0; l < k; l++)
                    {
                        sum += 0.5 * double.CreateTruncating(a[left ? l * m + i : i * k + l]) * double.CreateTruncating(b[right ? j * k + l : l * n + j]);
                    }

                    Assert.Equal(sum, double.CreateTruncating(c[i * n + j]), tolerance);
                }
            }
        }
    }

    private static void CheckSquare<T>(int n, int k) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] a = Numbers<T>(n * k, 4), expected = new T[n * n], square = Numbers<T>(n * n, 5);
        new ManagedProduct<T>(1).Multiply(n, n, k, 1, a, false, a, true, 0, expected);
        new ManagedProduct<T>(3).Square(n, k, a, square);
        Assert.Equal(expected, square);
    }

    private static T[] Numbers<T>(int count, int seed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(2 * random.NextDouble() - 1))];
    }
}
