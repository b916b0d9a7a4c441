using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>
/// Which points are copies of one another to a kernel: points whose squared distance in its feature space, K_ii + K_jj - 2 K_ij, is
/// rounding. No ridge that a population is predicted with (<see cref="SafeRidge"/>) tells such points apart.
/// </summary>
internal sealed class CopyGroups
{
    /// <summary>Squared distances up to this share of K_ii are rounding: 64 epsilon.</summary>
    private const double Rounding = 1.4e-14;

    private CopyGroups(int[] of, int[] first, int[] sizes) => (Of, First, Sizes) = (of, first, sizes);

    /// <summary>The group of each point.</summary>
    public int[] Of { get; }

    /// <summary>The first point of each group, ascending.</summary>
    public int[] First { get; }

    /// <summary>The number of points in each group.</summary>
    public int[] Sizes { get; }

    /// <summary>Number of distinct points.</summary>
    public int Count => First.Length;

    /// <summary>Number of points M.</summary>
    public int Points => Of.Length;

    /// <summary>Number of points that have a copy.</summary>
    public int Copied => Sizes.Where(size => size > 1).Sum();

    /// <summary>Finds them. Cost: M^2/2 comparisons.</summary>
    public static CopyGroups Find(KernelMatrix<double> kernel)
    {
        MatrixView<double> view = kernel.View;
        int count = (int)view.Rows;
        int[] of = new int[count];
        Array.Fill(of, -1);
        List<int> first = [], sizes = [];
        for (int i = 0; i < count; i++)
        {
            if (of[i] >= 0) continue;
            int size = 1;
            of[i] = first.Count;
            ReadOnlySpan<double> row = view.Row(i);
            double own = row[i], allowed = Rounding * Math.Abs(own);
            for (int j = i + 1; j < count; j++)
            {
                // The same value as its own first: of all pairs next to none goes on.
                if (!(Math.Abs(row[j] - own) <= allowed) || of[j] >= 0 || !(Math.Abs(view[j, j] - own) <= allowed)) continue;
                of[j] = first.Count;
                size++;
            }

            first.Add(i);
            sizes.Add(size);
        }

        return new CopyGroups(of, [.. first], [.. sizes]);
    }

    /// <summary>The rows and columns of the distinct points; the kernel itself where all are distinct.</summary>
    public KernelMatrix<double> Distinct(KernelMatrix<double> kernel, Workers workers)
    {
        if (Count == Points) return kernel;
        var distinct = new KernelMatrix<double>(Count, Count);
        workers.Run(Count, g => Gather(kernel.View.Row(First[g]), distinct.View.Row(g)));
        return distinct;
    }

    /// <summary>The columns of the distinct points; the matrix itself where all are distinct.</summary>
    public KernelMatrix<double> DistinctColumns(KernelMatrix<double> matrix)
    {
        if (Count == Points) return matrix;
        var distinct = new KernelMatrix<double>(matrix.Rows, Count);
        for (nint i = 0; i < matrix.Rows; i++) Gather(matrix.View.Row(i), distinct.View.Row(i));
        return distinct;
    }

    private void Gather(ReadOnlySpan<double> from, Span<double> to)
    {
        for (int g = 0; g < to.Length; g++) to[g] = from[First[g]];
    }
}
