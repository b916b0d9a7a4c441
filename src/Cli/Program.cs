using InfiniteNtk.Cli;
using InfiniteNtk.Cli.Terminal;

var console = ToolConsole.OfProcess();
using var signals = new StopSignals(code =>
{
    console.Error.WriteLine((console.ErrorIsTerminal ? TerminalStyle.LineStart + TerminalStyle.ClearRest : "") + IntkTool.Stopped);
    Environment.Exit(code);
});
int code = IntkTool.Run(args, console, signals.Token);
return code == IntkTool.Interrupted ? signals.ExitCode : code;
