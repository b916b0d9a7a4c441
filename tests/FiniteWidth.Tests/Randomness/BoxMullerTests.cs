using InfiniteNtk.FiniteWidth.Randomness;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Randomness;

/// <summary>The map from two words to two Gaussians: its bits, and how near they are to the formula.</summary>
public sealed class BoxMullerTests
{
    /// <summary>Words where something changes: the ends, a half and a quarter, powers of two, where floats begin to round.</summary>
    private static readonly uint[] _extremes =
        [.. Enumerable.Range(0, 32).SelectMany(bit => new[] { (1u << bit) - 1, 1u << bit, (1u << bit) + 1, ~(1u << bit) }), ~0u, ~1u, 3u << 30, (3u << 29) - 1, 5u << 29];

    [Fact]
    public void Vectors_give_the_bits_of_the_definition_at_extreme_and_random_words()
    {
        (uint[] lengths, uint[] angles) = Words(1 << 18);
        float[] numbers = ByVectors(lengths, angles);
        for (int i = 0; i < lengths.Length; i++)
        {
            (float x, float y) = GaussianPair.Definition(lengths[i], angles[i]);
            Assert.Equal(BitConverter.SingleToInt32Bits(x), BitConverter.SingleToInt32Bits(numbers[2 * i]));
            Assert.Equal(BitConverter.SingleToInt32Bits(y), BitConverter.SingleToInt32Bits(numbers[2 * i + 1]));
        }
    }

    /// <summary>Units in the last place of the exact value: 3.77 is the largest error over these words, whose length or angle is often near an end.</summary>
    [Fact]
    public void Numbers_are_within_units_in_the_last_place_of_the_formula_in_double_precision()
    {
        (uint[] lengths, uint[] angles) = Words(1 << 20);
        float[] numbers = ByVectors(lengths, angles);
        double worst = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            (double x, double y) = GaussianPair.Formula(lengths[i], angles[i]);
            worst = Math.Max(worst, Math.Max(Units(numbers[2 * i], x), Units(numbers[2 * i + 1], y)));
        }

        Assert.InRange(worst, 0.5, 4);

        static double Units(float got, double exact) => Math.Abs(got - exact) / Math.ScaleB(1, Math.ILogB(exact) - 23);
    }

    /// <summary>Should these change, so do all weights of all seeds.</summary>
    [Theory]
    [InlineData(0x00000000u, 0x00000000u, 0x40D87047u, 0x31A9FD8Fu)]
    [InlineData(0xFFFFFFFFu, 0xFFFFFFFFu, 0x28490FDBu, 0xB7800000u)]
    [InlineData(0x7FFFFFFFu, 0x1FFFFFFFu, 0x3F55224Cu, 0x3F55224Cu)]
    [InlineData(0x80000000u, 0x40000000u, 0x306CBB7Au, 0x3F96B55Fu)]
    [InlineData(0x00000001u, 0x20000000u, 0x4095531Cu, 0xC095531Cu)]
    [InlineData(0x12345678u, 0x9ABCDEF0u, 0xBFE92F37u, 0xBFB39381u)]
    [InlineData(0xFEDCBA98u, 0x76543210u, 0xBCB5D068u, 0x3DBBE1E2u)]
    public void Known_words_give_known_bits(uint length, uint angle, uint x, uint y)
    {
        (float first, float second) = GaussianPair.Definition(length, angle);
        Assert.Equal((x, y), (BitConverter.SingleToUInt32Bits(first), BitConverter.SingleToUInt32Bits(second)));
    }

    /// <summary>All pairs of extreme words, then random ones, many of them logarithmic towards an end; whole vectors.</summary>
    private static (uint[] Lengths, uint[] Angles) Words(int random)
    {
        var source = new Random(5);
        (uint Length, uint Angle)[] extreme = [.. _extremes.SelectMany(length => _extremes.Select(angle => (length, angle)))];
        int count = (extreme.Length + random + 15) / 16 * 16;
        var lengths = new uint[count];
        var angles = new uint[count];
        for (int i = 0; i < count; i++)
        {
            (lengths[i], angles[i]) = i < extreme.Length ? extreme[i] : ((uint)source.NextInt64(1L << 32), (uint)source.NextInt64(1L << 32));
            if (i < extreme.Length) continue;
            if (i % 3 == 1) lengths[i] >>= source.Next(32);
            if (i % 3 == 2) lengths[i] = ~(lengths[i] >> source.Next(32));
            if (i % 5 == 4) angles[i] = (angles[i] & 0xC0000000) | ((uint)((int)(angles[i] << 2) >> source.Next(2, 32)) & 0x3FFFFFFF);
        }

        return (lengths, angles);
    }

    /// <summary>Pairs of numbers one after another.</summary>
    private static float[] ByVectors(uint[] lengths, uint[] angles)
    {
        var words = new uint[2 * lengths.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            // Of eight blocks of two pairs the vector holds 0, 4, 1, 5, 2, 6, 3, 7.
            int block = i / 2 % 8;
            int place = 32 * (i / 16) + 2 * (2 * (block % 4) + block / 4) + i % 2;
            (words[place], words[place + 16]) = (lengths[i], angles[i]);
        }

        var numbers = new float[words.Length];
        GaussianBlocks.FromWords(words, numbers);
        return numbers;
    }
}
