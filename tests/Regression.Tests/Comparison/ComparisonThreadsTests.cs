using InfiniteNtk.Regression.LinearAlgebra;
using InfiniteNtk.Regression.LinearAlgebra.Managed;
using InfiniteNtk.Regression.Tests.LearningCurves;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Comparison;

/// <summary>A comparison works on the threads of its linear algebra, whatever their number, and on no others.</summary>
public sealed class ComparisonThreadsTests
{
    [Fact]
    public void One_thread_asked_for_is_one_thread_used() => Assert.Equal(0, HelperThreads.CountDuring(() => _ = Compare(new ManagedLinearAlgebra(1))));

    [Fact]
    public void The_number_of_threads_changes_no_bit_of_a_comparison()
    {
        string one = Compare(new ManagedLinearAlgebra(1)), three = Compare(new ManagedLinearAlgebra(3));
        Assert.Equal(one, three);
    }

    [Fact]
    public void Every_backend_says_how_many_threads_it_was_given()
    {
        Assert.Equal(3, new ManagedLinearAlgebra(3).Threads);
        Assert.Equal(2, new MathNetLinearAlgebra(2).Threads);
        Assert.Equal(4, new WatchedLinearAlgebra(new ManagedLinearAlgebra(4), CancellationToken.None).Threads);
    }

    /// <summary>Baselines and a kernel given by hand, of 400 points in three classes.</summary>
    private static string Compare(ManagedLinearAlgebra algebra)
    {
        (double[][] points, int[] labels) = Populations.Points(400, 3, 31);
        using Targets targets = Populations.Classes(labels, 3);
        using Samples samples = Samples.FromRows(Rows(points));
        var comparison = new KernelComparison(targets, new ComparisonOptions { Sizes = [20, 100], Ridge = Ridge.Relative(1e-4) }, algebra);
        var baselines = new BaselineKernels(samples, algebra);
        foreach (string name in (string[])["gaussian", "laplace"])
        {
            using KernelMatrix<double> kernel = baselines.Of(name);
            Assert.NotNull(comparison.Add(name, name, kernel));
        }

        return string.Join('\n', comparison.Result().Rows.Select(row => $"{row} {string.Join(' ', row.Points)}"));
    }

    private static double[,] Rows(double[][] points)
    {
        double[,] rows = new double[points.Length, points[0].Length];
        for (int i = 0; i < points.Length; i++)
        {
            for (int j = 0; j < points[i].Length; j++) rows[i, j] = points[i][j];
        }

        return rows;
    }
}
