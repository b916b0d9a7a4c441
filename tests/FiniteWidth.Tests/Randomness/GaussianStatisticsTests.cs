using InfiniteNtk.FiniteWidth.Randomness;
using InfiniteNtk.Kernels.Lanes;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Randomness;

/// <summary>
/// The numbers of a stream as a sample of the standard Gaussian: each figure against its exact value, in units of the standard error
/// that independent Gaussians would have. Seeds are fixed, so a verdict does not change; 4 standard errors leave 6e-5 to chance.
/// </summary>
public sealed class GaussianStatisticsTests
{
    private const double Allowed = 4;
    private const int Count = 1 << 23;

    private static readonly float[] _numbers = Numbers(new RandomStream(11, 0, "statistics"), 0, Count);

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 1, 3)]
    [InlineData(3, 0, 15)]
    [InlineData(4, 3, 105)]
    [InlineData(5, 0, 945)]
    [InlineData(6, 15, 10395)]
    public void Moments_are_those_of_a_standard_Gaussian(int power, double exact, double exactOfTwice) =>
        Near(exact, Mean(i => Math.Pow(_numbers[i], power)), Math.Sqrt((exactOfTwice - exact * exact) / Count));

    /// <summary>Kolmogorov and Smirnov: √n·sup|F − Φ| exceeds 1.95 once in a thousand samples.</summary>
    [Fact]
    public void The_distribution_function_is_that_of_a_standard_Gaussian()
    {
        float[] sorted = [.. _numbers];
        Array.Sort(sorted);
        double largest = 0;
        for (int i = 0; i < Count; i++)
        {
            double below = Below(sorted[i]);
            largest = Math.Max(largest, Math.Max((i + 1.0) / Count - below, below - (double)i / Count));
        }

        Assert.InRange(largest * Math.Sqrt(Count), 0.3, 1.95);
    }

    /// <summary>χ² of 1,024 equally probable cells, and of 64 × 64 cells of pairs: mean k, variance 2k for k degrees of freedom.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(16)]
    public void Cells_of_numbers_and_of_pairs_are_equally_filled(int apart)
    {
        var single = new int[1024];
        var pairs = new int[64 * 64];
        int[] cells = [.. _numbers.Select(x => Math.Min(1023, (int)(1024 * Below(x))))];
        for (int i = 0; i < Count - apart; i++)
        {
            single[cells[i]]++;
            if (apart > 1 || i % 2 == 0) pairs[cells[i] / 16 * 64 + cells[i + apart] / 16]++;
        }

        foreach (int[] counts in new[] { single, pairs })
        {
            double expected = counts.Sum() / (double)counts.Length;
            double freedom = counts.Length - 1;
            Near(freedom, counts.Sum(count => (count - expected) * (count - expected) / expected), Math.Sqrt(2 * freedom));
        }
    }

    /// <summary>2²⁸ numbers; the counts are Poisson. Beyond 6.66 there is 2e-11 of the probability, but numbers are possible up to 6.76.</summary>
    [Theory]
    [InlineData(4, 6.334248366623996e-5)]
    [InlineData(5, 5.733031437583892e-7)]
    [InlineData(5.5, 3.797912493177544e-8)]
    public void Tails_hold_as_many_as_they_should(double beyond, double probability)
    {
        const int Part = 1 << 22, Parts = 64;
        long[] counts = new long[Parts];
        var stream = new RandomStream(13, 1, "tails");
        Parallel.For(0, Parts, part =>
        {
            foreach (float x in Numbers(stream, (long)part * Part, Part))
            {
                if (MathF.Abs(x) > beyond) counts[part]++;
            }
        });
        double expected = probability * Part * Parts;
        Near(expected, counts.Sum(), Math.Sqrt(expected));
    }

    /// <summary>Products of independent numbers have variance 1, of their squares less 1 variance 4.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(384)]
    public void Numbers_do_not_depend_on_their_neighbours(int apart)
    {
        int count = Count - apart;
        Near(0, Mean(i => i < count ? _numbers[i] * (double)_numbers[i + apart] : 0), 1 / Math.Sqrt(Count));
        Near(0, Mean(i => i < count ? Surplus(i) * Surplus(i + apart) : 0), 2 / Math.Sqrt(Count));
        Near(0, Mean(i => i < count ? _numbers[i] * Surplus(i + apart) : 0), Math.Sqrt(2.0 / Count));

        static double Surplus(int i) => (double)_numbers[i] * _numbers[i] - 1;
    }

    /// <summary>The two numbers of a pair: independent, of angles as likely in every eighth of the circle.</summary>
    [Fact]
    public void The_numbers_of_a_pair_are_independent()
    {
        const int Pairs = Count / 2;
        Near(0, 2 * Mean(i => i % 2 == 0 ? _numbers[i] * (double)_numbers[i + 1] : 0), 1 / Math.Sqrt(Pairs));
        var octants = new int[8];
        for (int i = 0; i < Count; i += 2)
        {
            (float x, float y) = (_numbers[i], _numbers[i + 1]);
            octants[(x < 0 ? 1 : 0) + (y < 0 ? 2 : 0) + (MathF.Abs(x) < MathF.Abs(y) ? 4 : 0)]++;
        }

        foreach (int count in octants) Near(Pairs / 8.0, count, Math.Sqrt(Pairs * (1 / 8.0) * (7 / 8.0)));
    }

    [Fact]
    public void Seed_draw_and_name_each_give_an_independent_stream()
    {
        float[] zero = Numbers(new RandomStream(7, 3, "a"), 0, 1 << 16);
        foreach (RandomStream other in new[] { new RandomStream(8, 3, "a"), new RandomStream(7, 4, "a"), new RandomStream(7, 3, "b") })
        {
            Near(0, zero.Zip(Numbers(other, 0, 1 << 16), (a, b) => (double)a * b).Average(), 1.0 / 256);
        }
    }

    private static void Near(double exact, double got, double standardError) => Assert.InRange((got - exact) / standardError, -Allowed, Allowed);

    private static double Mean(Func<int, double> value)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++) sum += value(i);
        return sum / Count;
    }

    /// <summary>Φ.</summary>
    private static double Below(double x)
    {
        double erf = LaneMath.Erf(DoubleLane.Of(Math.Abs(x) / Math.Sqrt(2))).Value;
        return x < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
    }

    private static float[] Numbers(RandomStream stream, long first, int count)
    {
        var target = new float[count];
        stream.Gaussian(first, target.AsSpan(), 1);
        return target;
    }
}
