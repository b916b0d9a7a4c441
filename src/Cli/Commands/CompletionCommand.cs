using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Completion;
using InfiniteNtk.Cli.Terminal;

namespace InfiniteNtk.Cli.Commands;

/// <summary><c>intk completion</c>: a script that teaches a shell the commands and options.</summary>
internal sealed class CompletionCommand : ToolCommand
{
    public override string Name => "completion";

    public override string Summary => "print a script that completes commands, options and files in your shell";

    public override string Usage => string.Join('|', PositionalWords);

    public override string Description => "Prints a script for the shell that is named. It holds the commands and options of this version; make it again after an update.";

    public override ValueList<Example> Examples =>
    [
        new Example("bash, in ~/.bashrc", "source <(intk completion bash)"),
        new Example("zsh, in ~/.zshrc after compinit", "source <(intk completion zsh)"),
        new Example("fish, once", "intk completion fish > ~/.config/fish/completions/intk.fish"),
        new Example("PowerShell, in $PROFILE", "intk completion pwsh | Out-String | Invoke-Expression"),
    ];

    public override ValueList<Option> Options => [];

    public override bool TakesPositional => true;

    public override ValueList<string> PositionalWords => ["bash", "zsh", "fish", "pwsh"];

    public override void Run(ParsedArguments arguments, ToolConsole console, CancellationToken cancellation) => console.Out.Write(arguments.RequiredPositional("a shell") switch
    {
        "bash" => BashCompletion.Script(IntkTool.Commands),
        "zsh" => ZshCompletion.Script(IntkTool.Commands),
        "fish" => FishCompletion.Script(IntkTool.Commands),
        "pwsh" => PowerShellCompletion.Script(IntkTool.Commands),
        string other => throw new UsageException($"there is no completion for \"{other}\"; the shells are {string.Join(", ", PositionalWords)}."),
    });
}
