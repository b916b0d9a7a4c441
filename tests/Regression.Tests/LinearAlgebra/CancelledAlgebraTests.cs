using InfiniteNtk.Regression.LinearAlgebra;
using InfiniteNtk.Regression.LinearAlgebra.Managed;
using Xunit;

namespace InfiniteNtk.Regression.Tests.LinearAlgebra;

/// <summary>Operations of the managed backend end in their middle, not at their end.</summary>
public sealed class CancelledAlgebraTests
{
    private const int Large = 3000;

    /// <summary>The cancellation comes as soon as the operation has written something.</summary>
    [Theory]
    [InlineData("multiply")]
    [InlineData("cholesky")]
    [InlineData("solve")]
    [InlineData("invert")]
    [InlineData("eigenvalues")]
    [InlineData("watched eigenvalues")]
    public void An_operation_that_has_begun_ends_before_its_end(string operation)
    {
        using var stop = new CancellationTokenSource();
        ILinearAlgebra algebra = operation == "watched eigenvalues"
            ? new WatchedLinearAlgebra(LinearAlgebraBackends.Open(LinearAlgebraBackend.MathNet), stop.Token)
            : new ManagedLinearAlgebra(2, stop.Token);
        using KernelMatrix<double> matrix = DominantDiagonal(), other = new(Large, Large);
        for (nint i = 0; i < Large; i++) matrix.View.Row(i).CopyTo(other.View.Row(i));
        bool done = false;
        var watcher = new Thread(() =>
        {
            while (!Volatile.Read(ref done) && Unchanged(matrix, other, operation)) Thread.SpinWait(100);
            stop.Cancel();
        });
        watcher.Start();
        Assert.Throws<OperationCanceledException>(() => Run(operation, algebra, matrix, other));
        Volatile.Write(ref done, true);
        watcher.Join();
        Assert.True(stop.IsCancellationRequested);
    }

    private static void Run(string operation, ILinearAlgebra algebra, KernelMatrix<double> matrix, KernelMatrix<double> other)
    {
        switch (operation)
        {
            case "multiply":
                algebra.Multiply(1, matrix.View, false, matrix.View, false, 1, other.View);
                break;
            case "cholesky":
                _ = algebra.Cholesky(matrix.View);
                break;
            case "solve":
                algebra.SolveTriangular(matrix.View, false, other.View);
                break;
            case "invert":
                algebra.InvertFromCholesky(matrix.View);
                break;
            default:
                algebra.EigenvaluesAndCoefficients(matrix.View, new double[Large], new KernelMatrix<double>(Large, 0).View);
                break;
        }
    }

    /// <summary>Whether the first entries that an operation changes are as they were.</summary>
    private static bool Unchanged(KernelMatrix<double> matrix, KernelMatrix<double> other, string operation)
    {
        KernelMatrix<double> written = operation is "multiply" or "solve" ? other : matrix;
        for (nint i = 0; i < Large; i += 100)
        {
            if (written[i, i] != Large + i || written[i, 0] != (i == 0 ? Large : 1)) return false;
        }

        return true;
    }

    private static KernelMatrix<double> DominantDiagonal()
    {
        var matrix = new KernelMatrix<double>(Large, Large);
        for (nint i = 0; i < Large; i++)
        {
            matrix.View.Row(i).Fill(1);
            matrix[i, i] = Large + i;
        }

        return matrix;
    }
}
