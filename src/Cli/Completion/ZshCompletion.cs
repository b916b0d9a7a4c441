using System.Text;
using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Commands;

namespace InfiniteNtk.Cli.Completion;

/// <summary>Completion for zsh: each command's options as <c>_arguments</c> takes them.</summary>
internal static class ZshCompletion
{
    /// <summary>The script.</summary>
    public static string Script(IReadOnlyList<ToolCommand> commands)
    {
        var script = new StringBuilder("#compdef intk\n# In ~/.zshrc, after compinit: source <(intk completion zsh)\n_intk() {\n  local -a commands\n  commands=(\n");
        foreach (ToolCommand command in commands) script.Append($"    {Quote($"{command.Name}:{command.Summary.Replace(":", "\\:", StringComparison.Ordinal)}")}\n");
        script.Append("  )\n  if (( CURRENT == 2 )); then _describe command commands; return; fi\n  shift words\n  (( CURRENT-- ))\n  case $words[1] in\n    help|--help) _describe command commands ;;\n");
        foreach (ToolCommand command in commands)
        {
            script.Append($"    {command.Name})\n      _arguments");
            foreach (Option option in CompletedOption.Of(command)) script.Append($" \\\n        {Quote(Spec(option))}");
            if (command.TakesPositional) script.Append($" \\\n        {Quote("1:" + Action("argument", CompletedOption.TakesFile(command), CompletedOption.PositionalWords(command)))}");
            script.Append(" ;;\n");
        }

        script.Append("  esac\n}\n");
        return script.Append("if [[ $funcstack[1] == _intk ]]; then _intk \"$@\"; else compdef _intk intk; fi\n").ToString();
    }

    private static string Spec(Option option)
    {
        string spec = $"{(option.Repeats ? "*" : "")}{option.Name}[{Escape(CompletedOption.Meaning(option))}]";
        return option.Value is null ? spec : $"{spec}:{Action(Escape(option.Value), option.IsFile, CompletedOption.Words(option))}";
    }

    private static string Action(string what, bool isFile, IReadOnlyList<string> words) =>
        $"{what}:{(isFile ? "_files" : words.Count > 0 ? $"({string.Join(' ', words)})" : " ")}";

    private static string Escape(string text)
    {
        foreach (string special in new[] { "\\", "[", "]", ":" }) text = text.Replace(special, "\\" + special, StringComparison.Ordinal);
        return text;
    }

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
