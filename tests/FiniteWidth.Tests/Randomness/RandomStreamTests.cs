using InfiniteNtk.FiniteWidth.Randomness;
using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Lanes;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Randomness;

public sealed class RandomStreamTests
{
    private static readonly RandomStream _stream = new(7, 3, "2/1 weights 5x4");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 6)]
    [InlineData(17, 300)]
    [InlineData(63, 130)]
    public void A_number_depends_on_its_index_alone(int first, int count)
    {
        double[] all = Gaussians(_stream, 0, 1000);
        Assert.Equal(all[first..(first + count)], Gaussians(_stream, first, count));
        var uniform = new double[1000];
        _stream.Uniform(0, uniform);
        var part = new double[count];
        _stream.Uniform(first, part);
        Assert.Equal(uniform[first..(first + count)], part);
    }

    [Fact]
    public void Gaussians_are_what_the_documentation_says()
    {
        ulong name = 0xCBF29CE484222325;
        foreach (char c in "2/1 weights 5x4") name = (name ^ c) * 0x100000001B3;
        double[] got = Gaussians(_stream, 0, 400);
        for (uint block = 0; block < 100; block++)
        {
            (uint w0, uint w1, uint w2, uint w3) = Philox.Block((block, 3, (uint)name, (uint)(name >> 32)), 7);
            Check(w0, w1, got[(int)(4 * block)], got[(int)(4 * block + 1)]);
            Check(w2, w3, got[(int)(4 * block + 2)], got[(int)(4 * block + 3)]);
        }

        static void Check(uint u, uint v, double cosine, double sine)
        {
            double radius = Math.Sqrt(-2 * Math.Log((u + 0.5) / 4294967296.0));
            Assert.Equal(radius * Math.Cos(2 * Math.PI * ((v + 0.5) / 4294967296.0)), cosine, 1e-14);
            Assert.Equal(radius * Math.Sin(2 * Math.PI * ((v + 0.5) / 4294967296.0)), sine, 1e-14);
        }
    }

    [Fact]
    public void Vector_lanes_and_single_numbers_give_the_same_bits()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            (double mantissa, double exponent) = Split(random.NextDouble() * Math.Pow(2, -random.Next(33)) + 1e-10);
            double v = random.Next(5) == 0 ? random.Next(9) / 8.0 : random.NextDouble();
            (DoubleLane c, DoubleLane s) = BoxMuller.Pair(DoubleLane.Of(mantissa), DoubleLane.Of(exponent), DoubleLane.Of(v));
            (Double512Lane cs, Double512Lane ss) = BoxMuller.Pair(Double512Lane.Of(mantissa), Double512Lane.Of(exponent), Double512Lane.Of(v));
            Assert.Equal(First(c), First(cs));
            Assert.Equal(First(s), First(ss));
        }
    }

    [Fact]
    public void Eight_counters_at_once_give_the_bits_of_one_after_another()
    {
        var stream = new RandomStream(0xFEDCBA9876543210, 77, "bits");
        double[] got = Gaussians(stream, 0, 4096);
        ulong name = 0xCBF29CE484222325;
        foreach (char letter in "bits") name = (name ^ letter) * 0x100000001B3;
        for (uint block = 0; block < 1024; block++)
        {
            (uint w0, uint w1, uint w2, uint w3) = Philox.Block((block, 77, (uint)name, (uint)(name >> 32)), 0xFEDCBA9876543210);
            Assert.Equal(Pair(w0, w1), (got[4 * block], got[4 * block + 1]));
            Assert.Equal(Pair(w2, w3), (got[4 * block + 2], got[4 * block + 3]));
        }

        static (double, double) Pair(uint u, uint v)
        {
            (double mantissa, double exponent) = Split((u + 0.5) / 4294967296.0);
            (DoubleLane c, DoubleLane s) = BoxMuller.Pair(DoubleLane.Of(mantissa), DoubleLane.Of(exponent), DoubleLane.Of((v + 0.5) / 4294967296.0));
            return (First(c), First(s));
        }
    }

    [Fact]
    public void Moments_are_those_of_a_standard_Gaussian()
    {
        const int Count = 1 << 20;
        double[] z = Gaussians(new RandomStream(11, 0, "moments"), 0, Count);
        for (int power = 1; power <= 6; power++)
        {
            double expected = power switch { 2 => 1, 4 => 3, 6 => 15, _ => 0 };
            double variance = power switch { 1 => 1, 2 => 2, 3 => 15, 4 => 96, 5 => 945, _ => 10170 };
            Assert.Equal(expected, z.Average(x => Math.Pow(x, power)), 5 * Math.Sqrt(variance / Count));
        }

        Assert.Equal(0, z.Zip(z.Skip(1), (a, b) => a * b).Average(), 5 / Math.Sqrt(Count));
        Assert.Equal(0, z.Zip(z.Skip(1), (a, b) => a * a * b * b - 1).Average(), 5 * Math.Sqrt(8.0 / Count));
    }

    [Fact]
    public void Seed_draw_and_name_each_give_an_independent_stream()
    {
        double[] zero = Gaussians(new RandomStream(7, 3, "a"), 0, 10000);
        foreach (RandomStream other in new[] { new RandomStream(8, 3, "a"), new RandomStream(7, 4, "a"), new RandomStream(7, 3, "b") })
        {
            Assert.Equal(0, zero.Zip(Gaussians(other, 0, 10000), (a, b) => a * b).Average(), 0.05);
        }
    }

    [Fact]
    public void The_ends_of_the_unit_interval_give_finite_numbers()
    {
        foreach (uint word in new[] { 0u, uint.MaxValue })
        {
            (double mantissa, double exponent) = Split((word + 0.5) / 4294967296.0);
            (DoubleLane c, DoubleLane _) = BoxMuller.Pair(DoubleLane.Of(mantissa), DoubleLane.Of(exponent), DoubleLane.Of(0));
            Assert.Equal(Math.Sqrt(-2 * Math.Log((word + 0.5) / 4294967296.0)), First(c), 1e-14);
        }
    }

    [Fact]
    public void A_range_outside_the_stream_is_refused() =>
        Assert.Contains("a stream holds", Assert.Throws<InvalidArgumentException>(() => _stream.Gaussian(RandomStream.Length - 1, new double[2])).Message);

    private static double[] Gaussians(RandomStream stream, long first, int count)
    {
        var target = new double[count];
        stream.Gaussian(first, target);
        return target;
    }

    /// <summary>u = mantissa·2^exponent with mantissa in [√½, √2).</summary>
    private static (double Mantissa, double Exponent) Split(double u)
    {
        int exponent = Math.ILogB(u);
        double mantissa = Math.ScaleB(u, -exponent);
        return mantissa < 1.4142135623730951 ? (mantissa, exponent) : (mantissa / 2, exponent + 1);
    }

    private static double First<TLane>(TLane lane) where TLane : struct, IStoredLane<TLane, double>
    {
        var values = new double[TLane.Count];
        TLane.Store(lane, ref values[0]);
        return values[0];
    }
}
