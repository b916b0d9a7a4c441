using InfiniteNtk.Regression.LearningCurves;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Comparison;

public sealed class BaselineKernelsTests
{
    private static readonly double[,] Points = { { 0, 0 }, { 3, 4 }, { 6, 8 }, { 0, 0 } };

    [Fact]
    public void The_width_is_the_median_distance_of_different_points()
    {
        using Samples points = Samples.FromRows(Points);
        // Distances 5, 10, 5, 5, 10 and a duplicate's 0, which does not count.
        Assert.Equal(5, new BaselineKernels(points).Width, 1e-14);
        // 1, 2, 3, 4, 6, 7, 8, 12, 14, 15.
        using Samples spread = Samples.FromRows(new double[,] { { 0 }, { 1 }, { 3 }, { 7 }, { 15 } });
        Assert.Equal(7, new BaselineKernels(spread).Width, 1e-14);
        using Samples same = Samples.FromRows(new double[,] { { 1 }, { 1 } });
        Assert.Equal(1, new BaselineKernels(same).Width);
    }

    [Fact]
    public void Copies_are_at_no_distance_whatever_rounding_says()
    {
        var random = new Random(8);
        double[,] rows = new double[40, 9];
        for (int i = 0; i < 40; i++) for (int c = 0; c < 9; c++) rows[i, c] = i < 30 ? 1e3 * random.NextDouble() : rows[i - 30, c];
        using Samples points = Samples.FromRows(rows);
        var baselines = new BaselineKernels(points);
        foreach (string name in (string[])["linear", "gaussian", "laplace"])
        {
            using KernelMatrix<double> kernel = baselines.Of(name);
            Assert.Equal(20, CopyGroups.Find(kernel).Copied);
            if (name != "linear") Assert.All(Enumerable.Range(0, 10), i => Assert.Equal(1, kernel[i, 30 + i]));
        }
    }

    [Theory]
    [InlineData(1, 0.8, 1.25)]
    [InlineData(2, 1.7, 2.4)]
    [InlineData(5, 4, 6)]
    public void Dimensions_are_those_that_points_fill(int dimensions, double least, double most)
    {
        // In nine features, some points twice.
        var random = new Random(9);
        double[,] rows = new double[600, 9];
        for (int i = 0; i < 600; i++)
        {
            for (int c = 0; c < 9; c++) rows[i, c] = i >= 580 ? rows[i - 580, c] : c < dimensions ? random.NextDouble() : 2 * rows[i, c % dimensions];
        }

        using Samples points = Samples.FromRows(rows);
        Assert.InRange(new BaselineKernels(points).IntrinsicDimension, least, most);
    }

    [Fact]
    public void Each_kernel_is_its_formula()
    {
        using Samples points = Samples.FromRows(Points);
        var baselines = new BaselineKernels(points);
        Assert.Equal(["linear", "gaussian", "laplace", "constant"], BaselineKernels.Names);
        foreach ((string name, double value) in new[] { ("linear", 25.0), ("gaussian", Math.Exp(-0.5)), ("laplace", Math.Exp(-1)), ("constant", 1.0) })
        {
            using KernelMatrix<double> own = baselines.Of(name);
            using KernelMatrix<double> cross = baselines.Of(name, points);
            Assert.Equal(MatrixStructure.Symmetric, own.Structure);
            Assert.Equal(value, own[1, 2], 1e-14);
            for (int i = 0; i < 4; i++)
            {
                for (int j = 0; j < 4; j++)
                {
                    Assert.Equal(own[i, j], own[j, i]);
                    Assert.Equal(own[i, j], cross[i, j], 1e-7);
                }
            }

            if (name is "gaussian" or "laplace") Assert.Equal(1, own[2, 2]);
        }
    }

    [Fact]
    public void A_point_is_at_no_distance_from_itself_however_its_squares_round()
    {
        var random = new Random(2);
        double[,] rows = new double[20, 61];
        for (int i = 0; i < 20; i++) for (int c = 0; c < 61; c++) rows[i, c] = 1000 + random.NextDouble();
        using Samples points = Samples.FromRows(rows);
        var baselines = new BaselineKernels(points);
        foreach (string name in (string[])["gaussian", "laplace"])
        {
            using KernelMatrix<double> kernel = baselines.Of(name);
            for (int i = 0; i < 20; i++) Assert.Equal(1, kernel[i, i]);
        }
    }

    [Fact]
    public void Unknown_names_and_other_shapes_are_refused()
    {
        using Samples points = Samples.FromRows(Points);
        using Samples other = Samples.FromRows(new double[,] { { 1, 2, 3 } });
        var baselines = new BaselineKernels(points);
        Assert.Throws<InvalidArgumentException>(() => baselines.Of("cubic"));
        Assert.Throws<ShapeMismatchException>(() => baselines.Of("linear", other));
        using Samples none = new(new KernelMatrix<double>(0, 2), SampleShape.Features(2));
        Assert.Throws<InvalidArgumentException>(() => new BaselineKernels(none));
    }
}
