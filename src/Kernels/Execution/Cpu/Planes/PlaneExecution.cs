using System.Numerics;
using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>
/// Kernels of programs with steps over positions: the covariance between positions is kept as planes of equal offset, of which a
/// program needs few or all; all steps within a plane run while it is in the cache.
/// </summary>
/// <remarks>
/// Cost for one pair: the counted entries of all registers' planes. Lanes run over right samples, so images of any size fill them. An
/// entry depends on its two samples only, bit for bit.
/// </remarks>
internal static class PlaneExecution
{
    /// <summary>Whether a program needs planes: it mixes positions.</summary>
    public static bool IsFor(KernelProgram program) =>
        program.Steps.Any(step => step is TapSum or MixPositions or ConcatPositions or Normalize { MeanAxes.Count: > 0 });

    /// <summary>The kernel matrices of a request.</summary>
    public static KernelPair<T> Run<T>(KernelRequest request, ExecutionOptions options, Func<KernelOutputs, OutputPair<T>> allocate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PlanePlan<T> plan = PlanePlan<T>.For(request.Program);
        var runner = new TileRunner(options);
        bool symmetric = request.Right is null;
        nint rows = request.Left.Count, columns = (request.Right ?? request.Left).Count;
        bool kept = PlaneSide<T>.IsKept(plan, rows) && PlaneSide<T>.IsKept(plan, columns);
        TilePlan tiles = PlaneTiles.For(plan, options, runner.Threads, rows, columns, symmetric, kept);
        double scratch = ScratchBytes(plan, rows, request.Right?.Count ?? 0, tiles.Height, runner.Threads);
        SampleBudget.Require<T>(request, columns, count => ScratchBytes(plan, count, request.Right?.Count ?? 0, tiles.Height, runner.Threads), options);

        bool withTheta = request.Outputs.HasFlag(KernelOutputs.Ntk);
        using var left = new PlaneSide<T>(plan, request.Left);
        left.Prepare(runner, "left", withTheta);
        using PlaneSide<T>? other = symmetric ? null : new PlaneSide<T>(plan, request.Right!);
        other?.Prepare(runner, "right", withTheta);
        PlaneSide<T> right = other ?? left;

        OutputPair<T> outputs = allocate(request.Outputs);
        return outputs.Complete(() =>
        {
            bool failed = false;
            runner.Run(tiles, () => new PlaneWorker<T>(plan, left, right, outputs, tiles.Height), (tile, worker) =>
            {
                worker.Compute(tile);
                if (worker.Failed) Volatile.Write(ref failed, true);
            });
            if (failed) Explain(runner, withTheta, left, other);
            return Report<T>(tiles.Entries, runner, scratch, Math.Max(left.Tail, right.Tail));
        });
    }

    /// <summary>The diagonals of a symmetric request.</summary>
    public static KernelPair<T> Diagonal<T>(KernelRequest request, ExecutionOptions options) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PlanePlan<T> plan = PlanePlan<T>.For(request.Program);
        var runner = new TileRunner(options);
        double scratch = ScratchBytes(plan, 0, 0, 0, runner.Threads);
        SampleBudget.Require<T>(request, 1, count => ScratchBytes(plan, count, request.Right?.Count ?? 0, 0, runner.Threads), options);
        using var side = new PlaneSide<T>(plan, request.Left);
        OutputPair<T> outputs = OutputPair<T>.Diagonal(request);
        return outputs.Complete(() =>
        {
            side.Diagonal(runner, "left", request.Outputs.HasFlag(KernelOutputs.Ntk), (first, pass) => WriteDiagonal(outputs, first, plan.Lanes, pass));
            return Report<T>(request.Left.Count, runner, scratch, side.Tail);
        });
    }

    private static unsafe void WriteDiagonal<T>(OutputPair<T> outputs, nint first, int lanes, PlanePass<T> pass)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint rows = (outputs.Nngp ?? outputs.Ntk)!.Rows;
        for (int lane = 0; lane < lanes && first + lane < rows; lane++)
        {
            if (outputs.Nngp is { } nngp) nngp[first + lane, 0] = pass.Output(0).K[lane];
            if (outputs.Ntk is { } ntk) ntk[first + lane, 0] = pass.Output(0).Theta[lane];
        }
    }

    /// <summary>A result is not finite: finds the sample and the step after the last activation.</summary>
    private static void Explain<T>(TileRunner runner, bool withTheta, PlaneSide<T> left, PlaneSide<T>? right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        left.Diagonal(runner, "left", withTheta, (_, _) => { });
        right?.Diagonal(runner, "right", withTheta, (_, _) => { });
        throw new NumericalFailureException(
            "Cannot compute a kernel", "an entry is not finite although every variance is", "every entry is finite", "Scale the inputs or weight variances down");
    }

    private static double ScratchBytes<T>(PlanePlan<T> plan, nint left, nint right, nint tileRows, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        PlaneSide<T>.BytesFor(plan, left) + PlaneSide<T>.BytesFor(plan, right) + threads * PlaneWorker<T>.BytesFor(plan, tileRows);

    private static ExecutionReport Report<T>(long entries, TileRunner runner, double scratch, double tail) where T : unmanaged => new(
        "cpu", entries, runner.Elapsed, (long)scratch, ExecutionReport.PrecisionOf<T>(), tail);
}
