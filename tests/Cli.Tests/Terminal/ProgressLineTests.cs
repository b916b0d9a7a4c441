using InfiniteNtk.Cli.Terminal;
using Xunit;

namespace InfiniteNtk.Cli.Tests.Terminal;

public sealed class ProgressLineTests
{
    [Fact]
    public void Progress_shows_share_rate_and_time_left() => Assert.Equal(
        "ntk [############------------]  50 %  2.5 M entries/s, 4 s left",
        Describe("ntk", new KernelProgress(10_000_000, 20_000_000, TimeSpan.FromSeconds(4))));

    /// <summary>Whatever the width, the share done and the time left are there, and nothing wraps.</summary>
    [Fact]
    public void A_narrow_line_loses_its_rate_then_its_bar_then_its_name_but_never_the_time_left()
    {
        const string step = "[3/18] predicting and measuring ntk of Flatten >> Dense(weightStd: Sqrt2, biasStd: 0.1) >> Relu >> Dense()";
        var progress = new StepProgress(0.5, TimeSpan.FromSeconds(64), "1.2 M entries/s");
        for (int width = 14; width < 180; width++)
        {
            string line = progress.Describe(step, width);
            Assert.True(line.Length <= width, line);
            Assert.EndsWith("1 min 4 s left", line, StringComparison.Ordinal);
            Assert.Equal(width >= 20, line.Contains("50 %", StringComparison.Ordinal));
        }

        Assert.Equal("[3/18] predicting and measuring ntk \u2026  50 %  1 min 4 s left", progress.Describe(step, 59));
        Assert.Equal("ntk [############------------]  50 %  1 min 4 s left", progress.Describe("ntk", 55));
        Assert.Equal("ntk [####----]  50 %  1 min 4 s left", progress.Describe("ntk", 40));
        Assert.Equal("kernels\u2026 ... 3 s", StepProgress.Fit("kernels of Dense", "... 3 s", 16));
        Assert.Equal("kernels of Dense ... 3 s", StepProgress.Fit("kernels of Dense", "... 3 s", 24));
    }

    [Fact]
    public void The_width_is_that_of_the_terminal_behind_stderr_at_each_moment()
    {
        int width = 60;
        using var error = new StringWriter();
        var console = new ToolConsole(new StringWriter(), error) { ErrorIsTerminal = true, Width = 120, ErrorWidth = () => width };
        var progress = new ProgressLine(console);
        progress.Step(new string('k', 100), TimeSpan.FromSeconds(30));
        progress.Report(new KernelProgress(1, 2, TimeSpan.FromSeconds(1)));
        width = 40;
        progress.Rest = TimeSpan.FromMinutes(2);
        progress.Report(new KernelProgress(1, 2, TimeSpan.FromSeconds(1)));
        progress.Done();
        string[] lines = [.. error.ToString().Split("\r\e[?7l", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("\e[K")[0])];
        Assert.All(lines.Take(2), line => Assert.Equal(59, line.Length));
        Assert.Matches("[0-9]+ s left$", lines[0]);
        Assert.Matches("[01] s left$", lines[1]);
        Assert.Equal(39, lines[2].Length);
        Assert.Matches("2 min [01] s left$", lines[2]);
    }

    [Theory]
    [InlineData(7200, "2.0 k entries/s, 1 min 30 s left")]
    [InlineData(1, "20 entries/s, 2 h 30 min left")]
    public void Durations_are_told_in_their_units(int scale, string expected)
    {
        // 180,000 of 360,000 in 90 s, or of some more hours.
        KernelProgress progress = scale == 1 ? new(180_000, 360_000, TimeSpan.FromSeconds(9000)) : new(180_000, 360_000, TimeSpan.FromSeconds(90));
        Assert.EndsWith(expected, Describe("k", progress), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_without_anything_done_promises_nothing()
    {
        Assert.Equal("k [------------------------]   0 %  0 entries/s", Describe("k", new KernelProgress(0, 100, TimeSpan.Zero)));
        Assert.Contains("100 %", Describe("k", new KernelProgress(0, 0, TimeSpan.Zero)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_gets_a_line_that_is_rewritten_and_a_file_gets_plain_lines()
    {
        var terminal = new ToolConsole(new StringWriter(), new StringWriter()) { ErrorIsTerminal = true };
        var progress = new ProgressLine(terminal);
        progress.Step("ntk");
        progress.Report(new KernelProgress(1, 2, TimeSpan.FromSeconds(1)));
        progress.Done();
        Assert.StartsWith("\r\e[?7lntk ...", terminal.Error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\r\e[K", terminal.Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', terminal.Error.ToString()!);

        var file = new ToolConsole(new StringWriter(), new StringWriter());
        progress = new ProgressLine(file);
        progress.Step("ntk");
        progress.Report(new KernelProgress(1, 2, TimeSpan.FromSeconds(1)));
        progress.Done();
        Assert.Equal("ntk\n", file.Error.ToString()!.ReplaceLineEndings("\n"));
    }

    private static string Describe(string step, KernelProgress progress) => ProgressLine.Of(progress, TimeSpan.Zero).Describe(step, int.MaxValue);
}
