using InfiniteNtk.Compositional.Text;
using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.Compositional.Tests;

/// <summary>What is printed is what a C# file would say: each pair below is the same characters twice, compiled and parsed.</summary>
public sealed class WordTests
{
    public static TheoryData<string, Func<Network>> Texts => new()
    {
        { "Conv(3, 3) >> Relu >> AveragePool(2, 2) >> GlobalAveragePool >> Dense()", () => Conv(3, 3) >> Relu >> AveragePool(2, 2) >> GlobalAveragePool >> Dense() },
        { "Conv(3, 3, strides: [2, 2], padding: Circular, weightStd: Sqrt2)", () => Conv(3, 3, strides: [2, 2], padding: Circular, weightStd: Sqrt2) },
        { "Conv(5) >> SumPool(2, strides: [1], padding: Same) >> GlobalSumPool", () => Conv(5) >> SumPool(2, strides: [1], padding: Same) >> GlobalSumPool },
        { "Conv(2, 2, 2, biasStd: 0.1) >> AveragePool(2, 1, 2, normalizeEdges: true)", () => Conv(2, 2, 2, biasStd: 0.1) >> AveragePool(2, 1, 2, normalizeEdges: true) },
        { "Conv([2, 2, 2, 3], strides: [1, 1, 1, 2]) >> AveragePool([2, 1, 1, 1])", () => Conv([2, 2, 2, 3], strides: [1, 1, 1, 2]) >> AveragePool([2, 1, 1, 1]) },
        { "ConvLocal(3, 3, padding: Valid, parameterization: Standard, width: 8)", () => ConvLocal(3, 3, padding: Valid, parameterization: Standard, width: 8) },
        { "ConvTranspose(3, 3, strides: [2, 2], trainable: false)", () => ConvTranspose(3, 3, strides: [2, 2], trainable: false) },
        { "Dense(trainable: false) >> Dense(learningRate: 0.5)", () => Dense(trainable: false) >> Dense(learningRate: 0.5) },
        { "ImageResize([null, 9]) >> ImageResize([7, 4], method: Nearest, antialias: false)", () => ImageResize([null, 9]) >> ImageResize([7, 4], method: Nearest, antialias: false) },
        { "Index(\"1:\", \"::3\") >> Index(\"-1\")", () => Index("1:", "::3") >> Index("-1") },
        { "Concat(axis: 0, Identity, Conv(2, 2)) >> LayerNorm(axes: [0, -1])", () => Concat(axis: 0, Identity, Conv(2, 2)) >> LayerNorm(axes: [0, -1]) },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Printed_text_is_the_code(string text, Func<Network> code)
    {
        Assert.Equal(text, code().ToString());
        Assert.Equal(code(), NetworkText.Parse(text));
    }

    [Theory]
    [InlineData("Conv([3, 3])", "Conv(3, 3)")]
    [InlineData("Conv(filter: [3, 3], [2, 1])", "Conv(3, 3, strides: [2, 1])")]
    [InlineData("Conv(3, 3, [2, 1], circular, sqrt(2), 0.1)", "Conv(3, 3, strides: [2, 1], padding: Circular, weightStd: Sqrt2, biasStd: 0.1)")]
    [InlineData("Conv(3, 3, strides: [1, 1], padding: same)", "Conv(3, 3)")]
    [InlineData("Conv(1 + 2, 3, weightStd: 2)", "Conv(3, 3, weightStd: 2)")]
    [InlineData("AveragePool(2, 2, strides: [2, 2], padding: valid)", "AveragePool(2, 2)")]
    [InlineData("ImageResize(null, 9)", "ImageResize([null, 9])")]
    [InlineData("Index(1, \"2:\")", "Index(\"1\", \"2:\")")]
    [InlineData("Index([\"0:4:1\", \" : \"])", "Index(\"0:4\", \":\")")]
    [InlineData("LayerNorm(0, 1, -1)", "LayerNorm(axes: [0, 1, -1])")]
    public void Other_forms_are_understood(string text, string printed) => Assert.Equal(printed, NetworkText.Parse(text).ToString());

    [Theory]
    [InlineData("Conv", "Conv is written without filter", "Conv takes filter")]
    [InlineData("Conv()", "Conv is written without filter", "")]
    [InlineData("Conv([])", "filter is []", "an extent of at least 1")]
    [InlineData("Conv(0, 3)", "filter is [0, 3]", "an extent of at least 1")]
    [InlineData("Conv(3, 3, strides: [2])", "strides are [2] beside [3, 3]", "Give one stride an axis")]
    [InlineData("Conv(3, 3, strides: [0, 1])", "strides are [0, 1]", "at least 1")]
    [InlineData("Conv(3, 3, padding: smae)", "'smae' stands for padding", "Did you mean same?")]
    [InlineData("Conv(3, 3, learningRate: -1)", "learningRate is -1", "at least 0")]
    [InlineData("Conv(100000, 100000)", "filter is [100000, 100000]", "taps at most")]
    [InlineData("AveragePool(2, 2, strides: [1, 2, 3])", "strides are [1, 2, 3] beside [2, 2]", "")]
    [InlineData("ImageResize([0, null])", "shape is [0, null]", "null to keep it")]
    [InlineData("Index(\"1:2:0\")", "'1:2:0' is given as a slice", "a step other than 0")]
    [InlineData("Index(\"a\")", "'a' is given as a slice", "as in Python")]
    [InlineData("Index(\"\")", "'' is given as a slice", "")]
    [InlineData("Index(\"1:2:3:4\")", "'1:2:3:4' is given as a slice", "")]
    [InlineData("Conv(3, 3, 3 >> Relu", "'>' follows", "")]
    public void Mistakes_are_named(string text, string received, string required)
    {
        InfiniteNtk.ParseException error = Assert.Throws<InfiniteNtk.ParseException>(() => NetworkText.Parse(text));
        Assert.Contains(received, error.Message, StringComparison.Ordinal);
        Assert.Contains(required, error.Message, StringComparison.Ordinal);
    }
}
