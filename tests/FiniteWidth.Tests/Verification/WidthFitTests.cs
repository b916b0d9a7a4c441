using InfiniteNtk.FiniteWidth.Verification;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Verification;

/// <summary>The fit over widths against the closed form of a weighted straight line, and against errors that are known.</summary>
public sealed class WidthFitTests
{
    private static readonly ErrorAtWidth[] _points =
    [
        new(16, 0.31, 0.04, 5), new(32, 0.12, 0.01, 40), new(64, 0.09, 0.03, 7), new(128, 0.02, 0.02, 3), new(512, 0.015, 0.005, 90),
    ];

    /// <summary>a = Σ cᵢeᵢ with cᵢ = wᵢ(S₂ − S₁xᵢ)/(S₀S₂ − S₁²), x = 1/width, w = draws·width, S_k = Σ w xᵏ.</summary>
    [Fact]
    public void A_straight_line_has_its_closed_form()
    {
        double[] x = [.. _points.Select(point => 1.0 / point.Width)], w = [.. _points.Select(point => (double)point.Draws * point.Width)];
        double s0 = w.Sum(), s1 = w.Zip(x, (a, b) => a * b).Sum(), s2 = w.Zip(x, (a, b) => a * b * b).Sum(), determinant = s0 * s2 - s1 * s1;
        double[] c = [.. w.Zip(x, (weight, at) => weight * (s2 - s1 * at) / determinant)];
        double[] slope = [.. w.Zip(x, (weight, at) => weight * (s0 * at - s1) / determinant)];
        double[] parts = [.. c.Zip(_points, (one, point) => Math.Pow(one * point.StandardError, 2))];

        var fit = WidthFit.Of(_points, [1]);
        Assert.Equal(c.Zip(_points, (one, point) => one * point.Error).Sum(), fit.Intercept, 1e-12);
        Assert.Equal(slope.Zip(_points, (one, point) => one * point.Error).Sum(), Assert.Single(fit.Slopes), 1e-10);
        Assert.Equal(Math.Sqrt(parts.Sum()), fit.StandardError, 1e-12);

        // Satterthwaite: between the fewest and all degrees of freedom of the points.
        Assert.Equal(Math.Pow(parts.Sum(), 2) / parts.Zip(_points, (part, point) => part * part / (point.Draws - 1)).Sum(), fit.DegreesOfFreedom, 1e-9);
    }

    [Theory]
    [InlineData(0.2, -1.5, 3)]
    [InlineData(0, 0.7, 0)]
    public void Errors_of_two_powers_give_them_back(double a, double b, double c)
    {
        ErrorAtWidth[] points = [.. _points.Select(point => point with { Error = a + b / Math.Sqrt(point.Width) + c / point.Width })];
        var fit = WidthFit.Of(points, [0.5, 1]);
        Assert.Equal(a, fit.Intercept, 1e-11);
        Assert.Equal(b, fit.Slopes[0], 1e-9);
        Assert.Equal(c, fit.Slopes[1], 1e-8);
    }

    /// <summary>√ of the mean of draws·error² of a draw: its scatter and its bias, an entry beside the diagonal counted for both of them.</summary>
    [Fact]
    public void The_error_of_a_single_draw_is_the_root_mean_square_over_the_matrix()
    {
        EntryOverWidths[] entries = [Entry(0, 0, 0.1, 0.02), Entry(0, 1, -0.3, 0.05), Entry(1, 1, 0.2, 0.01)];
        var verdict = LimitVerdict.Of(entries, [1]);
        for (int i = 0; i < _points.Length; i++)
        {
            double draws = _points[i].Draws;
            double[] squares = [.. entries.Select(entry => draws * Math.Pow(entry.Points[i].StandardError, 2) + Math.Pow(entry.Points[i].Error, 2))];
            Assert.Equal(Math.Sqrt((squares[0] + 2 * squares[1] + squares[2]) / 4), verdict.SingleDrawErrors[i], 1e-14);
        }

        static EntryOverWidths Entry(int row, int column, double error, double scatter) => new(
            null, row, column, [.. _points.Select(point => point with { Error = error / point.Width, StandardError = scatter / Math.Sqrt(point.Draws * point.Width) })]);
    }
}
