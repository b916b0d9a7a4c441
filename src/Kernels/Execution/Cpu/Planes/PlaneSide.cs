using System.Numerics;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>
/// One side of a kernel, in blocks of as many samples as a lane holds: each sample's numbers and terms, number after number, samples
/// side by side. Kept for all samples where that takes little memory; else a block is computed whenever a worker needs it.
/// </summary>
internal sealed unsafe class PlaneSide<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>More than this is not kept.</summary>
    private const double MostKeptBytes = 256 << 20;

    private readonly PlanePlan<T> _plan;
    private readonly Samples _samples;
    private readonly NativeBuffer? _kept;

    public PlaneSide(PlanePlan<T> plan, Samples samples)
    {
        (_plan, _samples) = (plan, samples);
        if (IsKept(plan, samples.Count)) _kept = new NativeBuffer((nint)AllBytes(plan, samples.Count));
    }

    /// <summary>Number of samples.</summary>
    public nint Count => _samples.Count;

    /// <summary>How accurate activations without closed form are.</summary>
    public DualAccuracy Accuracy { get; private set; }

    /// <summary>Whether the terms of so many samples are kept.</summary>
    public static bool IsKept(PlanePlan<T> plan, nint count) => AllBytes(plan, count) <= MostKeptBytes;

    /// <summary>Bytes that are kept for so many samples.</summary>
    public static double BytesFor(PlanePlan<T> plan, nint count) => Math.Min(AllBytes(plan, count), MostKeptBytes);

    /// <summary>Bytes of a block that is not kept.</summary>
    public static double BlockBytes(PlanePlan<T> plan) => (double)plan.SideNumbers * plan.Lanes * sizeof(T);

    /// <summary>Computes every sample with itself once: looks at all variances, and fills what is kept.</summary>
    public void Prepare(TileRunner runner, string side, bool withTheta)
    {
        var check = new SelfCovarianceCheck(side, _plan.Program, ExecutionReport.PrecisionOf<T>());
        var gate = new Lock();
        runner.Run((_samples.Count + _plan.Lanes - 1) / _plan.Lanes, () => new SideWorker(_plan, runner.Cancellation), (block, worker) =>
        {
            T* numbers = _kept is null ? worker.Block : Kept(block);
            Fill(block, numbers, worker.Pass, PlanePurpose.Terms, withTheta, check);
            lock (gate) Accuracy = Accuracy.Or(worker.Pass.Accuracy);
        });
        check.ThrowIfFailed();
    }

    /// <summary>Computes every sample with itself up to the output; each block's pass is handed to <paramref name="receive"/>.</summary>
    public void Diagonal(TileRunner runner, string side, bool withTheta, Action<nint, PlanePass<T>> receive)
    {
        var check = new SelfCovarianceCheck(side, _plan.Program, ExecutionReport.PrecisionOf<T>());
        var gate = new Lock();
        runner.Run((_samples.Count + _plan.Lanes - 1) / _plan.Lanes, () => new SideWorker(_plan, runner.Cancellation), (block, worker) =>
        {
            Fill(block, worker.Block, worker.Pass, PlanePurpose.Diagonal, withTheta, check);
            receive(block * _plan.Lanes, worker.Pass);
            lock (gate) Accuracy = Accuracy.Or(worker.Pass.Accuracy);
        });
        check.ThrowIfFailed();
    }

    /// <summary>A block's numbers: kept ones, or computed now into <paramref name="scratch"/>.</summary>
    public T* Block(nint block, T* scratch, PlanePass<T> pass)
    {
        if (_kept is not null) return Kept(block);
        Fill(block, scratch, pass, PlanePurpose.Terms, false, null);
        return scratch;
    }

    public void Dispose() => _kept?.Dispose();

    private static double AllBytes(PlanePlan<T> plan, nint count) => BlockBytes(plan) * ((count + plan.Lanes - 1) / plan.Lanes);

    private T* Kept(nint block) => (T*)_kept!.Pointer + block * _plan.SideNumbers * _plan.Lanes;

    private void Fill(nint block, T* numbers, PlanePass<T> pass, PlanePurpose purpose, bool withTheta, SelfCovarianceCheck? check)
    {
        nint first = block * _plan.Lanes;
        int present = (int)Math.Min(_plan.Lanes, _samples.Count - first), size = _plan.InputSize;
        if (present < _plan.Lanes) new Span<T>(numbers, size * _plan.Lanes).Clear();
        for (int lane = 0; lane < present; lane++)
        {
            ReadOnlySpan<double> row = _samples.Rows.View.Row(first + lane);
            for (int i = 0; i < size; i++) numbers[(nint)i * _plan.Lanes + lane] = T.CreateTruncating(row[i]);
        }

        var sides = new PlaneSides<T>
        {
            Left = numbers,
            Lefts = 1,
            Right = numbers,
            Lanes = present,
            WithTheta = withTheta,
            Check = check,
            FirstSample = first,
        };
        pass.Run(purpose, in sides);
    }

    /// <summary>A worker's registers and one block.</summary>
    private sealed class SideWorker(PlanePlan<T> plan, CancellationToken cancellation) : IDisposable
    {
        private readonly NativeBuffer _block = new((nint)BlockBytes(plan));

        public PlanePass<T> Pass { get; } = new(plan, 1, cancellation);

        public T* Block => (T*)_block.Pointer;

        public void Dispose()
        {
            _block.Dispose();
            Pass.Dispose();
        }
    }
}
