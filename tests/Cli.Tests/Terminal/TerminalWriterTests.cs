using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Cli.Tests.Commands;
using InfiniteNtk.Tests.Support;
using Xunit;
using static InfiniteNtk.Cli.Tests.Commands.ToolRun;

namespace InfiniteNtk.Cli.Tests.Terminal;

/// <summary>What reaches a terminal is short and obeys nobody but the tool; a stream that fails does not end the work.</summary>
public sealed class TerminalWriterTests : IDisposable
{
    private const string Hostile = "\u001b]0;owned\u0007\u009b2J\u202e.csv";
    private const string Shown = @"\u001B]0;owned\u0007\u009B2J\u202E.csv";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Control_characters_are_shown_as_escapes_and_the_tools_own_style_becomes_sequences()
    {
        var colours = new ToolConsole(new StringWriter(), new StringWriter()) { Colours = true };
        colours.Out.WriteLine(colours.Bold("a") + Hostile + "\tb");
        Assert.Equal($"\e[1ma\e[0m{Shown}\tb{Environment.NewLine}", colours.Out.ToString());

        // Without colours not even marks of style are obeyed.
        var plain = new ToolConsole(new StringWriter(), new StringWriter());
        plain.Out.Write(plain.Bold("a") + TerminalStyle.LineStart + "b\r\n\r");
        Assert.Equal("a\\uFDD4b\r\n\\u000D", plain.Out.ToString());
    }

    [Theory]
    [InlineData("compare", Hostile)]
    [InlineData("kernel", "--net", Hostile, "--x1", "x.npy", "--out", "k.npz")]
    [InlineData(Hostile)]
    [InlineData("info", "--" + Hostile)]
    [InlineData("info", Hostile)]
    [InlineData("predict", "a.csv", "--kind", Hostile)]
    public void Arguments_are_echoed_as_text(params string[] words)
    {
        Outcome refused = Run(words);
        Assert.Equal((2, ""), (refused.Code, refused.Out));
        Assert.DoesNotContain(refused.Error, c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain('\u202e', refused.Error);
        Assert.Contains("owned", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_and_columns_are_echoed_as_text()
    {
        string cell = _folder.Write("cell.csv", $"a,target\n{Hostile[..^4]},1\n2,0\n");
        Outcome refused = Run("compare", cell);
        Assert.Equal(2, refused.Code);
        Assert.Contains(Shown[..^4], refused.Error, StringComparison.Ordinal);

        // The target's name is part of the result.
        string named = _folder.Write("named.csv", $"a,\u001b[2J\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7}.5,{i % 2}\n")));
        Outcome done = Run("compare", named, "--net", "Dense", "--n", "10");
        Assert.Equal(0, done.Code);
        Assert.DoesNotContain('\u001b', done.Out + done.Error);
    }

    [Fact]
    public void Messages_are_short_whatever_is_echoed()
    {
        string cell = _folder.Write("cell.csv", $"a,target\n{new string('z', 3_000_000)},1\n2,0\n");
        foreach (string[] words in (string[][])[["compare", cell], ["compare", "d.csv", "--net", new string('(', 1_000_000)], [new string('q', 1_000_000)], ["info", new string('\u0007', 1_000_000)], ["explain", new string('D', 1_000_000)]])
        {
            Outcome refused = Run(words);
            Assert.Equal(2, refused.Code);
            Assert.InRange(refused.Error.Length, 20, 9_100);
        }
    }

    [Fact]
    public void A_full_error_stream_does_not_end_the_work()
    {
        string data = _folder.Write("d.csv", "a,target\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7}.5,{i % 2}\n")));
        using var output = new StringWriter();
        using var full = new StreamWriter(new FailingStream(10)) { AutoFlush = true };
        var console = new ToolConsole(output, full);
        Assert.Equal(0, IntkTool.Run(["compare", data, "--net", "Dense", "--n", "10", "--report", _folder["r.html"]], console));
        Assert.NotEqual("", output.ToString());
        Assert.True(File.Exists(_folder["r.html"]));
        Assert.Equal(2, IntkTool.Run(["compare", "missing.csv"], console));
    }

    [Fact]
    public void Results_that_cannot_be_printed_are_a_failure_after_the_files_are_written()
    {
        string data = _folder.Write("d.csv", "a,target\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7}.5,{i % 2}\n")));
        using var error = new StringWriter();
        using var full = new StreamWriter(new FailingStream(10)) { AutoFlush = true };
        Assert.Equal(1, IntkTool.Run(["compare", data, "--net", "Dense", "--n", "10", "--report", _folder["r.html"]], new ToolConsole(full, error)));
        Assert.True(File.Exists(_folder["r.html"]));
        Assert.EndsWith($"intk: done, but the results could not be written to standard output: No space left on device{Environment.NewLine}", error.ToString(), StringComparison.Ordinal);
    }
}
