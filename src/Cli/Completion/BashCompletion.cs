using System.Text;
using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Commands;

namespace InfiniteNtk.Cli.Completion;

/// <summary>Completion for bash: a function that looks at the words before the cursor.</summary>
internal static class BashCompletion
{
    /// <summary>The script.</summary>
    public static string Script(IReadOnlyList<ToolCommand> commands)
    {
        string names = string.Join(' ', commands.Select(command => command.Name));
        var script = new StringBuilder("# In ~/.bashrc: source <(intk completion bash)\n");
        script.Append($$"""
            _intk() {
              local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} IFS=$' \t\n'
              # --option=value are three words to readline.
              if [ "$cur" = "=" ]; then cur=""; elif [ "$prev" = "=" ]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
              COMPREPLY=()
              if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "{{names}} help --help --version" -- "$cur")); return; fi
              case "${COMP_WORDS[1]} $prev" in
                "help "*|"--help "*) COMPREPLY=($(compgen -W "{{names}}" -- "$cur")); return ;;

            """);
        foreach (ToolCommand command in commands)
        {
            foreach (Option option in command.Options.Where(option => option.Value is not null))
            {
                script.Append($"    \"{command.Name} {option.Name}\") {Value(option)}return ;;\n");
            }
        }

        script.Append("  esac\n  case \"${COMP_WORDS[1]} $cur\" in\n");
        foreach (ToolCommand command in commands)
        {
            script.Append($"    \"{command.Name} -\"*) {Reply(CompletedOption.Of(command).Select(option => option.Name))}return ;;\n");
        }

        foreach (ToolCommand command in commands.Where(command => command.TakesPositional))
        {
            script.Append($"    \"{command.Name} \"*) {(CompletedOption.TakesFile(command) ? "_intk_files; " : Reply(CompletedOption.PositionalWords(command)))}return ;;\n");
        }

        script.Append("  esac\n}\n");
        script.Append("_intk_files() {\n  local IFS=$'\\n'\n  compopt -o filenames 2>/dev/null\n  COMPREPLY=($(compgen -f -- \"$cur\"))\n}\n");
        return script.Append("complete -F _intk intk\n").ToString();
    }

    private static string Value(Option option) =>
        option.IsFile ? "_intk_files; " : CompletedOption.Words(option) is { Count: > 0 } words ? Reply(words) : "";

    private static string Reply(IEnumerable<string> words) => $"COMPREPLY=($(compgen -W \"{string.Join(' ', words)}\" -- \"$cur\")); ";
}
