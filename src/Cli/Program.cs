using System.Runtime.InteropServices;
using InfiniteNtk.Cli;
using InfiniteNtk.Cli.Terminal;

// The first signal stops between tiles; a second one, no longer held, ends the process.
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return IntkTool.Run(args, ToolConsole.OfProcess(), stop.Token);

void Stop(PosixSignalContext context)
{
    context.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
