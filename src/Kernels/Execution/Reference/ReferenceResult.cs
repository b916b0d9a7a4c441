using System.Numerics;

namespace InfiniteNtk.Kernels.Execution.Reference;

/// <summary>The matrices that were asked for, written entry by entry.</summary>
internal sealed class ReferenceResult<T>(KernelOutputs outputs, nint rows, nint columns, MatrixStructure structure)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public KernelMatrix<T>? Nngp { get; } = outputs.HasFlag(KernelOutputs.Nngp) ? new(rows, columns, structure) { Kind = KernelKind.Nngp } : null;

    public KernelMatrix<T>? Ntk { get; } = outputs.HasFlag(KernelOutputs.Ntk) ? new(rows, columns, structure) { Kind = KernelKind.Ntk } : null;

    public void Write(nint row, nint column, PairState output)
    {
        Write(Nngp, output.K[0, 0], "NNGP", row, column);
        Write(Ntk, output.Theta[0, 0], "NTK", row, column);
    }

    public KernelPair<T> Finish(ExecutionReport report) => new(Nngp, Ntk, report);

    private static void Write(KernelMatrix<T>? matrix, double value, string kernel, nint row, nint column)
    {
        if (matrix is null) return;
        matrix[row, column] = T.CreateTruncating(value);
        EntryCheck.Require(double.CreateTruncating(matrix[row, column]), kernel, row, column, typeof(T) == typeof(float));
    }
}
