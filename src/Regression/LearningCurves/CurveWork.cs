using System.Diagnostics;

namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>Tells a listener how much of a known amount of work is done; without a listener it costs nothing.</summary>
/// <param name="listener">Who is told; null: nobody.</param>
/// <param name="total">The work, in multiply-adds.</param>
internal sealed class CurveWork(IProgress<SolverProgress>? listener, double total)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private double _done;

    /// <summary>Names what begins now.</summary>
    public void Begin(string doing) => Tell(doing, _done);

    /// <summary>That much is done; never beyond the total, however the estimate was wrong.</summary>
    public void Finish(string doing, double amount)
    {
        _done = Math.Min(_done + amount, total);
        Tell(doing, _done);
    }

    /// <summary>A listener for a part of the work that reports shares of itself; the part counts as a whole once <see cref="Finish"/> says so.</summary>
    public IProgress<SolverProgress>? Part(double amount) => listener is null ? null : new PartOf(this, amount);

    private double Total => total;

    private void Tell(string doing, double done) => listener?.Report(new SolverProgress(doing, total > 0 ? done / total : 1, _watch.Elapsed));

    private sealed class PartOf(CurveWork whole, double amount) : IProgress<SolverProgress>
    {
        public void Report(SolverProgress value) => whole.Tell(value.Operation, Math.Min(whole._done + value.Share * amount, whole.Total));
    }
}
