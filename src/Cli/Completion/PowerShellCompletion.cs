using System.Text;
using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Commands;

namespace InfiniteNtk.Cli.Completion;

/// <summary>Completion for PowerShell: tables of options and of their words. Where it offers nothing, PowerShell offers files.</summary>
internal static class PowerShellCompletion
{
    /// <summary>The script.</summary>
    public static string Script(IReadOnlyList<ToolCommand> commands)
    {
        var script = new StringBuilder("# In $PROFILE: intk completion pwsh | Out-String | Invoke-Expression\n");
        script.Append("Register-ArgumentCompleter -Native -CommandName intk -ScriptBlock {\n  param($wordToComplete, $commandAst, $cursorPosition)\n  $options = @{\n");
        foreach (ToolCommand command in commands) script.Append($"    '{command.Name}' = {List(CompletedOption.Of(command).Select(option => option.Name).Concat(CompletedOption.PositionalWords(command)))}\n");
        script.Append("  }\n  $values = @{\n");
        foreach (ToolCommand command in commands)
        {
            foreach (Option option in command.Options.Where(option => option.Value is not null))
            {
                script.Append($"    '{command.Name} {option.Name}' = {List(CompletedOption.Words(option))}\n");
            }
        }

        return script.Append("""
              }
              $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
              if ($wordToComplete) { $words = @($words | Select-Object -SkipLast 1) }
              $found = if ($words.Count -le 1) { @($options.Keys | Sort-Object) + 'help', '--help', '--version' }
                elseif ($words[1] -in 'help', '--help') { $options.Keys | Sort-Object }
                elseif ($values.ContainsKey("$($words[1]) $($words[-1])")) { $values["$($words[1]) $($words[-1])"] }
                else { $options[$words[1]] }
              $found | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }

            """).ToString();
    }

    private static string List(IEnumerable<string> words) => $"@({string.Join(", ", words.Select(word => $"'{word}'"))})";
}
