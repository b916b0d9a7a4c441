using InfiniteNtk.Regression.LearningCurves;
using Xunit;

namespace InfiniteNtk.Regression.Tests.LearningCurves;

/// <summary>An iteration that did not converge is never taken for an answer.</summary>
public sealed class PropagationSystemTests
{
    [Fact]
    public void What_converges_is_the_solution()
    {
        using KernelMatrix<double> b = Ones(40);
        Assert.Equal(PropagationOutcome.Solved, Solve(i => 0.2 + 0.01 * i, b, 1e-13));
        for (int i = 0; i < 40; i++) Assert.Equal(1 / (0.2 + 0.01 * i), b[i, 0], 1e-11);
    }

    [Fact]
    public void A_system_that_500_steps_do_not_solve_is_no_answer()
    {
        // 900 eigenvalues over twelve decades: conjugate gradients would need several times as many steps.
        using KernelMatrix<double> b = Ones(900);
        Assert.Equal(PropagationOutcome.Unfinished, Solve(i => Math.Pow(10, -12.0 * i / 900), b, 1e-13));
    }

    [Fact]
    public void Neither_an_indefinite_matrix_nor_one_of_NaN_is_an_answer()
    {
        using KernelMatrix<double> b = Ones(10);
        Assert.Equal(PropagationOutcome.Indefinite, Solve(i => i == 3 ? -2 : 0.001, b, 1e-13));
        using KernelMatrix<double> c = Ones(10);
        c[4, 0] = double.NaN;
        Assert.NotEqual(PropagationOutcome.Solved, Solve(i => 1 + i, c, 1e-13));
    }

    /// <summary>H = diag(h) from the matrix that makes it.</summary>
    private static PropagationOutcome Solve(Func<int, double> h, KernelMatrix<double> b, double tolerance)
    {
        using KernelMatrix<double> correlations = Populations.Constant((int)b.Rows, 0);
        for (int i = 0; i < b.Rows; i++) correlations[i, i] = 1 - h(i);
        return new PropagationSystem(correlations, [.. Enumerable.Repeat(1.0, (int)b.Rows)], LinearAlgebraBackends.Default).Solve(b.View, tolerance);
    }

    private static KernelMatrix<double> Ones(int count)
    {
        var ones = new KernelMatrix<double>(count, 1);
        for (int i = 0; i < count; i++) ones[i, 0] = 1;
        return ones;
    }
}
