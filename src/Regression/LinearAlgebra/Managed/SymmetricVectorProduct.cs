using System.Runtime.CompilerServices;
using Lane = InfiniteNtk.Kernels.Lanes.Double512Lane;

namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>
/// y = A·x reading only the lower triangle of A, each entry once: memory is what limits it. Rows are dealt out in pieces of
/// equal area; each piece sums into its own vector, and those are added in order, so that threads do not matter.
/// </summary>
internal sealed unsafe class SymmetricVectorProduct(nint largestSize, Workers workers) : IDisposable
{
    private const nint EntriesPerPiece = 1 << 17;
    private const nint MostPieces = 64;
    private const int Lanes = 8;

    private readonly KernelMatrix<double> _partial = KernelMatrix<double>.Temporary(Pieces(largestSize), largestSize);

    /// <summary>Writes A·x to <paramref name="y"/>.</summary>
    public void Multiply(Block a, double* x, double* y)
    {
        nint size = a.Rows, pieces = Pieces(size);
        double* partial = _partial.View.Origin;
        nint stride = _partial.Columns;
        workers.Run(pieces, piece =>
        {
            nint start = Boundary(piece, pieces, size), end = Boundary(piece + 1, pieces, size);
            double* sums = pieces == 1 ? y : partial + piece * stride;
            new Span<double>(sums, checked((int)end)).Clear();
            nint i = start;
            for (; i <= end - 4; i += 4) FourRows(a, i, x, sums);
            for (; i < end; i++) OneRow(a, i, x, sums);
        });
        if (pieces == 1) return;
        new Span<double>(y, checked((int)size)).Clear();
        for (nint piece = 0; piece < pieces; piece++) Rows.Add(1, partial + piece * stride, y, Boundary(piece + 1, pieces, size));
    }

    public void Dispose() => _partial.Dispose();

    private static nint Pieces(nint size) => Math.Clamp(size * size / 2 / EntriesPerPiece, 1, MostPieces);

    /// <summary>The first row of a piece: a multiple of four, the area above growing in equal steps.</summary>
    private static nint Boundary(nint piece, nint pieces, nint size) =>
        piece == pieces ? size : (nint)(size * Math.Sqrt((double)piece / pieces)) / 4 * 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRows(Block a, nint i, double* x, double* y)
    {
        double* r0 = a.Row(i), r1 = a.Row(i + 1), r2 = a.Row(i + 2), r3 = a.Row(i + 3);
        Lane s0 = default, s1 = s0, s2 = s0, s3 = s0;
        Lane x0 = Lane.Broadcast(x[i]), x1 = Lane.Broadcast(x[i + 1]);
        Lane x2 = Lane.Broadcast(x[i + 2]), x3 = Lane.Broadcast(x[i + 3]);
        nint j = 0;
        for (; j <= i - Lanes; j += Lanes)
        {
            Lane v = Lane.Load(in x[j]), sum = Lane.Load(in y[j]);
            Lane a0 = Lane.Load(in r0[j]), a1 = Lane.Load(in r1[j]), a2 = Lane.Load(in r2[j]), a3 = Lane.Load(in r3[j]);
            s0 = Lane.MultiplyAdd(a0, v, s0);
            s1 = Lane.MultiplyAdd(a1, v, s1);
            s2 = Lane.MultiplyAdd(a2, v, s2);
            s3 = Lane.MultiplyAdd(a3, v, s3);
            sum = Lane.MultiplyAdd(a0, x0, sum);
            sum = Lane.MultiplyAdd(a1, x1, sum);
            sum = Lane.MultiplyAdd(a2, x2, sum);
            Lane.Store(Lane.MultiplyAdd(a3, x3, sum), ref y[j]);
        }

        y[i] += Lane.Sum(s0) + Remainder(r0, j, i, x, y);
        y[i + 1] += Lane.Sum(s1) + Remainder(r1, j, i + 1, x, y);
        y[i + 2] += Lane.Sum(s2) + Remainder(r2, j, i + 2, x, y);
        y[i + 3] += Lane.Sum(s3) + Remainder(r3, j, i + 3, x, y);
    }

    private static void OneRow(Block a, nint i, double* x, double* y) => y[i] += Remainder(a.Row(i), 0, i, x, y);

    /// <summary>The entries from <paramref name="j"/> to the diagonal: their dot product, and their share for the rows above.</summary>
    private static double Remainder(double* row, nint j, nint i, double* x, double* y)
    {
        double sum = row[i] * x[i];
        for (; j < i; j++)
        {
            sum = Math.FusedMultiplyAdd(row[j], x[j], sum);
            y[j] = Math.FusedMultiplyAdd(row[j], x[i], y[j]);
        }

        return sum;
    }
}
