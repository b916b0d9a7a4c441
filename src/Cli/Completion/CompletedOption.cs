using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Commands;

namespace InfiniteNtk.Cli.Completion;

/// <summary>What a shell needs to know of the tool, from the same tables as its help.</summary>
internal static class CompletedOption
{
    /// <summary>What every command takes beside its own options.</summary>
    public static Option Help { get; } = new("--help", null, "What the command does, examples and options.");

    /// <summary>Published architectures by name, as help lists them.</summary>
    public static IReadOnlyList<string> Networks { get; } = ["myrtle5", "myrtle7", "myrtle10", "cntk21", "wide-resnet-28", "lenet"];

    /// <summary>A command's options, and help.</summary>
    public static IEnumerable<Option> Of(ToolCommand command) => command.Options.Append(Help);

    /// <summary>The words that an option's value may be; none where it is a file, a number or free text.</summary>
    public static IReadOnlyList<string> Words(Option option) => option.IsNetwork ? Networks : option.Words;

    /// <summary>The words that a command's positional argument may be; none where it takes none, or a file.</summary>
    public static IReadOnlyList<string> PositionalWords(ToolCommand command) => command.PositionalIsNetwork ? Networks : command.PositionalWords;

    /// <summary>Whether a command's positional argument is a file.</summary>
    public static bool TakesFile(ToolCommand command) => command.TakesPositional && PositionalWords(command).Count == 0;

    /// <summary>The first sentence of an option's meaning.</summary>
    public static string Meaning(Option option) =>
        option.Meaning.IndexOf(". ", StringComparison.Ordinal) is >= 0 and var end ? option.Meaning[..end] : option.Meaning.TrimEnd('.');
}
