using InfiniteNtk.FiniteWidth.Randomness;
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

    /// <summary>At the start, across the vectors' boundaries and at the very end, in both precisions.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(7 * 384 + 2)]
    [InlineData((1L << 34) - 4000)]
    public void Gaussians_are_what_the_documentation_says(long first)
    {
        const int Count = 4000;
        ulong name = 0xCBF29CE484222325;
        foreach (char c in "2/1 weights 5x4") name = (name ^ c) * 0x100000001B3;
        var stream = new RandomStream(0xFEDCBA9876543210, 77, "2/1 weights 5x4");
        double[] wide = Gaussians(stream, first, Count);
        var narrow = new float[Count];
        stream.Gaussian(first, narrow.AsSpan(), 1);
        for (int i = 0; i < Count; i++)
        {
            long number = first + i;
            (uint w0, uint w1, uint w2, uint w3) = Philox.Block(((uint)(number >> 2), 77, (uint)name, (uint)(name >> 32)), 0xFEDCBA9876543210);
            (float x, float y) = (number & 2) == 0 ? GaussianPair.Definition(w0, w1) : GaussianPair.Definition(w2, w3);
            Assert.Equal((number & 1) == 0 ? x : y, narrow[i]);
            Assert.Equal(narrow[i], wide[i]);
        }
    }

    /// <summary>0.3 is neither a float nor a short double.</summary>
    [Fact]
    public void A_standard_deviation_multiplies_in_double_precision_and_rounds_once()
    {
        double[] standard = Gaussians(_stream, 5, 1000);
        var wide = new double[1000];
        var narrow = new float[1000];
        _stream.Gaussian(5, wide.AsSpan(), 0.3);
        _stream.Gaussian(5, narrow.AsSpan(), 0.3);
        Assert.Equal(Array.ConvertAll(standard, x => x * 0.3), wide);
        Assert.Equal(Array.ConvertAll(standard, x => (float)(x * 0.3)), narrow);
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
}
