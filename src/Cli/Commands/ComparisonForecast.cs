using System.Diagnostics;
using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;

namespace InfiniteNtk.Cli.Commands;

/// <summary>
/// How long a comparison will take: from a first tile of each network's kernel and a first small inverse before the start, from what
/// was measured afterwards.
/// </summary>
internal sealed class ComparisonForecast
{
    private const int TilePoints = 64;
    private const int InverseOrder = 512;

    /// <summary>Multiply-adds and covariance entries below which a forecast is not worth its trial: all is done in seconds.</summary>
    private const double WorthATrial = 1e11, WorthATile = 1e9;

    private readonly double[] _kernels;
    private readonly int _rows;
    private readonly Stopwatch _measuring = new();
    private double _workOfRow, _work, _seconds, _counted;
    private int _networksDone, _rowsDone;

    private ComparisonForecast(double[] kernels, double secondsPerMultiplyAdd, ComparisonWork work, int rows)
    {
        (_kernels, _rows, _workOfRow) = (kernels, rows, work.MultiplyAdds);
        // One inverse is little experience: it is outweighed by the first row.
        (_counted, _seconds) = (1, secondsPerMultiplyAdd);
    }

    /// <summary>Until all is done, from where it stands; null: not known.</summary>
    public TimeSpan? Left => double.IsNaN(_seconds) ? null : TimeSpan.FromSeconds(
        _kernels.Skip(_networksDone).Sum() + Math.Max((_rows - _rowsDone) * _workOfRow - _work, 0) * _seconds / _counted);

    /// <summary>For the kernels of all networks.</summary>
    public double KernelSeconds => _kernels.Sum();

    /// <summary>For predicting and measuring all rows.</summary>
    public double RowSeconds => _rows * _workOfRow * _seconds / _counted;

    /// <summary>Tries out what is worth it.</summary>
    public static ComparisonForecast Of(
        IReadOnlyList<KernelProgram> networks, Samples inputs, nint tests, ComparisonWork work, int rows, ILinearAlgebra algebra, ExecutionOptions execution)
    {
        double pairs = (double)inputs.Count * (inputs.Count + 1) / 2 + (double)tests * inputs.Count;
        ExecutionOptions quiet = execution with { Progress = null };
        using Samples few = First(inputs, TilePoints);
        bool worth = rows * work.MultiplyAdds >= WorthATrial || networks.Sum(ComparisonWork.Area) * pairs >= WorthATile;
        double[] kernels = [.. networks.Select(program => worth ? SecondsPerPair(program, few, quiet) * pairs : 0)];
        return new ComparisonForecast(kernels, worth ? SecondsPerMultiplyAdd(algebra) : double.NaN, work, rows);
    }

    /// <summary>The kernels of a network are there, or never will be.</summary>
    public void NetworkDone() => _networksDone++;

    /// <summary>A row begins.</summary>
    public void Begin()
    {
        _work = 0;
        _measuring.Restart();
    }

    /// <summary>Multiply-adds of the row in work are done: tells how far it is, and what is left of all.</summary>
    public void Add(double multiplyAdds, ProgressLine progress)
    {
        _work += multiplyAdds;
        progress.Report(new StepProgress(Math.Min(_work / _workOfRow, 0.99), Left));
    }

    /// <summary>The row is there: what it took is what the next ones will take.</summary>
    public void End()
    {
        if (_work > 0)
        {
            _workOfRow = _work;
            (_counted, _seconds) = (_counted < 2 ? _work : _counted + _work, _counted < 2 ? _measuring.Elapsed.TotalSeconds : _seconds + _measuring.Elapsed.TotalSeconds);
        }

        _work = 0;
        _rowsDone++;
    }

    /// <summary>"about 4 min 10 s and 0.6 GiB of memory (kernels 20 s, predicting and measuring 3 min 50 s)".</summary>
    public string Describe(double bytes) =>
        $"about {StepProgress.Duration(TimeSpan.FromSeconds(KernelSeconds + RowSeconds))} and {MemoryBudget.Describe((long)bytes)} of memory "
        + $"(kernels {StepProgress.Duration(TimeSpan.FromSeconds(KernelSeconds))}, predicting and measuring {StepProgress.Duration(TimeSpan.FromSeconds(RowSeconds))})";

    /// <summary>The second tile counts: the first one also compiles and starts threads. 0 where the kernel fails, which is told later.</summary>
    private static double SecondsPerPair(KernelProgram program, Samples few, ExecutionOptions execution)
    {
        try
        {
            ExecutionReport report = default!;
            for (int time = 0; time < 2; time++)
            {
                using KernelPair<double> pair = new CpuExecutor().Run<double>(new KernelRequest(program, few), execution);
                report = pair.Report;
            }

            return report.Elapsed.TotalSeconds / report.Entries;
        }
        catch (NumericalFailureException)
        {
            return 0;
        }
    }

    private static double SecondsPerMultiplyAdd(ILinearAlgebra algebra)
    {
        double seconds = 0;
        foreach (int order in (ReadOnlySpan<int>)[InverseOrder / 4, InverseOrder])
        {
            using var matrix = new KernelMatrix<double>(order, order);
            for (int i = 0; i < order; i++)
            {
                matrix.View.Row(i).Fill(1);
                matrix[i, i] = order;
            }

            var watch = Stopwatch.StartNew();
            _ = algebra.Cholesky(matrix.View);
            algebra.InvertFromCholesky(matrix.View);
            seconds = watch.Elapsed.TotalSeconds / ((double)order * order * order);
        }

        return seconds;
    }

    private static Samples First(Samples all, int count)
    {
        var rows = new KernelMatrix<double>(Math.Min(all.Count, count), all.Rows.Columns);
        for (nint i = 0; i < rows.Rows; i++) all.Rows.View.Row(i).CopyTo(rows.View.Row(i));
        return new Samples(rows, all.Shape);
    }
}
