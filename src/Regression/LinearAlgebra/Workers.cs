using InfiniteNtk.Kernels.Execution;

namespace InfiniteNtk.Regression.LinearAlgebra;

/// <summary>Runs pieces of work on up to a number of threads. Which thread runs a piece never changes its result.</summary>
internal sealed class Workers(int threads)
{
    /// <summary>The calling thread only.</summary>
    public static Workers Alone { get; } = new(1);

    public int Threads => threads;

    /// <summary>Pieces 0 … count − 1, in any order.</summary>
    public void Run(nint count, Action<nint> piece)
    {
        if (count <= 1 || threads == 1)
        {
            for (nint i = 0; i < count; i++) piece(i);
            return;
        }

        ParallelSection.For(count, threads, i => piece((nint)i));
    }
}
