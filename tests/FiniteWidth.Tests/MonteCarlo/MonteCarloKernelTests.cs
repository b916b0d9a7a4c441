using InfiniteNtk.Compositional;
using InfiniteNtk.FiniteWidth.EmpiricalKernels;
using InfiniteNtk.FiniteWidth.MonteCarlo;
using InfiniteNtk.FiniteWidth.Sampling;
using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Matrices;
using Xunit;
using static InfiniteNtk.Compositional.Layers;

namespace InfiniteNtk.FiniteWidth.Tests.MonteCarlo;

public sealed class MonteCarloKernelTests
{
    private static readonly Network _network = new Widths(24, 24).ApplyTo(Dense(1.4, 0.2) >> Relu >> Dense(1.1, 0.1));

    [Fact]
    public void It_is_the_mean_of_the_kernels_of_its_draws()
    {
        using Samples x = LayerKinds.Inputs("dense", 3, 1);
        MonteCarloKernel estimate = MonteCarloKernel.Estimate(_network, x, null, new() { Seed = 4, Draws = 5 });
        double nngp = 0, ntk = 0;
        for (uint draw = 0; draw < 5; draw++)
        {
            FiniteNetwork<double> network = FiniteNetwork.Sample(_network, x.Shape, 4, new() { Draw = draw });
            using KernelMatrix<double> k = EmpiricalNngp.Compute(network, x);
            using EmpiricalNtk t = EmpiricalNtk.Compute(network, x, directions: OutputDirections.First(4));
            nngp += k[0, 2] / 5;
            ntk += t.Total[0, 2] / 5;
        }

        Assert.Equal(nngp, estimate.Nngp!.Mean(0, 2), 1e-13);
        Assert.Equal(ntk, estimate.Ntk!.Mean(0, 2), 1e-13);
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
