using InfiniteNtk.Regression.Tests.LearningCurves;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Comparison;

/// <summary>Populations and options at the edge of what can be compared, and beyond it.</summary>
public sealed class ComparisonEdgeTests
{
    private static readonly ILinearAlgebra Algebra = LinearAlgebraBackends.Default;

    private static readonly ComparisonOptions Sizes = new() { Sizes = [5, 10, 20] };

    [Fact]
    public void Duplicates_and_no_ridge_still_compare_and_say_that_the_ridge_was_raised()
    {
        (double[][] points, _) = Populations.Points(15, 2, 6);
        double[][] twice = [.. points, .. points];
        using Targets targets = Populations.Numbers(twice);
        using KernelMatrix<double> kernel = Populations.Kernel(twice, twice);
        var comparison = new KernelComparison(targets, Sizes with { Ridge = Ridge.Absolute(0) }, Algebra);
        ComparisonRow row = comparison.Add("twice", "gaussian", kernel)!;
        Assert.Contains(row.Notes, note => note.Contains("ridge raised", StringComparison.Ordinal));
        Assert.All(row.Points, point => Assert.True(double.IsFinite(point.Measured) && double.IsFinite(point.Predicted) && double.IsFinite(point.Spectral)));
    }

    [Fact]
    public void Points_so_few_that_the_mean_of_all_tells_the_missing_one_are_refused()
    {
        foreach (int count in new[] { 2, 4, 9 })
        {
            using Targets few = Targets.FromNumbers([.. Enumerable.Range(0, count).Select(i => (double)i * i)]);
            InvalidArgumentException refused = Assert.Throws<InvalidArgumentException>(() => new KernelComparison(few));
            Assert.Contains("at least 10 are needed", refused.Message, StringComparison.Ordinal);
        }

        (double[][] points, _) = Populations.Points(10, 2, 6);
        using Targets targets = Populations.Numbers(points);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        Assert.NotNull(new KernelComparison(targets, null, Algebra).Add("ten", "gaussian", kernel));
    }

    [Fact]
    public void The_most_and_the_fewest_training_points_work()
    {
        (double[][] points, int[] labels) = Populations.Points(14, 2, 7);
        using Targets targets = Populations.Classes(labels, 2);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        ComparisonRow row = new KernelComparison(targets, new ComparisonOptions { Sizes = [13, 1] }, Algebra).Add("g", "g", kernel)!;
        Assert.Equal([1, 13], row.Points.Select(point => point.N));
        Assert.All(row.Points, point => Assert.True(double.IsFinite(point.Measured) && double.IsFinite(point.Predicted)));
    }

    [Fact]
    public void A_huge_ridge_is_the_zero_predictor()
    {
        (double[][] points, _) = Populations.Points(14, 2, 8);
        using Targets targets = Populations.Numbers(points);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        CurvePoint point = new KernelComparison(targets, Sizes with { Sizes = [7], Ridge = Ridge.Absolute(1e15) }, Algebra).Add("g", "g", kernel)!.Points[0];
        Assert.Equal(1, point.Predicted, 1e-9);
        Assert.Equal(1, point.Spectral, 1e-9);
        Assert.Equal(1, point.Measured, 0.2);
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_before_any_kernel()
    {
        using Targets targets = Targets.FromNumbers([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        using Targets one = Targets.FromNumbers([1]);
        using Targets constant = Targets.FromNumbers([3, 3, 3, 3, 3, 3, 3, 3, 3, 3]);
        using Targets oneClass = Targets.FromValues(new KernelMatrix<double>(10, 0));
        using Targets zeros = Targets.FromValues(Populations.Constant(10, 0));
        using Targets huge = Targets.FromNumbers([1e200, -1e200, 3, 3, 3, 3, 3, 3, 3, 3]);
        Assert.Throws<InvalidArgumentException>(() => new KernelComparison(targets, testTargets: zeros));
        Assert.Throws<InvalidArgumentException>(() => new KernelComparison(huge));
        Assert.Throws<InvalidArgumentException>(() => new KernelComparison(one));
        Assert.Throws<InvalidArgumentException>(() => new KernelComparison(constant));
        Assert.Throws<InvalidArgumentException>(() => new KernelComparison(oneClass));
        Assert.Throws<InvalidArgumentException>(() => new KernelComparison(targets, new ComparisonOptions { Sizes = [10] }));
        Assert.Throws<InvalidArgumentException>(() => new KernelComparison(targets, new ComparisonOptions { Sizes = [0] }));
        Assert.Throws<InvalidArgumentException>(() => new KernelComparison(targets, new ComparisonOptions { Sizes = [] }));
        Assert.Throws<InvalidArgumentException>(() => new KernelComparison(targets, new ComparisonOptions { Subsets = 19 }));
        Assert.Throws<InvalidArgumentException>(() => new KernelComparison(targets, new ComparisonOptions { Ridge = Ridge.Relative(-1) }));
        Assert.Throws<InvalidArgumentException>(() => new KernelComparison(targets, new ComparisonOptions { Ridge = Ridge.Absolute(double.NaN) }));
    }

    [Theory]
    [InlineData(1797, new[] { 50, 200, 500 })]
    [InlineData(178, new[] { 5, 20, 50 })]
    [InlineData(10_000, new[] { 200, 1000, 5000 })]
    [InlineData(2592, new[] { 100, 200, 1000 })]
    [InlineData(3, new[] { 1 })]
    [InlineData(2, new[] { 1 })]
    public void Default_sizes_are_round(int population, int[] sizes) => Assert.Equal(sizes, ComparisonOptions.DefaultSizes(population));
}
