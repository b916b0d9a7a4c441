using InfiniteNtk.Regression.Tests.LearningCurves;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Comparison;

/// <summary>Whoever waits for a comparison is told where it is, and can end it anywhere.</summary>
public sealed class ComparisonProgressTests
{
    private static readonly ILinearAlgebra Algebra = LinearAlgebraBackends.Default;

    [Fact]
    public void A_kernel_reports_its_phases_in_order_with_shares_that_grow_to_the_whole()
    {
        List<SolverProgress> told = [];
        Run(new Listener(told.Add), default);
        Assert.Equal(0, told[0].Share);
        Assert.Equal(1, told[^1].Share, 1e-12);
        for (int i = 1; i < told.Count; i++) Assert.True(told[i].Share >= told[i - 1].Share && told[i].Elapsed >= told[i - 1].Elapsed, $"{told[i - 1]} then {told[i]}");
        string[] phases = [.. told.Select(item => item.Operation).Where(doing => !doing.Contains("ed n", StringComparison.Ordinal)).Distinct()];
        Assert.Equal(["eigenvalues", "predicting n = 10", "predicting n = 30", "measuring n = 10", "measuring n = 30"], phases);
        // Each of the 20 training sets, and each inverse, is one step.
        Assert.True(told.Count(item => item.Operation == "measuring n = 30") > 20);
        Assert.True(told.Count(item => item.Operation == "predicting n = 10") > 4);
    }

    [Fact]
    public void It_can_be_ended_at_every_step()
    {
        List<SolverProgress> all = [];
        Run(new Listener(all.Add), default);
        for (int last = 0; last + 1 < all.Count; last++)
        {
            using var stop = new CancellationTokenSource();
            int told = 0, end = last;
            Assert.Throws<OperationCanceledException>(() => Run(new Listener(_ => { if (told++ == end) stop.Cancel(); }), stop.Token));
            // What is left to do after it is told are at most the ends of the phases that are open.
            Assert.InRange(told, last + 1, last + 3);
        }
    }

    [Fact]
    public void Curves_by_themselves_report_and_end_too()
    {
        (double[][] points, int[] labels) = Populations.Points(60, 3, 2);
        using Targets targets = Populations.Classes(labels, 3);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        List<SolverProgress> told = [];
        using var resolved = new PointResolvedCurve(kernel, targets, 1e-2, Algebra, new PointResolvedOptions { Progress = new Listener(told.Add) });
        resolved.At(20);
        Assert.Equal((0, 1), (told[0].Share, told[^1].Share));
        told.Clear();
        new MeasuredCurve(kernel, targets, 1e-2, Algebra, new MeasuredCurveOptions { Progress = new Listener(told.Add) }).At(20, 25);
        Assert.Equal((0, 1), (told[0].Share, Math.Round(told[^1].Share, 12)));
        Assert.InRange(told.Count, 26, 60);

        var stopped = new CancellationToken(canceled: true);
        using var running = new PointResolvedCurve(kernel, targets, 1e-2, Algebra, new PointResolvedOptions { Cancellation = stopped });
        Assert.Throws<OperationCanceledException>(() => running.At(20));
        Assert.Throws<OperationCanceledException>(
            () => new MeasuredCurve(kernel, targets, 1e-2, Algebra, new MeasuredCurveOptions { Cancellation = stopped }).At(20));
    }

    private static void Run(IProgress<SolverProgress> progress, CancellationToken cancellation)
    {
        (double[][] points, int[] labels) = Populations.Points(60, 3, 2);
        using Targets targets = Populations.Classes(labels, 3);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        var options = new ComparisonOptions { Sizes = [10, 30], Ridge = Ridge.Relative(1e-2), Progress = progress, Cancellation = cancellation };
        Assert.NotNull(new KernelComparison(targets, options, Algebra).Add("net", "ntk", kernel));
    }

    /// <summary>At once and on the caller's thread, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Listener(Action<SolverProgress> told) : IProgress<SolverProgress>
    {
        public void Report(SolverProgress value) => told(value);
    }
}
