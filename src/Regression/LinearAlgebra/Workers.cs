using InfiniteNtk.Kernels.Execution;

namespace InfiniteNtk.Regression.LinearAlgebra;

/// <summary>
/// Runs pieces of work on up to a number of threads. Which thread runs a piece never changes its result. Cancellation is asked for before
/// each piece: the pieces begun are finished, then an <see cref="OperationCanceledException"/> is thrown.
/// </summary>
internal sealed class Workers(int threads, CancellationToken cancellation = default)
{
    /// <summary>The calling thread only.</summary>
    public static Workers Alone { get; } = new(1);

    /// <summary>As many as an algebra uses, cancelled with it.</summary>
    public static Workers Of(ILinearAlgebra algebra) => new(algebra.Threads, algebra is WatchedLinearAlgebra one ? one.Cancellation : default);

    public int Threads => threads;

    /// <summary>Pieces 0 … count − 1, in any order.</summary>
    public void Run(nint count, Action<nint> piece)
    {
        if (count <= 1 || threads == 1)
        {
            for (nint i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                piece(i);
            }

            return;
        }

        ParallelSection.For(count, threads, i => piece((nint)i), cancellation);
    }
}
