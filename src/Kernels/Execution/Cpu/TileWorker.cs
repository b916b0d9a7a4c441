using System.Numerics;
using InfiniteNtk.Kernels.Products;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>One worker: computes tiles one after another in its own scratch, all steps of a strip while it is in the cache.</summary>
internal sealed unsafe class TileWorker<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly CpuPlan<T> _plan;
    private readonly SampleSide<T> _left, _right;
    private readonly KernelTarget<T>? _nngp, _ntk;
    private readonly RegisterFile<T> _registers;
    private readonly TileProducts<T> _products;
    private readonly CancellationToken _cancellation;

    public TileWorker(
        CpuPlan<T> plan, SampleSide<T> left, SampleSide<T> right, KernelTarget<T>? nngp, KernelTarget<T>? ntk, nint tileSize, CancellationToken cancellation)
    {
        (_plan, _left, _right, _nngp, _ntk, _cancellation) = (plan, left, right, nngp, ntk, cancellation);
        _registers = new RegisterFile<T>(plan.Slots.Count, CpuPlan<T>.StripRows, tileSize);
        _products = new TileProducts<T>(plan.Program.Input, plan.Layouts, CpuPlan<T>.StripRows, tileSize);
    }

    /// <summary>Whether a result is not finite.</summary>
    public bool Failed { get; private set; }

    /// <summary>Computes a tile and writes it to the outputs.</summary>
    public void Compute(Tile tile)
    {
        _products.MoveTo(tile, _left.Inputs, _right.Inputs);
        int width = PackedPanels<T>.Width;
        var strip = new Strip<T>
        {
            Registers = _registers,
            Products = _products,
            TileColumns = (tile.Columns + width - 1) / width * width,
            WithTheta = _ntk is not null,
            TermStride = _left.Terms.BlockSize,
            OnDiagonal = ReferenceEquals(_left, _right) && tile.Row == tile.Column,
        };
        for (nint row = 0; row < tile.Rows; row += CpuPlan<T>.StripRows)
        {
            strip.Row = row;
            strip.Rows = Math.Min(CpuPlan<T>.StripRows, tile.Rows - row);
            for (nint column = 0; column < strip.TileColumns; column += CpuPlan<T>.StripColumns)
            {
                strip.FirstColumn = strip.OnDiagonal ? Math.Max(row / width * width, column) : column;
                strip.Columns = Math.Min(column + CpuPlan<T>.StripColumns, strip.TileColumns);
                if (strip.FirstColumn < strip.Columns) Run(tile, ref strip);
            }

            Write(_nngp, _registers.K(_plan.Slots.Output), tile, in strip);
            Write(_ntk, _registers.Theta(_plan.Slots.Output), tile, in strip);
        }
    }

    public void Dispose()
    {
        _registers.Dispose();
        _products.Dispose();
    }

    private void Run(Tile tile, ref Strip<T> strip)
    {
        strip.Positions = _plan.Program.Input.PositionCount;
        for (strip.Position = 0; strip.Position < strip.Positions; strip.Position++)
        {
            foreach (PlannedStep<T> step in _plan.Positioned) Run(step, tile, ref strip);
        }

        strip.Position = 0;
        strip.Positions = 1;
        foreach (PlannedStep<T> step in _plan.Single) Run(step, tile, ref strip);
    }

    private void Run(PlannedStep<T> step, Tile tile, ref Strip<T> strip)
    {
        if (step.Pairs is null) return;
        _cancellation.ThrowIfCancellationRequested();
        strip.Left = _left.Terms.At(tile.Row, step.FirstTerm, step.Loop, strip.Position) + strip.Row;
        strip.Right = _right.Terms.At(tile.Column, step.FirstTerm, step.Loop, strip.Position);
        step.Pairs.Pairs(in strip);
    }

    private void Write(KernelTarget<T>? target, T* values, Tile tile, in Strip<T> strip)
    {
        if (target is null) return;
        for (nint row = 0; row < strip.Rows; row++)
        {
            // Left of the diagonal nothing was computed, right of the samples nothing counts.
            nint first = strip.OnDiagonal ? strip.Row + row : 0;
            Failed |= !_plan.Check.AreFinite(values + row * _registers.Stride + first, tile.Columns - first);
        }

        if (strip.OnDiagonal) target.WriteTriangle(values, _registers.Stride, tile, strip.Row, strip.Rows);
        else if (ReferenceEquals(_left, _right)) target.WriteMirrored(values, _registers.Stride, tile, strip.Row, strip.Rows);
        else target.Write(values, _registers.Stride, tile, strip.Row, strip.Rows);
    }
}
