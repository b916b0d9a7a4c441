using Xunit;

namespace InfiniteNtk.Regression.Tests.LearningCurves;

/// <summary>What does not belong to a population is refused alike by measurement and prediction, before anything is computed.</summary>
public sealed class TestSetTests
{
    private const int Points = 12;

    private static readonly ILinearAlgebra Algebra = LinearAlgebraBackends.Default;

    [Theory]
    [InlineData(5, Points - 1, 5, 3)]
    [InlineData(5, Points + 1, 5, 3)]
    [InlineData(5, Points, 4, 3)]
    [InlineData(5, Points, 6, 3)]
    [InlineData(Points, 5, 5, 3)]
    [InlineData(5, Points, 5, 4)]
    public void Sizes_that_do_not_fit(int rows, int columns, int targets, int classes)
    {
        using KernelMatrix<double> kernel = Kernel(rows, columns);
        using Targets labels = Classes(targets, classes);
        Refused<ShapeMismatchException>(new TestSet(kernel, labels), $"{rows} rows and {columns} columns");
    }

    [Fact]
    public void Numbers_where_the_population_has_classes()
    {
        using KernelMatrix<double> kernel = Kernel(5, Points);
        using Targets numbers = Targets.FromValues(KernelMatrix<double>.From(new double[5, 3]));
        Refused<ShapeMismatchException>(new TestSet(kernel, numbers), "Classification");
    }

    [Fact]
    public void A_missing_number()
    {
        using KernelMatrix<double> kernel = Kernel(5, Points);
        using Targets labels = Classes(5, 3);
        kernel[4, 7] = double.NaN;
        Refused<NonFiniteInputException>(new TestSet(kernel, labels), "row 4, column 7");
    }

    private static void Refused<TError>(TestSet test, string said) where TError : InfiniteNtkException
    {
        (double[][] points, int[] labels) = Populations.Points(Points, 3, 4);
        using Targets targets = Populations.Classes(labels, 3);
        using KernelMatrix<double> kernel = Populations.Kernel(points, points);
        using var predicted = new PointResolvedCurve(kernel, targets, 0.1, Algebra);
        var measured = new MeasuredCurve(kernel, targets, 0.1, Algebra);
        foreach (Action action in (Action[])[() => measured.At(5, test: test), () => predicted.At(5, test), () => predicted.At(0, test)])
        {
            Assert.Contains(said, Assert.Throws<TError>(action).Message, StringComparison.Ordinal);
        }
    }

    private static KernelMatrix<double> Kernel(int rows, int columns)
    {
        var kernel = new KernelMatrix<double>(rows, columns);
        for (int i = 0; i < rows; i++) kernel.View.Row(i).Fill(0.5);
        return kernel;
    }

    private static Targets Classes(int count, int classes) => Populations.Classes([.. Enumerable.Range(0, count).Select(i => i % classes)], classes);
}
