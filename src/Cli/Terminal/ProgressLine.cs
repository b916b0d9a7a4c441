using System.Diagnostics;
using System.Globalization;

namespace InfiniteNtk.Cli.Terminal;

/// <summary>
/// Progress on the error stream: on a terminal a line that is rewritten, with the share done and the time left, at least every second;
/// elsewhere one plain line per step, and one every ten seconds within a long step, whether or not the step reports.
/// </summary>
internal sealed class ProgressLine(ToolConsole console) : IProgress<KernelProgress>, IProgress<SolverProgress>
{
    // No wrapping, should the width have been told wrongly; and again as it was.
    private const string Begin = TerminalStyle.LineStart + TerminalStyle.NoWrap, End = TerminalStyle.ClearRest + TerminalStyle.Wrap;
    private static readonly TimeSpan _plainInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _tick = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private Timer? _timer;
    private string _step = "";
    private StepProgress? _progress;
    private TimeSpan _reported;
    private TimeSpan _lastPlain;
    private bool _open;

    /// <summary>What the steps after this one will take; added to the time left of this one.</summary>
    public TimeSpan Rest { get; set; }

    /// <summary>Names what is being done now.</summary>
    /// <param name="name">For example "kernels of Dense >> Relu >> Dense".</param>
    /// <param name="expected">How long it and all after it should take; null: not known.</param>
    public void Step(string name, TimeSpan? expected = null)
    {
        lock (_gate)
        {
            _timer ??= Every(_tick, Tick);
            (_step, _reported, _lastPlain) = (name, _watch.Elapsed, _watch.Elapsed);
            _progress = expected is { } left ? new StepProgress(0, left) : null;
            if (console.ErrorIsTerminal) Rewrite();
            else console.Error.WriteLine(name);
        }
    }

    /// <inheritdoc/>
    public void Report(KernelProgress value) => Report(Of(value, Rest));

    /// <inheritdoc/>
    public void Report(SolverProgress value)
    {
        TimeSpan? left = value.Share > 0 ? value.Elapsed * ((1 - value.Share) / value.Share) + Rest : null;
        Report(new StepProgress(value.Share, left, value.Operation));
    }

    /// <summary>How far the step is.</summary>
    public void Report(StepProgress value)
    {
        lock (_gate)
        {
            (_progress, _reported) = (value, _watch.Elapsed);
            Show();
        }
    }

    /// <summary>Clears the line, so that results begin on a clean one.</summary>
    public void Done()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            (_timer, _step) = (null, "");
            if (_open) console.Error.Write(TerminalStyle.LineStart + TerminalStyle.ClearRest);
            _open = false;
        }
    }

    /// <summary>The share of entries, their rate, and the time left at that rate.</summary>
    public static StepProgress Of(KernelProgress progress, TimeSpan rest)
    {
        double share = progress.Total == 0 ? 1 : Math.Clamp((double)progress.Done / progress.Total, 0, 1);
        double rate = progress.Elapsed > TimeSpan.Zero ? progress.Done / progress.Elapsed.TotalSeconds : 0;
        return new StepProgress(share, rate > 0 ? TimeSpan.FromSeconds((progress.Total - progress.Done) / rate) + rest : null, $"{Number(rate)} entries/s");
    }

    /// <summary>Its thread computes nothing, and is no part of what this one does.</summary>
    private static Timer Every(TimeSpan interval, Action action)
    {
        using AsyncFlowControl apart = ExecutionContext.SuppressFlow();
        return new Timer(_ => action(), null, interval, interval);
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (_step.Length > 0) Show();
        }
    }

    private void Show()
    {
        if (console.ErrorIsTerminal)
        {
            Rewrite();
        }
        else if (_watch.Elapsed - _lastPlain >= _plainInterval)
        {
            _lastPlain = _watch.Elapsed;
            console.Error.WriteLine(Text(int.MaxValue));
        }
    }

    private void Rewrite()
    {
        console.Error.Write(Begin + Text(Math.Max(console.ErrorWidth() - 1, 10)) + End);
        _open = true;
    }

    /// <summary>The step as it was reported last, the time since then taken off.</summary>
    private string Text(int width)
    {
        TimeSpan since = _watch.Elapsed - _reported;
        if (_progress is not { } progress) return StepProgress.Fit(_step, $"... {StepProgress.Duration(since)}", width);
        if (progress.Left is { } left) progress = progress with { Left = left > since ? left - since : TimeSpan.Zero };
        return progress.Describe(_step, width);
    }

    private static string Number(double rate) => rate switch
    {
        >= 1e6 => (rate / 1e6).ToString("0.0 M", CultureInfo.InvariantCulture),
        >= 1e3 => (rate / 1e3).ToString("0.0 k", CultureInfo.InvariantCulture),
        _ => rate.ToString("0", CultureInfo.InvariantCulture),
    };
}
