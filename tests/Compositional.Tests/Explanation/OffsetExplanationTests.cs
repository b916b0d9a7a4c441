using InfiniteNtk.Compositional.Explanation;
using InfiniteNtk.Compositional.Text;
using Xunit;

namespace InfiniteNtk.Compositional.Tests.Explanation;

public sealed class OffsetExplanationTests
{
    [Fact]
    public void Each_layer_says_which_offsets_are_kept_and_for_whom()
    {
        string[] lines = Lines("Conv(3, 3, strides: [2, 2]) >> Relu >> AveragePool(2, 2) >> Conv(2, 2) >> Erf >> Flatten >> Dense", [12, 12]);
        int first = Array.FindIndex(lines, line => line.StartsWith("Offsets Δ", StringComparison.Ordinal)) + 2;
        Assert.Equal(
            [
                "layer|offsets|planes|entries|because",
                "0|input|-2 to 2 every 2 by -2 to 2 every 2|9|1,024|layer 1 reads 2Δ",
                "1|Conv(3, 3, strides: [2, 2])|-1 to 1 by -1 to 1|9|256|as layer 2",
                "2|Relu|-1 to 1 by -1 to 1|9|256|layer 3 joins windows: 2Δ ± 1×1",
                "3|AveragePool(2, 2)|0 by 0|1|9|as layer 4",
                "4|Conv(2, 2)|0 by 0|1|9|as layer 5",
                "5|Erf()|0 by 0|1|9|layer 6 reads s = s'",
                "6|Flatten|0|1|1|as layer 7",
                "7|Dense()|0|1|1|the output",
            ],
            lines[first..(first + 9)]);
        int second = Array.FindIndex(lines, line => line.StartsWith("Offsets that", StringComparison.Ordinal)) + 2;
        Assert.Equal("1|Conv(3, 3, strides: [2, 2])|-1 to 1 by -1 to 1|9|256|layer 2 needs variances; as layer 2", lines[second + 2]);
        Assert.Equal("4|Conv(2, 2)|0 by 0|1|9|layer 5 needs variances", lines[second + 5]);
        Assert.Equal("Cost: 1,565 entries for each pair and 1,554 for each sample; Δ = 0 alone would be 245 for a pair, 6.39 times fewer.", lines[^1]);
    }

    [Theory]
    [InlineData("Conv(3, padding: Circular) >> Relu >> GlobalAveragePool", "2|Relu|all on a ring|6|36|layer 3 reads all pairs of positions")]
    [InlineData("ConvTranspose(3, strides: [2]) >> GlobalSumPool", "0|input|all|11|36|layer 1 reads Δ/2 where that is whole")]
    [InlineData("ConvLocal(3) >> GlobalAveragePool", "0|input|0|1|6|layer 1, locally connected, reads s = s'")]
    [InlineData("Conv(3) >> Index(\"::3\") >> Flatten", "1|Conv(3)|0|1|6|layer 2 reads 3Δ")]
    [InlineData("Conv(3) >> ImageResize([4]) >> Flatten", "1|Conv(3)|-2 to 2|5|24|layer 2 reads neighbouring positions")]
    [InlineData("Concat(axis: 0, Conv(3), Conv(2)) >> Flatten", "1|Conv(3)|0|1|6|layer 3 reads pairs inside the branch")]
    [InlineData("Conv(3) >> Identity + (Relu >> Conv(3)) >> Flatten", "1|Conv(3)|0|1|6|as layer 2; as layer 4")]
    public void Reasons_name_the_reader(string text, string row) => Assert.Contains(row, Lines(text, [6]));

    /// <summary>All pairs of positions of two samples are averaged, and of each with itself only the variances are needed.</summary>
    [Fact]
    public void What_a_sample_needs_with_itself_has_its_own_table()
    {
        string[] lines = Lines("Conv(3) >> Relu >> GlobalAveragePool", [6]);
        int second = Array.FindIndex(lines, line => line.StartsWith("Offsets that", StringComparison.Ordinal));
        Assert.Contains("1|Conv(3)|all|11|36|as layer 2", lines[..second]);
        Assert.Contains("1|Conv(3)|0|1|6|layer 2 needs variances", lines[second..]);
        Assert.Contains("0|input|0|1|6|as layer 1", lines[second..]);
        Assert.DoesNotContain(lines[second..], line => line.Contains("Relu|", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Flatten >> Dense >> Relu >> Dense")]
    [InlineData("Flatten")]
    public void Networks_that_flatten_their_input_have_no_offsets(string text) =>
        Assert.Null(NetworkExplanation.Of(NetworkText.Parse(text), new SampleShape([6], 3)).Offsets);

    [Fact]
    public void The_cost_of_pooling_is_the_square_of_the_positions()
    {
        OffsetExplanation pooled = NetworkExplanation.Of(NetworkText.Parse("Repeat(3, Conv(3, 3) >> Relu) >> GlobalAveragePool"), new SampleShape([5, 7], 1)).Offsets!;
        Assert.Equal((7 * 35 * 35) + 1, pooled.PairEntries);
        Assert.Equal(6 * 35, pooled.SampleEntries - 0);
        Assert.Equal((7 * 35) + 1, pooled.Diagonal);
    }

    private static string[] Lines(string text, int[] positions) =>
        [.. NetworkExplanation.Of(NetworkText.Parse(text), new SampleShape([.. positions], 2)).ToString().Split(Environment.NewLine)
            .Select(line => string.Join('|', line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))];
}
