using System.Diagnostics;

namespace InfiniteNtk.Regression.LinearAlgebra;

/// <summary>Tells a listener how far one operation is: its start, its end, and about ten times a second between.</summary>
internal sealed class OperationMeter
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(100);

    private readonly IProgress<SolverProgress>? _receiver;
    private readonly string _operation;
    private readonly double _total;
    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _told;

    /// <summary>Tells of the start.</summary>
    /// <param name="receiver">Who is told; null: nobody.</param>
    /// <param name="operation">What is being done.</param>
    /// <param name="total">All of it, in any unit.</param>
    public OperationMeter(IProgress<SolverProgress>? receiver, string operation, double total)
    {
        _receiver = receiver;
        _operation = operation;
        _total = total;
        receiver?.Report(new SolverProgress(operation, 0, TimeSpan.Zero));
    }

    /// <summary>So much is done.</summary>
    public void Report(double done)
    {
        if (_receiver is null) return;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_start);
        if (done < _total && elapsed - _told < _interval) return;
        _told = elapsed;
        _receiver.Report(new SolverProgress(_operation, _total > 0 ? Math.Min(1, done / _total) : 1, elapsed));
    }
}
