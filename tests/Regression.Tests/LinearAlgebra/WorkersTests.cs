using InfiniteNtk.Regression.LinearAlgebra;
using Xunit;

namespace InfiniteNtk.Regression.Tests.LinearAlgebra;

public sealed class WorkersTests
{
    /// <summary>The barrier makes both fail: neither saw the other's failure before.</summary>
    [Fact]
    public void Two_failing_threads_are_one_failure()
    {
        using var together = new Barrier(2);
        NumericalFailureException failure = Assert.Throws<NumericalFailureException>(() => new Workers(2).Run(2, i =>
        {
            together.SignalAndWait(TimeSpan.FromSeconds(30));
            throw new NumericalFailureException("Cannot do this", $"piece {i}", "another", "Pass another");
        }));
        Assert.Contains("piece", failure.Message, StringComparison.Ordinal);
    }
}
