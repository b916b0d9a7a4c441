using System.Numerics;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>One worker: computes tiles one after another in its own scratch, a left sample with a lane of right samples at a time.</summary>
internal sealed unsafe class PlaneWorker<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PlanePlan<T> _plan;
    private readonly PlaneSide<T> _left, _right;
    private readonly OutputPair<T> _outputs;
    private readonly PlanePass<T> _pass;
    private readonly NativeBuffer _rows, _block;

    public PlaneWorker(PlanePlan<T> plan, PlaneSide<T> left, PlaneSide<T> right, OutputPair<T> outputs, nint rows, CancellationToken cancellation)
    {
        (_plan, _left, _right, _outputs) = (plan, left, right, outputs);
        _pass = new PlanePass<T>(plan, plan.Lefts, cancellation);
        _rows = new NativeBuffer(checked(rows * plan.SideNumbers * sizeof(T)));
        _block = new NativeBuffer((nint)PlaneSide<T>.BlockBytes(plan));
    }

    /// <summary>Whether a result is not finite.</summary>
    public bool Failed { get; private set; }

    private bool IsSymmetric => ReferenceEquals(_left, _right);

    /// <summary>Bytes of one worker.</summary>
    public static double BytesFor(PlanePlan<T> plan, nint rows) =>
        PlanePass<T>.BytesFor(plan, plan.Lefts) + (double)rows * plan.SideNumbers * sizeof(T) + PlaneSide<T>.BlockBytes(plan);

    /// <summary>Computes a tile; of a symmetric kernel the entries on and above the diagonal, which also go below it.</summary>
    public void Compute(Tile tile)
    {
        LoadRows(tile);
        int lanes = _plan.Lanes;
        for (nint block = tile.Column / lanes; block * lanes < tile.Column + tile.Columns; block++)
        {
            int present = (int)Math.Min(lanes, _right.Count - block * lanes);
            var sides = new PlaneSides<T>
            {
                Right = _right.Block(block, (T*)_block.Pointer, _pass),
                Lanes = present,
                WithTheta = _outputs.Ntk is not null,
            };
            nint end = tile.Row + tile.Rows;
            if (IsSymmetric) end = Math.Min(end, block * lanes + present);
            for (nint row = tile.Row; row < end; row += sides.Lefts)
            {
                sides.Left = Row(row - tile.Row);
                sides.Lefts = (int)Math.Min(_plan.Lefts, end - row);
                sides.FirstSame = IsSymmetric ? row - block * lanes : nint.MinValue;
                _pass.Run(PlanePurpose.Pairs, in sides);
                for (int left = 0; left < sides.Lefts; left++) Write(row + left, block * lanes, present, _pass.Output(left));
            }
        }
    }

    public void Dispose()
    {
        _pass.Dispose();
        _rows.Dispose();
        _block.Dispose();
    }

    private T* Row(nint row) => (T*)_rows.Pointer + row * _plan.SideNumbers;

    /// <summary>The tile's left samples, each by itself.</summary>
    private void LoadRows(Tile tile)
    {
        int lanes = _plan.Lanes;
        for (nint row = tile.Row; row < tile.Row + tile.Rows;)
        {
            T* block = _left.Block(row / lanes, (T*)_block.Pointer, _pass);
            nint end = Math.Min(tile.Row + tile.Rows, (row / lanes + 1) * lanes);
            nint whole = end - row == lanes && lanes == Transposition.Size<T>() ? _plan.SideNumbers / lanes * lanes : 0;
            for (nint i = 0; i < whole; i += lanes)
            {
                Transposition.Block(block + i * lanes, lanes, Row(row - tile.Row) + i, _plan.SideNumbers, stream: false);
            }

            for (; row < end; row++)
            {
                for (nint i = whole; i < _plan.SideNumbers; i++) Row(row - tile.Row)[i] = block[i * lanes + row % lanes];
            }
        }
    }

    private void Write(nint row, nint firstColumn, int columns, PlaneBlock<T> output)
    {
        Write(_outputs.Nngp, output.K, row, firstColumn, columns);
        Write(_outputs.Ntk, output.Theta, row, firstColumn, columns);
    }

    private void Write(KernelMatrix<T>? matrix, T* values, nint row, nint firstColumn, int columns)
    {
        if (matrix is null) return;
        MatrixView<T> view = matrix.View;
        for (int lane = 0; lane < columns; lane++)
        {
            nint column = firstColumn + lane;
            if (IsSymmetric && column < row) continue;
            Failed |= !T.IsFinite(values[lane]);
            view[row, column] = values[lane];
            if (IsSymmetric) view[column, row] = values[lane];
        }
    }
}
