using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.FiniteWidth.Tests.MonteCarlo;

public sealed class MonteCarloKernelTests
{
    private static readonly Network _network = new Widths(24, 24).ApplyTo(Dense(1.4, 0.2) >> Relu >> Dense(1.1, 0.1));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public void It_is_the_mean_of_the_kernels_of_its_draws(int outputs)
    {
        using Samples x = LayerKinds.Inputs("dense", 3, 1);
        MonteCarloKernel estimate = MonteCarloKernel.Estimate(_network, x, null, new() { Seed = 4, Draws = 5, NtkOutputs = outputs });
        double nngp = 0, ntk = 0;
        for (uint draw = 0; draw < 5; draw++)
        {
            FiniteNetwork<double> network = FiniteNetwork.Sample(_network, x.Shape, 4, new() { Draw = draw });
            using KernelMatrix<double> k = EmpiricalNngp.Compute(network, x);
            using EmpiricalNtk t = EmpiricalNtk.Compute(network, x, directions: OutputDirections.First(outputs));
            nngp += k[0, 2] / 5;
            ntk += t.Total[0, 2] / 5;
        }

        Assert.Equal(nngp, estimate.Nngp!.Mean(0, 2), 1e-13);
        Assert.Equal(ntk, estimate.Ntk!.Mean(0, 2), 1e-13);
    }

    /// <summary>With dropout, whose masks belong to sample numbers: right samples are numbered after the left ones.</summary>
    [Fact]
    public void A_cross_kernel_is_a_block_of_the_joint_one()
    {
        Network dropped = new Widths(24, 24).ApplyTo(Dense(1.4, 0.2) >> Relu >> Dropout(0.6) >> Dense(1.1, 0.1));
        using Samples all = LayerKinds.Inputs("dense", 5, 1), left = LayerKinds.Part(all, 0, 2), right = LayerKinds.Part(all, 2, 3);
        MonteCarloKernel joint = MonteCarloKernel.Estimate(dropped, all, null, new() { Draws = 6 });
        MonteCarloKernel cross = MonteCarloKernel.Estimate(dropped, left, right, new() { Draws = 6 });
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(joint.Nngp!.Mean(i, 2 + j), cross.Nngp!.Mean(i, j));
                Assert.Equal(joint.Ntk!.Mean(i, 2 + j), cross.Ntk!.Mean(i, j));
            }
        }
    }

    [Fact]
    public void Threads_change_no_bit_and_longer_runs_continue_shorter_ones()
    {
        using Samples x = LayerKinds.Inputs("dense", 3, 1);
        MonteCarloKernel one = MonteCarloKernel.Estimate(_network, x, null, new() { Draws = 70, Threads = 1 });
        MonteCarloKernel three = MonteCarloKernel.Estimate(_network, x, null, new() { Draws = 70, Threads = 3 });
        MonteCarloKernel precise = MonteCarloKernel.Estimate(_network, x, null, new() { Draws = 70, Threads = 2, Precision = 1e-9 });
        foreach (MonteCarloKernel other in new[] { three, precise })
        {
            Assert.Equal(one.Ntk!.Mean(1, 2), other.Ntk!.Mean(1, 2));
            Assert.Equal(one.Nngp!.Variance(1, 2), other.Nngp!.Variance(1, 2));
        }
    }

    /// <summary>Precise at 40 draws but not at 32: only multiples of 32 are looked at, wherever a run was taken up again.</summary>
    [Fact]
    public void A_run_that_is_continued_stops_where_the_whole_one_does()
    {
        using Samples x = LayerKinds.Inputs("dense", 3, 1);
        double at32 = Error(32), at40 = Error(40);
        Assert.True(at40 < at32);
        var options = new MonteCarloOptions { Seed = 2, Draws = 5000, Precision = (at32 + at40) / 2 };
        MonteCarloKernel whole = MonteCarloKernel.Estimate(_network, x, null, options), parts = MonteCarloKernel.Estimate(_network, x, null, options with { Draws = 40 });
        Assert.Equal(40, parts.Draws);
        parts.Continue(5000);
        Assert.Equal((0, whole.Draws), (whole.Draws % 32, parts.Draws));
        Assert.Equal(whole.Ntk!.Mean(0, 1), parts.Ntk!.Mean(0, 1));

        double Error(int draws)
        {
            MonteCarloKernel seen = MonteCarloKernel.Estimate(_network, x, null, new() { Seed = 2, Draws = draws });
            return Math.Max(seen.Nngp!.LargestRelativeError(), seen.Ntk!.LargestRelativeError());
        }
    }

    [Fact]
    public void It_stops_when_it_is_precise_enough()
    {
        using Samples x = LayerKinds.Inputs("dense", 3, 1);
        MonteCarloKernel estimate = MonteCarloKernel.Estimate(
            _network, x, null, new() { Draws = 5000, Precision = 0.05, Outputs = KernelOutputs.Nngp });
        Assert.InRange(estimate.Nngp!.LargestRelativeError(), 0.02, 0.05);
        Assert.InRange(estimate.Draws, 32, 4999);
        Assert.Null(estimate.Ntk);
    }

    /// <summary>A network of a megabyte fits any memory, and no sixteen-millionth of one.</summary>
    [Fact]
    public void The_free_memory_is_shared_among_the_threads()
    {
        using Samples x = LayerKinds.Inputs("dense", 2, 1);
        Network wide = new Widths(400, 4).ApplyTo(Dense() >> Relu >> Dense() >> Relu >> Dense());
        Assert.Equal(2, MonteCarloKernel.Estimate(wide, x, null, new() { Draws = 2, Threads = 1 }).Draws);
        Assert.Throws<MemoryBudgetException>(() => MonteCarloKernel.Estimate(wide, x, null, new() { Draws = 2, Threads = 1 << 24 }));
        Assert.Equal(2, MonteCarloKernel.Estimate(wide, x, null, new() { Draws = 2, Threads = 1 << 24, MemoryBudget = 1 << 24 }).Draws);
    }

    [Fact]
    public void Widths_are_taken_as_by_sampling()
    {
        using Samples x = LayerKinds.Inputs("dense", 3, 1);
        Network network = Dense(1.4, 0.2) >> Relu >> Dense(1.1, 0.1);
        var options = new MonteCarloOptions { Draws = 5 };
        MonteCarloKernel one = MonteCarloKernel.Estimate(_network, x, null, options), other = MonteCarloKernel.Estimate(network, new Widths(24, 24), x, null, options);
        Assert.Equal(one.Ntk!.Mean(0, 2), other.Ntk!.Mean(0, 2));
        Assert.StartsWith($"5 draws of {_network}: NNGP 3 × 3 to ", other.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_tells_its_draws_and_keeps_finished_rounds_when_it_is_stopped()
    {
        using Samples x = LayerKinds.Inputs("dense", 3, 1);
        var seen = new Reports();
        MonteCarloKernel whole = MonteCarloKernel.Estimate(_network, x, null, new() { Draws = 70, Progress = seen });
        Assert.Equal([0, 32, 64, 70], seen.All.Select(step => (int)step.Done));
        Assert.All(seen.All, step => Assert.Equal(70, step.Total));
        using var source = new CancellationTokenSource();
        MonteCarloKernel stopped = MonteCarloKernel.Estimate(_network, x, null, new() { Draws = 2, Cancellation = source.Token, Progress = new Reports(step => { if (step.Done == 64) source.Cancel(); }) });
        Assert.ThrowsAny<OperationCanceledException>(() => stopped.Continue(70));
        Assert.Equal(64, stopped.Draws);
        Assert.NotEqual(whole.Ntk!.Mean(0, 1), stopped.Ntk!.Mean(0, 1));
    }

    [Fact]
    public void Bad_requests_are_refused()
    {
        using Samples x = LayerKinds.Inputs("dense", 3, 1);
        Assert.Throws<InvalidArgumentException>(() => MonteCarloKernel.Estimate(_network, x, null, new() { Draws = 1 }));
        Assert.Throws<InvalidArgumentException>(() => MonteCarloKernel.Estimate(_network, x, null, new() { Outputs = 0 }));
        Assert.Throws<InvalidArgumentException>(() => MonteCarloKernel.Estimate(_network, x, x, new() { Precision = 0.1 }));
        Assert.Throws<InvalidArgumentException>(() => MonteCarloKernel.Estimate(Relu >> Dense(), x, null, new() { Draws = 9, Threads = 3 }));
        Assert.Throws<MemoryBudgetException>(() => MonteCarloKernel.Estimate(_network, x, null, new() { MemoryBudget = 100 }));
    }
}
