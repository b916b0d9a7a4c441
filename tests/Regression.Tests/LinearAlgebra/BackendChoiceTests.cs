using InfiniteNtk.Regression.LinearAlgebra.Managed;
using InfiniteNtk.Regression.LinearAlgebra.Native;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.LinearAlgebra;

public sealed class BackendChoiceTests
{
    [Fact]
    public void An_unknown_name_is_refused_with_the_names_there_are()
    {
        string message = Assert.Throws<InvalidArgumentException>(() => LinearAlgebraBackends.Choose("atlas")).Message;
        Assert.Contains("INTK_BLAS is 'atlas'", message, StringComparison.Ordinal);
        Assert.Contains("openblas, mkl, mathnet, managed", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("managed", "managed")]
    [InlineData(" MathNet ", "MathNet")]
    public void A_name_chooses(string text, string expected) =>
        Assert.StartsWith(expected, LinearAlgebraBackends.Choose(text).Name, StringComparison.Ordinal);

    [Fact]
    public void Without_a_name_a_native_library_comes_before_our_own()
    {
        BackendStatus[] native = [LinearAlgebraBackends.StatusOf(LinearAlgebraBackend.OpenBlas), LinearAlgebraBackends.StatusOf(LinearAlgebraBackend.Mkl)];
        string expected = native.FirstOrDefault(status => status.IsAvailable)?.Description
            ?? LinearAlgebraBackends.StatusOf(LinearAlgebraBackend.Managed).Description;
        Assert.Equal(expected, LinearAlgebraBackends.Choose(null).Name);
        Assert.Equal(expected, LinearAlgebraBackends.Choose(" ").Name);
    }

    [Fact]
    public void What_is_absent_is_refused_and_says_what_was_looked_for()
    {
        foreach (BackendStatus status in LinearAlgebraBackends.All.Where(status => !status.IsAvailable))
        {
            string message = Assert.Throws<InvalidArgumentException>(() => LinearAlgebraBackends.Open(status.Backend)).Message;
            Assert.Contains(status.Description, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_largest_native_eigenvector_problem_is_the_last_whose_workspace_a_32_bit_integer_counts()
    {
        long n = NativeLinearAlgebra.LargestEigenvectorOrder;
        Assert.True(1 + 6 * n + 2 * n * n <= int.MaxValue);
        Assert.True(1 + 6 * (n + 1) + 2 * (n + 1) * (n + 1) > int.MaxValue);
    }

    [Fact]
    public void Every_backend_runs_on_the_threads_that_are_asked_for()
    {
        foreach (BackendStatus status in LinearAlgebraBackends.All.Where(status => status.IsAvailable))
        {
            ILinearAlgebra whole = LinearAlgebraBackends.Open(status.Backend), one = LinearAlgebraBackends.OnThreads(whole, 1);
            try
            {
                using KernelMatrix<double> a = SymmetricMatrices.Gram(new Random(1), 40, 40, 1), b = a.Copy();
                whole.Cholesky(a.View);
                one.Cholesky(b.View);
                for (int i = 0; i < 40; i++) Assert.Equal(a[i, i], b[i, i], 1e-12);
                if (status.Backend != LinearAlgebraBackend.MathNet) Assert.Contains("1 thread", one.Name, StringComparison.Ordinal);
            }
            finally
            {
                _ = LinearAlgebraBackends.OnThreads(whole, Environment.ProcessorCount);
            }
        }

        Assert.Throws<InvalidArgumentException>(() => LinearAlgebraBackends.OnThreads(0));
    }

    [Fact]
    public void Managed_results_do_not_depend_on_threads()
    {
        const int N = 1100; // several pieces of every operation
        var one = new ManagedLinearAlgebra(1);
        var three = new ManagedLinearAlgebra(3);
        using KernelMatrix<double> a = SymmetricMatrices.Gram(new Random(1), N, 40, 0.5), y = SymmetricMatrices.Random(new Random(2), N, 11);
        Same(algebra =>
        {
            KernelMatrix<double> factor = a.Scaled(1);
            Assert.Equal(-1, algebra.Cholesky(factor.View));
            return factor;
        });
        Same(algebra =>
        {
            KernelMatrix<double> inverse = a.Scaled(1);
            _ = algebra.Cholesky(inverse.View);
            algebra.InvertFromCholesky(inverse.View);
            return inverse;
        });
        Same(algebra =>
        {
            using KernelMatrix<double> factor = a.Scaled(1);
            KernelMatrix<double> x = y.Scaled(1);
            algebra.SolveTriangular(factor.View, false, x.View);
            algebra.SolveTriangular(factor.View, true, x.View);
            return x;
        });
        Same(algebra =>
        {
            using KernelMatrix<double> work = a.Scaled(1);
            KernelMatrix<double> c = y.Scaled(1);
            double[] eigenvalues = new double[N];
            algebra.EigenvaluesAndCoefficients(work.View, eigenvalues, c.View);
            Assert.Equal(Enumerable.Range(0, N).Sum(i => a[i, i]), eigenvalues.Sum(), 1e-9);
            Assert.Equal(Enumerable.Range(0, N).Sum(i => y[i, 0] * y[i, 10]), Enumerable.Range(0, N).Sum(i => c[i, 0] * c[i, 10]), 1e-10);
            return c;
        });

        void Same(Func<ILinearAlgebra, KernelMatrix<double>> compute)
        {
            using KernelMatrix<double> first = compute(one), second = compute(three);
            Assert.Equal(0, first.Distance(second));
        }
    }
}
