using System.Text;
using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Commands;

namespace InfiniteNtk.Cli.Completion;

/// <summary>Completion for fish: one line for each command and option.</summary>
internal static class FishCompletion
{
    /// <summary>The script.</summary>
    public static string Script(IReadOnlyList<ToolCommand> commands)
    {
        string names = string.Join(' ', commands.Select(command => command.Name));
        var script = new StringBuilder("# Once: intk completion fish > ~/.config/fish/completions/intk.fish\ncomplete -c intk -f\n");
        foreach (ToolCommand command in commands) script.Append($"complete -c intk -n __fish_use_subcommand -a {command.Name} -d {Quote(command.Summary)}\n");
        script.Append($"complete -c intk -n '__fish_seen_subcommand_from help' -a {Quote(names)}\n");
        foreach (ToolCommand command in commands)
        {
            string here = $"complete -c intk -n '__fish_seen_subcommand_from {command.Name}'";
            foreach (Option option in CompletedOption.Of(command)) script.Append($"{here} -l {option.Name[2..]}{Value(option)} -d {Quote(CompletedOption.Meaning(option))}\n");
            if (CompletedOption.TakesFile(command)) script.Append($"{here} -F\n");
            else if (CompletedOption.PositionalWords(command) is { Count: > 0 } words) script.Append($"{here} -a {Quote(string.Join(' ', words))}\n");
        }

        return script.ToString();
    }

    private static string Value(Option option) => option.Value is null ? ""
        : option.IsFile ? " -r -F"
        : CompletedOption.Words(option) is { Count: > 0 } words ? $" -x -a {Quote(string.Join(' ', words))}"
        : " -x";

    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
