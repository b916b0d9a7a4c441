using System.Numerics;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution;

/// <summary>
/// The entries of samples that are positive multiples of one another, where the program is homogeneous: nothing in such a network can tell
/// them apart, so that K(x, cx) = √(K(x, x)·K(cx, cx)) and the same of Θ, at any depth. The recursion, rounding three numbers a layer, would
/// let them drift apart by more than an activation takes for equal.
/// </summary>
internal static class ParallelEntries
{
    /// <summary>Writes those entries, from the diagonals that <paramref name="diagonal"/> gives of a symmetric request.</summary>
    public static void Write<T>(KernelRequest request, KernelMatrix<T>? nngp, KernelMatrix<T>? ntk, Func<KernelRequest, KernelPair<T>> diagonal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Homogeneity.Of(request.Program) is null) return;
        HashSet<nint> rows = [], columns = [];
        foreach ((nint row, nint column) in ParallelSamples.Pairs(request.Left, request.Right)) _ = (rows.Add(row), columns.Add(column));
        if (rows.Count == 0) return;
        if (request.Right is null) rows.UnionWith(columns);
        using Selves<T> left = new(request with { Right = null }, rows, diagonal);
        using Selves<T>? other = request.Right is { } samples ? new(request with { Left = samples, Right = null }, columns, diagonal) : null;
        Selves<T> right = other ?? left;
        foreach ((nint row, nint column) in ParallelSamples.Pairs(request.Left, request.Right))
        {
            if (nngp is not null) Set(nngp, left.Nngp(row), right.Nngp(column));
            if (ntk is not null) Set(ntk, left.Ntk(row), right.Ntk(column));

            void Set(KernelMatrix<T> matrix, T one, T another)
            {
                matrix[row, column] = one == another ? one : T.Sqrt(one) * T.Sqrt(another);
                if (request.Right is null) matrix[column, row] = matrix[row, column];
            }
        }
    }

    /// <summary>K(x, x) and Θ(x, x) of some samples.</summary>
    private sealed class Selves<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Dictionary<nint, nint> _places = [];
        private readonly KernelPair<T> _pair;

        public Selves(KernelRequest request, HashSet<nint> wanted, Func<KernelRequest, KernelPair<T>> diagonal)
        {
            var rows = new KernelMatrix<double>(wanted.Count, request.Left.Shape.Size);
            foreach (nint index in wanted)
            {
                nint place = _places.Count;
                _places.Add(index, place);
                request.Left.Rows.View.Row(index).CopyTo(rows.View.Row(place));
            }

            using var samples = new Samples(rows, request.Left.Shape);
            _pair = diagonal(request with { Left = samples });
        }

        public T Nngp(nint sample) => _pair.Nngp[_places[sample], 0];

        public T Ntk(nint sample) => _pair.Ntk[_places[sample], 0];

        public void Dispose() => _pair.Dispose();
    }
}
