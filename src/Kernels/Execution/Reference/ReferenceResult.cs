using System.Numerics;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Kernels.Execution.Reference;

/// <summary>The matrices that were asked for, written entry by entry.</summary>
internal sealed class ReferenceResult<T>(KernelOutputs outputs, nint rows, nint columns, MatrixStructure structure)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KernelMatrix<T>? _nngp = outputs.HasFlag(KernelOutputs.Nngp) ? new(rows, columns, structure) { Kind = KernelKind.Nngp } : null;
    private readonly KernelMatrix<T>? _ntk = outputs.HasFlag(KernelOutputs.Ntk) ? new(rows, columns, structure) { Kind = KernelKind.Ntk } : null;

    public void Write(nint row, nint column, PairState output)
    {
        if (_nngp is not null) _nngp[row, column] = T.CreateTruncating(output.K[0, 0]);
        if (_ntk is not null) _ntk[row, column] = T.CreateTruncating(output.Theta[0, 0]);
    }

    public KernelPair<T> Finish(ExecutionReport report) => new(_nngp, _ntk, report);
}
