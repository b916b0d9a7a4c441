using InfiniteNtk.Kernels.Inputs;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Inputs;

public class ParallelSamplesTests
{
    [Fact]
    public void Positive_multiples_are_found_and_nothing_else()
    {
        using Samples samples = Samples.FromRows(new double[,] { { 1, 2 }, { 3, 6 }, { 1, 2 + 1e-14 }, { -1, -2 }, { 0, 0 }, { 1, 2 }, { 2, 1 } });
        Assert.Equal([(0, 1), (1, 5)], Found(samples, null));
        using Samples others = Samples.FromRows(new double[,] { { 0, 0 }, { -7, -14 }, { 1, 2 }, { 5, 10 } });
        Assert.Equal([(0, 3), (1, 2), (1, 3), (3, 1), (5, 3)], Found(samples, others));
    }

    /// <summary>A multiple whose numbers are rounded is one; the same among many others.</summary>
    [Fact]
    public void Rounded_multiples_are_found_among_many_samples()
    {
        var random = new Random(3);
        double[,] rows = new double[400, 50];
        for (int i = 0; i < 400; i++)
        {
            double factor = Math.Exp(20 * random.NextDouble() - 10);
            for (int j = 0; j < 50; j++) rows[i, j] = i % 4 == 3 ? factor * rows[i - 2, j] : random.NextDouble() - 0.5;
        }

        using Samples samples = Samples.FromRows(rows);
        Assert.Equal([.. Enumerable.Range(0, 100).Select(i => (4 * i + 1, 4 * i + 3))], Found(samples, null));
    }

    private static (int, int)[] Found(Samples left, Samples? right) =>
        [.. ParallelSamples.Pairs(left, right).Select(pair => ((int)pair.Left, (int)pair.Right)).Order()];
}
