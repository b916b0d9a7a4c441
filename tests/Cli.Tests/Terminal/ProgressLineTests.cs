using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Kernels.Execution;
using Xunit;

namespace InfiniteNtk.Cli.Tests.Terminal;

public sealed class ProgressLineTests
{
    [Fact]
    public void Progress_shows_share_rate_and_time_left() => Assert.Equal(
        "ntk [############------------]  50 %  2.5 M entries/s, 4 s left",
        ProgressLine.Describe("ntk", new KernelProgress(10_000_000, 20_000_000, TimeSpan.FromSeconds(4))));

    [Theory]
    [InlineData(7200, "2.0 k entries/s, 1 min 30 s left")]
    [InlineData(1, "20 entries/s, 2 h 30 min left")]
    public void Durations_are_told_in_their_units(int scale, string expected)
    {
        // 180,000 of 360,000 in 90 s, or of some more hours.
        KernelProgress progress = scale == 1 ? new(180_000, 360_000, TimeSpan.FromSeconds(9000)) : new(180_000, 360_000, TimeSpan.FromSeconds(90));
        Assert.EndsWith(expected, ProgressLine.Describe("k", progress), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_without_anything_done_promises_nothing()
    {
        Assert.Equal("k [------------------------]   0 %  0 entries/s", ProgressLine.Describe("k", new KernelProgress(0, 100, TimeSpan.Zero)));
        Assert.Contains("100 %", ProgressLine.Describe("k", new KernelProgress(0, 0, TimeSpan.Zero)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_gets_a_line_that_is_rewritten_and_a_file_gets_plain_lines()
    {
        var terminal = new ToolConsole(new StringWriter(), new StringWriter()) { ErrorIsTerminal = true };
        var progress = new ProgressLine(terminal);
        progress.Step("ntk");
        progress.Report(new KernelProgress(1, 2, TimeSpan.FromSeconds(1)));
        progress.Done();
        Assert.StartsWith("\rntk ...", terminal.Error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\r\e[K", terminal.Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', terminal.Error.ToString()!);

        var file = new ToolConsole(new StringWriter(), new StringWriter());
        progress = new ProgressLine(file);
        progress.Step("ntk");
        progress.Report(new KernelProgress(1, 2, TimeSpan.FromSeconds(1)));
        progress.Done();
        Assert.Equal("ntk\n", file.Error.ToString()!.ReplaceLineEndings("\n"));
    }
}
