using InfiniteNtk.Compositional.Text;
using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.Compositional.Tests.Text;

public sealed class NetworkTextTests
{
    [Fact]
    public void Printing_gives_legal_and_short_text()
    {
        Assert.Equal("Flatten >> Dense(weightStd: Sqrt2, biasStd: 0.1) >> Relu >> Dense()", (Flatten >> Dense(Sqrt2, 0.1) >> Relu >> Dense()).ToString());
        Assert.Equal("Dense() >> (Identity + (Relu >> Dense(weightStd: 1E-07)))", (Dense() >> Identity + (Relu >> Dense(1e-7))).ToString());
        Assert.Equal("Concat(axis: 0, Dense(), Relu >> Dense(parameterization: Standard, width: 3))", Concat(0, Dense(), Relu >> Dense(parameterization: Standard, width: 3)).ToString());
        Assert.Equal("Repeat(3, LayerNorm() >> Dropout(0.9))", Repeat(3, LayerNorm() >> Dropout(0.9)).ToString());
        Assert.Equal("LayerNorm(axes: [0, -1])", LayerNorm(0, -1).ToString());
    }

    [Theory]
    [InlineData("Dense >> Relu >> Dense", "Dense() >> Relu >> Dense()")]
    [InlineData("  Dense(1.5,.25)\n>>\tRelu\r\n >> Dense ( ) ", "Dense(weightStd: 1.5, biasStd: 0.25) >> Relu >> Dense()")]
    [InlineData("Dense(sqrt(2))", "Dense(weightStd: Sqrt2)")]
    [InlineData("Dense(Math.Sqrt(1 + 1))", "Dense(weightStd: Sqrt2)")]
    [InlineData("Dense(weightStd: 2*(3-1)/4 + -1e-3*-1000)", "Dense(weightStd: 2)")]
    [InlineData("Dense(parameterization: standard, width: 512)", "Dense(parameterization: Standard, width: 512)")]
    [InlineData("Dense(width: null)", "Dense()")]
    [InlineData("Dense >> Identity + Relu >> Dense", "Dense() >> (Identity + Relu) >> Dense()")]
    [InlineData("(((Dense)))", "Dense()")]
    [InlineData("Repeat(2, Repeat(1, Dense))", "Repeat(2, Repeat(1, Dense()))")]
    [InlineData("Concat(Dense, Dense >> Relu)", "Concat(Dense(), Dense() >> Relu)")]
    [InlineData("Concat(-1, Dense, (Dense >> Relu))", "Concat(Dense(), Dense() >> Relu)")]
    [InlineData("Identity >> Dense >> Identity", "Dense()")]
    public void Parsing_accepts_the_forms_that_people_type(string text, string printed) => Assert.Equal(printed, NetworkText.Parse(text).ToString());

    [Fact]
    public void Half_a_character_is_refused_where_it_stands()
    {
        foreach ((string text, int column) in new[] { ("Elementwise(\"x\uD800\")", 15), ("\uDE00Dense", 1), ("Dense \uD83D", 7), ("Relu >> \uDE00\uD83D", 9) })
        {
            string message = Assert.Throws<ParseException>(() => NetworkText.Parse(text)).Message;
            Assert.Contains($"half a surrogate pair (column {column})", message, StringComparison.Ordinal);
            Assert.DoesNotContain(message, char.IsSurrogate);
        }
    }

    [Theory]
    [InlineData("Dense >> Rellu >> Dense", "unknown layer 'Rellu' (column 10)", "Did you mean Relu?")]
    [InlineData("Dense >> relu", "unknown layer 'relu' (column 10)", "Did you mean Relu?")]
    [InlineData("Dense >> SelfAttention(3,3)", "SelfAttention is not available in this version", "layers are Serial")]
    [InlineData("Dense(wieghtStd: 1)", "Dense has no parameter 'wieghtStd'", "Did you mean weightStd?")]
    [InlineData("Dense(weight_std=1.4)", "'weight_std=' stands for a parameter", "Write weightStd: 1.4")]
    [InlineData("Dense(1.4, b_std = sqrt(2)/2, width=3)", "'b_std=' stands for a parameter", "Write biasStd: sqrt(2)/2")]
    [InlineData("Dense(W_std: 1.4)", "Dense has no parameter 'W_std'", "Write weightStd: 1.4")]
    [InlineData("Dense(sigma_w: 1.4)", "Dense has no parameter 'sigma_w'", "Write weightStd: 1.4")]
    [InlineData("Dense(out_dim: 512)", "Dense has no parameter 'out_dim'", "Write width: 512")]
    [InlineData("Conv(3, 3, W_std=1.4)", "'W_std=' stands for a parameter", "Write weightStd: 1.4")]
    [InlineData("Conv(3, weight_std: 1.4)", "Conv has no parameter 'weight_std'", "Write weightStd: 1.4")]
    [InlineData("Dropout(keep_prob=0.9)", "'keep_prob=' stands for a parameter", "Write keepProbability: 0.9")]
    [InlineData("Dense(qqqqqqqq=1)", "'qqqqqqqq=' stands for a parameter", "Dense takes [weightStd]")]
    [InlineData("Dense(1, weightStd: 2)", "weightStd is given twice", "")]
    [InlineData("Dense(1,0,ntk,3,true,1,4)", "more arguments than parameters", "")]
    [InlineData("Dense(-1)", "weightStd is -1", "at least 0")]
    [InlineData("Dense(1/0)", "weightStd is not a finite number", "")]
    [InlineData("Dense(1e999)", "weightStd is not a finite number", "")]
    [InlineData("Dense(width: 2.5)", "width is 2.5", "whole number")]
    [InlineData("Dense(sqr(2))", "'sqr' stands for weightStd", "Did you mean sqrt?")]
    [InlineData("Dense(parameterization: nkt)", "'nkt' stands for parameterization", "Did you mean ntk?")]
    [InlineData("Dropout", "Dropout is written without keepProbability", "")]
    [InlineData("Dense > Relu", "'>' follows a complete network", "joined with >> or +")]
    [InlineData("Dense Relu", "'Relu' follows a complete network", "")]
    [InlineData("Dense >>", "the end of the text stands where a layer is expected", "")]
    [InlineData("", "the end of the text stands where a layer is expected", "")]
    [InlineData("(Dense", "the end of the text follows a network in brackets", "')' is expected")]
    [InlineData("Dense(1.2.3)", "'1.2.3' stands for weightStd", "")]
    [InlineData("Repeat(-1, Dense)", "count is -1", "")]
    [InlineData("Repeat(2)", "Repeat is written without body", "")]
    public void Mistakes_are_named_where_they_stand(string text, string received, string rest)
    {
        ParseException error = Assert.Throws<ParseException>(() => NetworkText.Parse(text));
        Assert.Contains(received, error.Message, StringComparison.Ordinal);
        Assert.Contains(rest, error.Message, StringComparison.Ordinal);
        Assert.Contains("^", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mark_stands_under_the_mistake_on_its_own_line()
    {
        ParseException error = Assert.Throws<ParseException>(() => NetworkText.Parse("Dense >>\n  Relu >> Dens"));
        Assert.Contains("line 2, column 11", error.Message, StringComparison.Ordinal);
        string[] lines = error.Message.Split(Environment.NewLine);
        Assert.Equal("    Relu >> Dens", lines[^2]);
        Assert.Equal("            ^", lines[^1]);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("Repeat(2,")]
    [InlineData("Dense(weightStd: (")]
    [InlineData("Dense + (Dense >> ")]
    public void Hostile_nesting_is_refused_and_overflows_nothing(string opening) => Assert.Throws<ParseException>(() =>
        NetworkText.Parse(string.Concat(Enumerable.Repeat(opening, 100_000))));

    [Fact]
    public void A_long_chain_is_not_nesting()
    {
        string text = string.Join(" >> ", Enumerable.Repeat("Dense", 5000));
        Assert.Equal(NetworkText.Parse(text), NetworkText.Parse(NetworkText.Parse(text).ToString()));
    }
}
