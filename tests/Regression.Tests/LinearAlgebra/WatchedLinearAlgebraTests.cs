using InfiniteNtk.Regression.LinearAlgebra;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.LinearAlgebra;

/// <summary>Operations in parts give what whole operations give, and end between parts.</summary>
public sealed class WatchedLinearAlgebraTests
{
    private static readonly ILinearAlgebra Managed = LinearAlgebraBackends.Open(LinearAlgebraBackend.Managed);

    [Theory]
    [InlineData(37)]
    [InlineData(64)]
    [InlineData(90)]
    public void Parts_make_the_whole(int n)
    {
        var random = new Random(n);
        using KernelMatrix<double> a = SymmetricMatrices.Gram(random, n, n, 0.3), b = SymmetricMatrices.Random(random, n, 11);
        var watched = new WatchedLinearAlgebra(Managed, CancellationToken.None, null, part: 8 * 16 * 16 * 16);
        using KernelMatrix<double> whole = a.Copy(), parts = a.Copy(), wholeSolved = b.Copy(), partsSolved = b.Copy(), wholeProduct = b.Copy(), partsProduct = b.Copy();
        Assert.Equal(-1, Managed.Cholesky(whole.View));
        Assert.Equal(-1, watched.Cholesky(parts.View));
        Close(whole, parts);
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++) Assert.Equal(a[i, j], parts[i, j]);
        }

        foreach (bool transposed in (bool[])[false, true])
        {
            Managed.SolveTriangular(whole.View, transposed, wholeSolved.View);
            watched.SolveTriangular(whole.View, transposed, partsSolved.View);
            Managed.Multiply(0.7, a.View, transposed, b.View, false, 0.2, wholeProduct.View);
            watched.Multiply(0.7, a.View, transposed, b.View, false, 0.2, partsProduct.View);
        }

        Close(wholeSolved, partsSolved);
        Close(wholeProduct, partsProduct);
        Managed.InvertFromCholesky(whole.View);
        watched.InvertFromCholesky(parts.View);
        Close(whole, parts);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++) Assert.Equal(parts[j, i], parts[i, j]);
        }
    }

    [Fact]
    public void A_leading_minor_is_found_in_its_panel()
    {
        using KernelMatrix<double> a = SymmetricMatrices.Gram(new Random(1), 60, 60, 0.3);
        a[41, 41] = -1;
        var watched = new WatchedLinearAlgebra(Managed, CancellationToken.None, null, part: 8 * 16 * 16 * 16);
        Assert.Equal(41, watched.Cholesky(a.View));
    }

    [Fact]
    public void Whoever_cancels_on_the_first_word_of_progress_waits_for_no_more_than_a_part()
    {
        using KernelMatrix<double> a = SymmetricMatrices.Gram(new Random(1), 96, 96, 0.3), b = SymmetricMatrices.Random(new Random(2), 96, 96), c = new(96, 96);
        Ends((algebra, x) => algebra.Cholesky(x.View), a);
        Ends((algebra, x) => algebra.Multiply(1, x.View, false, x.View, false, 0, c.View), b);
        Ends((algebra, x) => algebra.SolveTriangular(x.View, false, c.View), a);
        Ends((algebra, x) => algebra.InvertFromCholesky(x.View), a);
        Ends((algebra, x) => algebra.Eigenvectors(x.View, new double[96]), a);
    }

    [Fact]
    public void Progress_goes_from_nothing_to_all_and_names_the_operation()
    {
        using KernelMatrix<double> a = SymmetricMatrices.Gram(new Random(1), 96, 96, 0.3);
        var told = new Listener();
        var watched = new WatchedLinearAlgebra(Managed, CancellationToken.None, told, part: 8 * 16 * 16 * 16);
        watched.Cholesky(a.View);
        Assert.Equal("factoring 96 × 96", told.Heard[0].Operation);
        Assert.Equal(0, told.Heard[0].Share);
        Assert.Equal(1, told.Heard[^1].Share);
        Assert.All(told.Heard.Zip(told.Heard.Skip(1)), pair => Assert.True(pair.First.Share <= pair.Second.Share));
    }

    private static void Ends(Action<ILinearAlgebra, KernelMatrix<double>> operation, KernelMatrix<double> operand)
    {
        using var source = new CancellationTokenSource();
        var counting = new CountingAlgebra(Managed);
        using KernelMatrix<double> copy = operand.Copy();
        var watched = new WatchedLinearAlgebra(counting, source.Token, new Listener { Then = source.Cancel }, part: 8 * 16 * 16 * 16);
        Assert.Throws<OperationCanceledException>(() => operation(watched, copy));
        Assert.Equal(0, counting.Calls);
    }

    private static void Close(KernelMatrix<double> expected, KernelMatrix<double> got)
    {
        for (nint i = 0; i < expected.Rows; i++)
        {
            for (nint j = 0; j < expected.Columns; j++) Assert.Equal(expected[i, j], got[i, j], 1e-9 * (1 + Math.Abs(expected[i, j])));
        }
    }

    private sealed class Listener : IProgress<SolverProgress>
    {
        public List<SolverProgress> Heard { get; } = [];

        public Action? Then { get; init; }

        public void Report(SolverProgress value)
        {
            Heard.Add(value);
            Then?.Invoke();
        }
    }
}
