using System.Numerics;
using InfiniteNtk.Kernels.Execution.Cpu.Planes;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>
/// Kernels on the processor: tiles over threads, the whole depth applied to a strip while it is in the cache, 512-bit vectors
/// (lowered by the just-in-time compiler on narrower machines).
/// </summary>
/// <remarks>
/// <para>
/// Results do not depend on threads, tile size, the number of samples or the vector width, bit for bit. Only the upper triangle of
/// a symmetric kernel is computed; the lower one is its mirror image. Equal inputs give exactly equal results: a sample's variance
/// is computed as the pair of the sample with itself.
/// </para>
/// <para>
/// Cost for N samples of d numbers and L steps: N²(d/2 + O(L)) multiply-adds, 2·8·N² bytes for both kernels in double precision,
/// plus the packed samples (N·d numbers) and a few numbers for each sample and activation.
/// </para>
/// </remarks>
internal sealed class CpuExecutor : IKernelExecutor
{
    /// <inheritdoc/>
    public string Name => "cpu";

    /// <inheritdoc/>
    public KernelMemory Memory<T>(KernelSize size, ExecutionOptions? options = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequestCheck.Verify(size);
        options = Checked(options);
        if (PlaneExecution.IsFor(size.Program)) return PlaneExecution.Memory<T>(size, options);
        nint tileSize = CpuPlan<T>.TileSize(options, options.Workers, size.Left, size.Right ?? size.Left, size.Right is null);
        return Memory(CpuPlan<T>.For(size.Program), size, tileSize, options);
    }

    /// <inheritdoc/>
    public KernelPair<T> Run<T>(KernelRequest request, ExecutionOptions? options = null) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run<T>(request, options, outputs => new OutputPair<T>(outputs, request));

    /// <summary>The same into matrices of the caller's making.</summary>
    internal static KernelPair<T> Run<T>(KernelRequest request, ExecutionOptions? options, Func<KernelOutputs, OutputPair<T>> allocate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequestCheck.Verify(request);
        options = Checked(options);
        if (PlaneExecution.IsFor(request.Program)) return PlaneExecution.Run(request, options, allocate);
        CpuPlan<T> plan = CpuPlan<T>.For(request.Program);
        var runner = new TileRunner(options);
        bool symmetric = request.Right is null;
        nint rows = request.Left.Count, columns = (request.Right ?? request.Left).Count;
        nint size = CpuPlan<T>.TileSize(options, runner.Threads, rows, columns, symmetric);
        KernelMemory memory = Memory(plan, request.Size, size, options);
        memory.Require();

        using var left = new SampleSide<T>(plan, request.Left, size);
        left.Prepare(runner, "left", request.Outputs);
        using SampleSide<T>? other = symmetric ? null : new SampleSide<T>(plan, request.Right!, size);
        other?.Prepare(runner, "right", request.Outputs);
        SampleSide<T> right = other ?? left;

        OutputPair<T> outputs = allocate(request.Outputs);
        return outputs.Complete(() =>
        {
            var tiles = new TilePlan(rows, columns, size, symmetric);
            bool failed = false;
            runner.Run(
                tiles, () => new TileWorker<T>(plan, left, right, outputs.NngpTarget, outputs.NtkTarget, size, runner.Cancellation),
                (tile, worker) =>
                {
                    worker.Compute(tile);
                    if (worker.Failed) Volatile.Write(ref failed, true);
                });
            if (failed) EntryCheck.Require(outputs.Nngp, outputs.Ntk);
            ParallelEntries.Write(request, outputs.Nngp, outputs.Ntk, one => new CpuExecutor().Diagonal<T>(one, options));
            return Report<T>(request, tiles.Entries, runner, memory, left.Accuracy, right.Accuracy);
        });
    }

    /// <inheritdoc/>
    public unsafe KernelPair<T> Diagonal<T>(KernelRequest request, ExecutionOptions? options = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequestCheck.VerifySymmetric(request);
        options = Checked(options);
        if (PlaneExecution.IsFor(request.Program)) return PlaneExecution.Diagonal<T>(request, options);
        CpuPlan<T> plan = CpuPlan<T>.For(request.Program);
        var runner = new TileRunner(options);
        nint rows = request.Left.Count, size = CpuPlan<T>.TileSize(options, runner.Threads, rows, rows, symmetric: true);
        KernelMemory memory = Memory(plan, request.Size with { DiagonalOnly = true }, size, options);
        memory.Require();
        using var side = new SampleSide<T>(plan, request.Left, size);
        OutputPair<T> outputs = OutputPair<T>.Diagonal(request);
        return outputs.Complete(() =>
        {
            side.Prepare(runner, "left", request.Outputs, (tile, registers) =>
            {
                int slot = plan.Slots.Output;
                for (nint i = 0; i < tile.Rows; i++)
                {
                    if (outputs.Nngp is { } nngp) nngp[tile.Row + i, 0] = registers.K(slot)[i];
                    if (outputs.Ntk is { } ntk) ntk[tile.Row + i, 0] = registers.Theta(slot)[i];
                }
            });
            return Report<T>(request, rows, runner, memory, side.Accuracy, side.Accuracy);
        });
    }

    private static ExecutionOptions Checked(ExecutionOptions? options)
    {
        options ??= ExecutionOptions.Default;
        RequestCheck.Positive("threads", options.Threads);
        RequestCheck.Positive("tile size", options.TileSize);
        return options;
    }

    private static KernelMemory Memory<T>(CpuPlan<T> plan, KernelSize size, nint tileSize, ExecutionOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => KernelMemory.Of<T>(
        size, count => plan.SideBytes(count, tileSize) + plan.SideBytes(size.Right ?? 0, tileSize), plan.WorkerBytes(tileSize), options.Workers, options);

    private static ExecutionReport Report<T>(KernelRequest request, long entries, TileRunner runner, KernelMemory memory, DualAccuracy left, DualAccuracy right) where T : unmanaged => new(
        "cpu", entries, runner.Elapsed, (long)memory.ScratchBytes, ExecutionReport.PrecisionOf<T>(), left.PairedWith(right))
    {
        IntegratedVariance = left.Or(right).Beyond,
        GrowthWhenAsked = RoundingGrowth.On(request),
    };
}
