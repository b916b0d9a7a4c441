using System.Diagnostics;
using System.Globalization;
using InfiniteNtk.Kernels.Execution;

namespace InfiniteNtk.Cli.Terminal;

/// <summary>
/// Progress on the error stream: a bar that rewrites its line, with rate and time left, on a terminal; elsewhere one plain line per
/// step, and one every ten seconds within a long step.
/// </summary>
internal sealed class ProgressLine(ToolConsole console) : IProgress<KernelProgress>
{
    private const int BarWidth = 24;
    private static readonly TimeSpan _plainInterval = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private string _step = "";
    private TimeSpan _lastPlain;
    private bool _open;

    /// <summary>Names what is being done now.</summary>
    public void Step(string name)
    {
        lock (_gate)
        {
            _step = name;
            _lastPlain = _watch.Elapsed;
            if (console.ErrorIsTerminal) Rewrite(name + " ...");
            else console.Error.WriteLine(name);
        }
    }

    /// <inheritdoc/>
    public void Report(KernelProgress value)
    {
        lock (_gate)
        {
            if (console.ErrorIsTerminal)
            {
                Rewrite(Describe(_step, value));
            }
            else if (_watch.Elapsed - _lastPlain >= _plainInterval)
            {
                _lastPlain = _watch.Elapsed;
                console.Error.WriteLine(Describe(_step, value));
            }
        }
    }

    /// <summary>Clears the bar, so that results begin on a clean line.</summary>
    public void Done()
    {
        lock (_gate)
        {
            if (_open) console.Error.Write(TerminalStyle.LineStart + TerminalStyle.ClearRest);
            _open = false;
        }
    }

    /// <summary>For example "ntk [######------]  50 %  1.2 M entries/s, 3 s left".</summary>
    public static string Describe(string step, KernelProgress progress)
    {
        double share = progress.Total == 0 ? 1 : Math.Clamp((double)progress.Done / progress.Total, 0, 1);
        int filled = (int)(share * BarWidth);
        double rate = progress.Elapsed > TimeSpan.Zero ? progress.Done / progress.Elapsed.TotalSeconds : 0;
        string left = rate > 0 ? $", {Duration(TimeSpan.FromSeconds((progress.Total - progress.Done) / rate))} left" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{step} [{new string('#', filled)}{new string('-', BarWidth - filled)}] {100 * share,3:0} %  {Rate(rate)} entries/s{left}");
    }

    private void Rewrite(string text)
    {
        int width = Math.Max(console.Width - 1, 20);
        console.Error.Write(TerminalStyle.LineStart + (text.Length > width ? text[..width] : text) + TerminalStyle.ClearRest);
        _open = true;
    }

    private static string Rate(double rate) => rate switch
    {
        >= 1e6 => (rate / 1e6).ToString("0.0 M", CultureInfo.InvariantCulture),
        >= 1e3 => (rate / 1e3).ToString("0.0 k", CultureInfo.InvariantCulture),
        _ => rate.ToString("0", CultureInfo.InvariantCulture),
    };

    private static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min")
        : time.TotalMinutes >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds)} s");
}
