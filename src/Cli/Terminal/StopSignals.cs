using System.Runtime.InteropServices;

namespace InfiniteNtk.Cli.Terminal;

/// <summary>
/// Interrupt, termination and hang-up. The first signal cancels, and what computes ends between blocks of work. What has not ended shortly
/// after (it reads, compiles, writes a large file) is ended with the process: no phase holds a terminal for more than a second, and
/// no part of a file is left. A second signal is not held at all.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>How long a cancelled computation may take to end by itself.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(600);

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action<int> _end;

    /// <summary>Begins to listen.</summary>
    /// <param name="end">Ends the process with an exit code.</param>
    public StopSignals(Action<int> end)
    {
        _end = end;
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Receive))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>128 + the number of the first signal, as shells expect; 0 before.</summary>
    public int ExitCode { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        if (_stop.IsCancellationRequested) return;
        context.Cancel = true;
        ExitCode = 128 + context.Signal switch { PosixSignal.SIGINT => 2, PosixSignal.SIGHUP => 1, _ => 15 };
        var patience = new Thread(() =>
        {
            Thread.Sleep(_patience);
            _end(ExitCode);
        })
        { IsBackground = true };
        patience.Start();
        _stop.Cancel();
    }
}
