using System.Numerics;
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

    /// <summary>What a request of that size takes.</summary>
    public static KernelMemory Memory<T>(KernelSize size, ExecutionOptions options) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PlanePlan<T> plan = PlanePlan<T>.For(size.Program);
        return Memory(plan, size, size.DiagonalOnly ? 0 : Tiles(plan, size, options).Height, options);
    }

    /// <summary>The kernel matrices of a request.</summary>
    public static KernelPair<T> Run<T>(KernelRequest request, ExecutionOptions options, Func<KernelOutputs, OutputPair<T>> allocate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PlanePlan<T> plan = PlanePlan<T>.For(request.Program);
        var runner = new TileRunner(options);
        bool symmetric = request.Right is null;
        TilePlan tiles = Tiles(plan, request.Size, options);
        KernelMemory memory = Memory(plan, request.Size, tiles.Height, options);
        memory.Require();

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
            runner.Run(tiles, () => new PlaneWorker<T>(plan, left, right, outputs, tiles.Height, runner.Cancellation), (tile, worker) =>
            {
                worker.Compute(tile);
                if (worker.Failed) Volatile.Write(ref failed, true);
            });
            if (failed) Explain(runner, withTheta, left, other, outputs);
            ParallelEntries.Write(request, outputs.Nngp, outputs.Ntk, one => Diagonal<T>(one, options));
            return Report<T>(request, tiles.Entries, runner, memory, left.Accuracy, right.Accuracy);
        });
    }

    /// <summary>The diagonals of a symmetric request.</summary>
    public static KernelPair<T> Diagonal<T>(KernelRequest request, ExecutionOptions options) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PlanePlan<T> plan = PlanePlan<T>.For(request.Program);
        var runner = new TileRunner(options);
        KernelMemory memory = Memory(plan, request.Size with { DiagonalOnly = true }, 0, options);
        memory.Require();
        using var side = new PlaneSide<T>(plan, request.Left);
        OutputPair<T> outputs = OutputPair<T>.Diagonal(request);
        return outputs.Complete(() =>
        {
            side.Diagonal(runner, "left", request.Outputs.HasFlag(KernelOutputs.Ntk), (first, pass) => WriteDiagonal(outputs, first, plan.Lanes, pass));
            return Report<T>(request, request.Left.Count, runner, memory, side.Accuracy, side.Accuracy);
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

    /// <summary>A result is not finite: finds the sample and the step after the last activation, or the entry.</summary>
    private static void Explain<T>(TileRunner runner, bool withTheta, PlaneSide<T> left, PlaneSide<T>? right, OutputPair<T> outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        left.Diagonal(runner, "left", withTheta, (_, _) => { });
        right?.Diagonal(runner, "right", withTheta, (_, _) => { });
        EntryCheck.Require(outputs.Nngp, outputs.Ntk);
    }

    private static TilePlan Tiles<T>(PlanePlan<T> plan, KernelSize size, ExecutionOptions options) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint columns = size.Right ?? size.Left;
        bool kept = PlaneSide<T>.IsKept(plan, size.Left) && PlaneSide<T>.IsKept(plan, columns);
        return PlaneTiles.For(plan, options, options.Workers, size.Left, columns, size.Right is null, kept);
    }

    private static KernelMemory Memory<T>(PlanePlan<T> plan, KernelSize size, nint tileRows, ExecutionOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => KernelMemory.Of<T>(
        size, count => PlaneSide<T>.BytesFor(plan, count) + PlaneSide<T>.BytesFor(plan, size.Right ?? 0), PlaneWorker<T>.BytesFor(plan, tileRows),
        options.Workers, options);

    private static ExecutionReport Report<T>(KernelRequest request, long entries, TileRunner runner, KernelMemory memory, DualAccuracy left, DualAccuracy right) where T : unmanaged => new(
        "cpu", entries, runner.Elapsed, (long)memory.ScratchBytes, ExecutionReport.PrecisionOf<T>(), left.PairedWith(right))
    {
        IntegratedVariance = left.Or(right).Beyond,
        GrowthWhenAsked = RoundingGrowth.On(request),
    };
}
