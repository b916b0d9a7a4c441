using System.Diagnostics;
using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Commands;
using InfiniteNtk.Cli.Completion;
using InfiniteNtk.Cli.Tests.Commands;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Cli.Tests.Completion;

/// <summary><c>intk completion</c>: what the scripts offer is what the commands take.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bash", "--")]
    [InlineData("zsh", "--")]
    [InlineData("fish", "-l ")]
    [InlineData("pwsh", "--")]
    public void Every_command_and_option_is_in_every_script(string shell, string dashes)
    {
        Outcome script = ToolRun.Run("completion", shell);
        Assert.Equal((0, ""), (script.Code, script.Error));
        Assert.All(IntkTool.Commands, command => Assert.Contains(command.Name, script.Out, StringComparison.Ordinal));
        Assert.All(IntkTool.Commands.SelectMany(command => command.Options), option => Assert.Contains(dashes + option.Name[2..], script.Out, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_network_that_is_offered_is_one() =>
        Assert.All(CompletedOption.Networks, name => Assert.Equal(0, ToolRun.Run("explain", name, "--json").Code));

    [Fact]
    public void A_shell_is_required_and_known()
    {
        Assert.Contains("completion needs a shell", ToolRun.Run("completion").Error, StringComparison.Ordinal);
        Assert.Contains("the shells are bash, zsh, fish, pwsh", ToolRun.Run("completion", "tcsh").Error, StringComparison.Ordinal);
    }

    /// <summary>bash itself completes; where there is none, nothing can be asked.</summary>
    [Theory]
    [InlineData("com", "compare", "completion")]
    [InlineData("help ver", "verify")]
    [InlineData("compare --rep", "--report")]
    [InlineData("compare --task cl", "classify")]
    [InlineData("kernel --dtype = f", "f64", "f32")]
    [InlineData("verify --device cu", "cuda")]
    [InlineData("explain --net myrtle", "myrtle5", "myrtle7", "myrtle10")]
    [InlineData("explain len", "lenet")]
    [InlineData("completion z", "zsh")]
    [InlineData("compare --test tr", "train set.csv", "train.npz")]
    [InlineData("predict tr", "train set.csv", "train.npz")]
    [InlineData("compare --n ")]
    public void Bash_completes(string words, params string[] expected)
    {
        if (!File.Exists("/bin/bash")) return;
        _folder.Write("train.npz", "");
        _folder.Write("train set.csv", "");
        _folder.Write("intk.bash", ToolRun.Run("completion", "bash").Out);
        string[] split = ["intk", .. words.Split(' ')];
        var start = new ProcessStartInfo("/bin/bash") { RedirectStandardOutput = true, WorkingDirectory = _folder.Path };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("source ./intk.bash; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _intk; printf '%s\\n' \"${COMPREPLY[@]}\"");
        start.ArgumentList.Add("bash");
        foreach (string word in split) start.ArgumentList.Add(word);
        using Process bash = Process.Start(start)!;
        string[] offered = [.. bash.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
        bash.WaitForExit();
        Assert.Equal(expected.Order(StringComparer.Ordinal), offered);
    }

    /// <summary>Which options take files follows from their help; a new one that is read as the other kind shows here.</summary>
    [Fact]
    public void Files_to_read_and_files_to_write_are_told_apart()
    {
        IEnumerable<Option> options = IntkTool.Commands.SelectMany(command => command.Options).DistinctBy(option => option.Name);
        Assert.Equal(
            ["--against", "--kernel", "--labels", "--test", "--test-kernel", "--test-test", "--x1", "--x2", "--y"],
            options.Where(option => option.IsInput).Select(option => option.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["--chart", "--out", "--report"], options.Where(option => option.IsFile && !option.IsInput).Select(option => option.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Help_is_found_from_both_sides_and_explain_takes_its_network_by_position()
    {
        string help = ToolRun.Run("compare", "--help").Out;
        foreach (string[] words in (string[][])[["help", "compare"], ["--help", "compare"], ["-h", "compare"]]) Assert.Equal((0, help), (ToolRun.Run(words).Code, ToolRun.Run(words).Out));
        Outcome named = ToolRun.Run("explain", "--net", "Dense >> Relu"), placed = ToolRun.Run("explain", "Dense >> Relu");
        Assert.Equal((0, named.Out), (placed.Code, placed.Out));
        Assert.Contains("one network", ToolRun.Run("explain", "Dense", "--net", "Relu").Error, StringComparison.Ordinal);
        Assert.Contains("one argument", ToolRun.Run("explain", "Dense", "Relu").Error, StringComparison.Ordinal);
        foreach (ToolCommand command in IntkTool.Commands) Assert.DoesNotContain("intk: intk", ToolRun.Run(command.Name, "--none", "x", "y").Error + ToolRun.Run(command.Name).Error, StringComparison.Ordinal);
    }
}
