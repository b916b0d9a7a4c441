using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Matrices;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Matrices;

/// <summary>What can still be read is never freed; what was disposed is never read; what nobody reads is given back.</summary>
public class MatrixLifetimeTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(600)]
    public void A_view_a_row_and_an_entry_outlive_their_matrix(int size)
    {
        for (int round = 0; round < 10; round++)
        {
            MatrixView<double> view = View(size, round);
            MatrixView<double> slice = Slice(size, round + 0.25);
            Span<double> row = Row(size, round + 0.5);
            ref double entry = ref Entry(size, round + 0.75);
            CollectAndOverwrite(size);
            for (int i = 0; i < size; i++) Assert.Equal(round, view[i, size - 1 - i]);
            Assert.All(view.ToArray(), value => Assert.Equal(round, value));
            Assert.All(slice.ToArray(), value => Assert.Equal(round + 0.25, value));
            foreach (double value in row) Assert.Equal(round + 0.5, value);
            Assert.Equal(round + 0.75, entry);
        }
    }

    [Fact]
    public void Every_access_to_a_disposed_matrix_says_that_the_matrix_was_disposed()
    {
        AssertThrows(static matrix => _ = matrix.View);
        AssertThrows(static matrix => _ = matrix[0, 0]);
        AssertThrows(static matrix => matrix[0, 0] = 1);
        AssertThrows(static matrix => matrix.Copy());
        AssertThrows(static matrix => matrix.ToArray());
        AssertThrows(static matrix => matrix.Diagonal());
        AssertThrows(static matrix => matrix.Transpose());
        AssertThrows(static matrix => matrix.ConvertTo<float>());
        AssertViewThrows(static view => _ = view[0, 0]);
        AssertViewThrows(static view => view[0, 0] = 1);
        AssertViewThrows(static view => view.Row(0));
        AssertViewThrows(static view => view.Slice(0, 0, 1, 1));
        AssertViewThrows(static view => view.ToArray());
        AssertViewThrows(static view => view.CopyTo(new double[9]));
        AssertViewThrows(static view => view.CopyTo(Filled(3, 0).View));
        AssertViewThrows(static view => Filled(3, 0).View.CopyTo(view));
    }

    [Fact]
    public void A_slice_of_a_disposed_matrix_throws_too()
    {
        KernelMatrix<double> matrix = Filled(3, 1);
        MatrixView<double> slice = matrix.View.Slice(1, 1, 2, 2);
        matrix.Dispose();
        bool threw = false;
        try
        {
            _ = slice[0, 0];
        }
        catch (ObjectDisposedException)
        {
            threw = true;
        }

        Assert.True(threw);
    }

    [Fact]
    public void A_row_that_was_taken_before_disposal_keeps_its_numbers()
    {
        KernelMatrix<double> matrix = Filled(600, 7);
        Span<double> row = matrix.View.Row(599);
        matrix.Dispose();
        matrix.Dispose();
        CollectAndOverwrite(600);
        foreach (double value in row) Assert.Equal(7, value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Matrices_that_nobody_reads_any_more_give_their_memory_back(bool disposed)
    {
        const int Count = 240, Side = 1024; // 8 MiB each, 1.9 GiB together
        long before = Environment.WorkingSet, most = 0;
        for (int i = 0; i < Count; i++)
        {
            KernelMatrix<double> matrix = Filled(Side, i);
            if (disposed) matrix.Dispose();
            most = Math.Max(most, Environment.WorkingSet - before);
        }

        Assert.InRange(most, long.MinValue, 2 * MatrixMemory.LeastGarbage + (256 << 20));
    }

    [Fact]
    public void Temporary_matrices_throw_after_disposal_as_well()
    {
        KernelMatrix<double> matrix = KernelMatrix<double>.Temporary(2, 2);
        matrix[1, 1] = 3;
        Assert.Equal(3, matrix[1, 1]);
        matrix.Dispose();
        Assert.Equal("KernelMatrix", Assert.Throws<ObjectDisposedException>(() => matrix[1, 1]).ObjectName);
    }

    private static void AssertThrows(Action<KernelMatrix<double>> access)
    {
        KernelMatrix<double> matrix = Filled(3, 1);
        matrix.Dispose();
        Assert.Equal("KernelMatrix", Assert.Throws<ObjectDisposedException>(() => access(matrix)).ObjectName);
    }

    private static void AssertViewThrows(ViewAccess access) => Assert.Equal("KernelMatrix", Assert.Throws<ObjectDisposedException>(() =>
    {
        KernelMatrix<double> matrix = Filled(3, 1);
        MatrixView<double> view = matrix.View;
        matrix.Dispose();
        access(view);
    }).ObjectName);

    // In frames of their own, since code that is not optimized keeps every temporary of its frame alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static MatrixView<double> View(int size, double value) => Filled(size, value).View;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static MatrixView<double> Slice(int size, double value) => Filled(size, value).View.Slice(1, 1, size - 1, size - 1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<double> Row(int size, double value) => Filled(size, value).View.Row(size - 1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ref double Entry(int size, double value) => ref Filled(size, value).View[size - 1, 0];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static KernelMatrix<double> Filled(int size, double value)
    {
        var matrix = new KernelMatrix<double>(size, size);
        for (int i = 0; i < size; i++) matrix.View.Row(i).Fill(value);
        return matrix;
    }

    /// <summary>Frees what nothing refers to, then uses the memory for something else.</summary>
    private static void CollectAndOverwrite(int size)
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        for (int i = 0; i < 20; i++)
        {
            using KernelMatrix<double> temporary = KernelMatrix<double>.Temporary(size, size);
            for (int row = 0; row < size; row++) temporary.View.Row(row).Fill(double.NaN);
            _ = Filled(size, double.NaN);
        }
    }

    private delegate void ViewAccess(MatrixView<double> view);
}
