using InfiniteNtk.Cli.Terminal;

namespace InfiniteNtk.Cli.Tests.Commands;

/// <summary>What a run of the tool left: exit code, results, messages.</summary>
internal sealed record Outcome(int Code, string Out, string Error);

/// <summary>Runs the tool in this process.</summary>
internal static class ToolRun
{
    public static Outcome Run(params string[] words) => Run(CancellationToken.None, words);

    public static Outcome Run(CancellationToken cancellation, params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = IntkTool.Run(words, new ToolConsole(output, error), cancellation);
        return new Outcome(code, output.ToString(), error.ToString());
    }
}
