using InfiniteNtk.Cli.Arguments;
using Xunit;

namespace InfiniteNtk.Cli.Tests.Arguments;

public sealed class ParsedArgumentsTests
{
    private static readonly Option[] s_options =
        [new("--net", "TEXT|@FILE", "", Repeats: true), new("--ridge", "R", ""), new("--n", "N,N", ""), new("--json", null, "")];

    private static ParsedArguments Parse(params string[] words) => ParsedArguments.Parse("compare", words, s_options, takesPositional: true);

    private static string Refusal(params string[] words) => Assert.Throws<UsageException>(() => Parse(words)).Message;

    [Fact]
    public void Options_positionals_and_switches_may_stand_in_any_order()
    {
        ParsedArguments parsed = Parse("--net", "Dense >> Relu", "data.npz", "--ridge=1e-6rel", "--json", "--net", "@x.json");
        Assert.Equal("data.npz", parsed.Positional);
        Assert.Equal(["Dense >> Relu", "@x.json"], parsed.All("--net"));
        Assert.Equal("1e-6rel", parsed.Text("--ridge"));
        Assert.True(parsed.Has("--json"));
        Assert.False(parsed.Has("--n"));
        Assert.Equal("-odd.npz", Parse("--", "-odd.npz").Positional);
        Assert.Equal("-3", Parse("--ridge", "-3").Text("--ridge"));
        Assert.Equal("x=y", Parse("--net=x=y").Text("--net"));
    }

    [Fact]
    public void A_mistyped_option_is_answered_with_the_nearest_one()
    {
        Assert.Contains("has no option --rige. Did you mean --ridge?", Refusal("d.npz", "--rige", "3"), StringComparison.Ordinal);
        Assert.Contains("See intk compare --help", Refusal("--completely-else"), StringComparison.Ordinal);
        Assert.Contains("has no option -n", Refusal("-n", "3"), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_repeated_and_surplus_words_are_refused()
    {
        Assert.Contains("--net needs a value: --net TEXT|@FILE", Refusal("d.npz", "--net", "--ridge", "3"), StringComparison.Ordinal);
        Assert.Contains("--ridge needs a value", Refusal("d.npz", "--ridge"), StringComparison.Ordinal);
        Assert.Contains("--ridge is given twice", Refusal("--ridge", "1", "--ridge=2"), StringComparison.Ordinal);
        Assert.Contains("--json is a switch", Refusal("--json=yes"), StringComparison.Ordinal);
        Assert.Contains("Quote networks", Refusal("d.npz", "--net", "Dense", "Relu"), StringComparison.Ordinal);
        Assert.Contains("takes no file by position", Assert.Throws<UsageException>(() => ParsedArguments.Parse("info", ["x"], [], takesPositional: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_read_strictly()
    {
        Assert.Equal([50, 200, 1000], Parse("--n", "1000, 50,200,50").Integers("--n", 1)!);
        Assert.Null(Parse().Integers("--n", 1));
        Assert.Contains("separated by commas", Assert.Throws<UsageException>(() => Parse("--n", "50,x").Integers("--n", 1)).Message, StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => Parse("--n", "50,,60").Integers("--n", 1));
        Assert.Throws<UsageException>(() => Parse("--n", "0").Integers("--n", 1));
        Assert.Equal(7, Parse("--ridge", "7").Integer("--ridge", 1));
        Assert.Throws<UsageException>(() => Parse("--ridge", "7.5").Integer("--ridge", 1));
        Assert.Throws<UsageException>(() => Parse("--ridge", "99999999999").Integer("--ridge", 1));
        Assert.Equal(2, Parse("--ridge", "two").Choice("--ridge", 0, ("one", 1), ("two", 2)));
        Assert.Contains("must be one or two", Assert.Throws<UsageException>(() => Parse("--ridge", "three").Choice("--ridge", 0, ("one", 1), ("two", 2))).Message, StringComparison.Ordinal);
    }
}
