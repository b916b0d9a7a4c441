using InfiniteNtk.Cli.Terminal;
using Xunit;

namespace InfiniteNtk.Cli.Tests.Terminal;

public sealed class TextTableTests
{
    private static TextTable Table()
    {
        var table = new TextTable(new TextColumn("#"), new TextColumn("network", Left: true, Shrinks: true), new TextColumn("n = 50\nerror"), new TextColumn("time", Drop: 1));
        table.Add(["1", "Flatten >> (Dense >> Relu) × 3 >> Dense", "0.1", "12.5"]);
        table.Add(["10", "linear", "0.25", "3"]);
        return table;
    }

    [Fact]
    public void Columns_are_aligned_under_headings_of_several_lines() => Assert.Equal(
        [
            "                                             n = 50",
            " #  network                                   error  time",
            "--  ---------------------------------------  ------  ----",
            " 1  Flatten >> (Dense >> Relu) × 3 >> Dense     0.1  12.5",
            "10  linear                                     0.25     3",
        ], Table().Lines(100));

    [Fact]
    public void A_narrow_table_shortens_names_before_it_loses_columns_that_may_go()
    {
        Assert.Equal(" 1  Flatten >> (Dense >> Relu) …     0.1  12.5", Table().Lines(46).ElementAt(3));
        Assert.All(Table().Lines(36), line => Assert.True(line.Length <= 36, line));
        Assert.DoesNotContain("time", string.Concat(Table().Lines(36)), StringComparison.Ordinal);
    }
}
