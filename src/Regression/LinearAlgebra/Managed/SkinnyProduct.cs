using System.Runtime.CompilerServices;
using Lane = InfiniteNtk.Kernels.Lanes.Double512Lane;

namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>
/// C ← C + alpha·op(A)·op(B) for a C of few columns, such as right-hand sides: A is read once, where it lies, eight rows of op(A)
/// at a time against one or two vectors of eight columns.
/// </summary>
internal static unsafe class SkinnyProduct
{
    /// <summary>The widest C that it is meant for.</summary>
    public const int MostColumns = 2 * Lanes;

    private const int Lanes = 8, Height = 8;
    private const nint BlocksPerPiece = 8;

    public static void Accumulate(double alpha, Block a, bool transposeA, Block b, bool transposeB, Block c, Workers workers)
    {
        nint inner = transposeA ? a.Rows : a.Columns, columns = c.Columns;
        if (c.Rows == 0 || columns == 0) return;
        int width = columns <= Lanes ? Lanes : 2 * Lanes;
        using var packed = KernelMatrix<double>.Temporary(inner, width);
        Block right = new(packed.View);
        right.Clear();
        for (nint k = 0; k < inner; k++)
        {
            for (nint j = 0; j < columns; j++) right.Row(k)[j] = transposeB ? b.Row(j)[k] : b.Row(k)[j];
        }

        (nint rowStep, nint innerStep) = transposeA ? (1, a.Stride) : (a.Stride, (nint)1);
        nint blocks = (c.Rows + Height - 1) / Height;
        Workers crew = (double)c.Rows * inner * width < 1 << 18 ? Workers.Alone : workers;
        crew.Run((blocks + BlocksPerPiece - 1) / BlocksPerPiece, piece =>
        {
            double* sums = stackalloc double[Height * MostColumns];
            for (nint block = piece * BlocksPerPiece; block < Math.Min(blocks, (piece + 1) * BlocksPerPiece); block++)
            {
                nint first = block * Height, present = Math.Min(Height, c.Rows - first);
                double* left = a.Origin + first * rowStep;
                if (present < Height) RowByRow(left, rowStep, present, innerStep, right, sums, width);
                else if (width == Lanes) Narrow(left, rowStep, innerStep, right.Origin, inner, sums);
                else Wide(left, rowStep, innerStep, right.Origin, inner, sums);
                for (nint i = 0; i < present; i++) Rows.Add(alpha, sums + i * width, c.Row(first + i), columns);
            }
        });
    }

    private static void RowByRow(double* a, nint rowStep, nint rows, nint innerStep, Block b, double* sums, int width)
    {
        new Span<double>(sums, Height * width).Clear();
        for (nint i = 0; i < rows; i++)
        {
            for (nint k = 0; k < b.Rows; k++) Rows.Add(a[i * rowStep + k * innerStep], b.Row(k), sums + i * width, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(double* a, nint rowStep, nint innerStep, double* b, nint inner, double* sums)
    {
        Lane s0 = default, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (nint k = 0; k < inner; k++, a += innerStep, b += Lanes)
        {
            Lane x = Lane.Load(in *b);
            s0 = Lane.MultiplyAdd(Lane.Broadcast(a[0]), x, s0);
            s1 = Lane.MultiplyAdd(Lane.Broadcast(a[rowStep]), x, s1);
            s2 = Lane.MultiplyAdd(Lane.Broadcast(a[2 * rowStep]), x, s2);
            s3 = Lane.MultiplyAdd(Lane.Broadcast(a[3 * rowStep]), x, s3);
            s4 = Lane.MultiplyAdd(Lane.Broadcast(a[4 * rowStep]), x, s4);
            s5 = Lane.MultiplyAdd(Lane.Broadcast(a[5 * rowStep]), x, s5);
            s6 = Lane.MultiplyAdd(Lane.Broadcast(a[6 * rowStep]), x, s6);
            s7 = Lane.MultiplyAdd(Lane.Broadcast(a[7 * rowStep]), x, s7);
        }

        Lane.Store(s0, ref *sums);
        Lane.Store(s1, ref sums[Lanes]);
        Lane.Store(s2, ref sums[2 * Lanes]);
        Lane.Store(s3, ref sums[3 * Lanes]);
        Lane.Store(s4, ref sums[4 * Lanes]);
        Lane.Store(s5, ref sums[5 * Lanes]);
        Lane.Store(s6, ref sums[6 * Lanes]);
        Lane.Store(s7, ref sums[7 * Lanes]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide(double* a, nint rowStep, nint innerStep, double* b, nint inner, double* sums)
    {
        for (int half = 0; half < 2; half++)
        {
            Lane s0 = default, s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
            double* left = a + 4 * half * rowStep, right = b;
            for (nint k = 0; k < inner; k++, left += innerStep, right += 2 * Lanes)
            {
                Lane x = Lane.Load(in *right), y = Lane.Load(in right[Lanes]);
                Lane a0 = Lane.Broadcast(left[0]), a1 = Lane.Broadcast(left[rowStep]);
                Lane a2 = Lane.Broadcast(left[2 * rowStep]), a3 = Lane.Broadcast(left[3 * rowStep]);
                s0 = Lane.MultiplyAdd(a0, x, s0);
                t0 = Lane.MultiplyAdd(a0, y, t0);
                s1 = Lane.MultiplyAdd(a1, x, s1);
                t1 = Lane.MultiplyAdd(a1, y, t1);
                s2 = Lane.MultiplyAdd(a2, x, s2);
                t2 = Lane.MultiplyAdd(a2, y, t2);
                s3 = Lane.MultiplyAdd(a3, x, s3);
                t3 = Lane.MultiplyAdd(a3, y, t3);
            }

            double* target = sums + half * 4 * MostColumns;
            Lane.Store(s0, ref *target);
            Lane.Store(t0, ref target[Lanes]);
            Lane.Store(s1, ref target[MostColumns]);
            Lane.Store(t1, ref target[MostColumns + Lanes]);
            Lane.Store(s2, ref target[2 * MostColumns]);
            Lane.Store(t2, ref target[2 * MostColumns + Lanes]);
            Lane.Store(s3, ref target[3 * MostColumns]);
            Lane.Store(t3, ref target[3 * MostColumns + Lanes]);
        }
    }
}
