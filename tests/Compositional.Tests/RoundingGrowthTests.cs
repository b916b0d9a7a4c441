using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.Compositional.Tests;

/// <summary>How a network enlarges small differences: against what its own kernel does to samples at a small angle, and against closed forms.</summary>
public sealed class RoundingGrowthTests
{
    [Fact]
    public void It_is_what_the_kernel_does_to_samples_that_nearly_coincide()
    {
        double small = Math.Pow(2, -12);
        using Samples samples = Samples.FromRows(new[,] { { 1, 0.5 }, { 1 - small, 0.5 + 2 * small } });
        foreach (Network net in (Network[])[
            Repeat(4, Dense(3) >> Erf()) >> Dense(), Repeat(6, Dense(1.5) >> Sin()) >> Dense(),
            Dense(2) >> Sin() >> Dense() >> (Identity + (Erf() >> Dense(2)))])
        {
            using KernelPair<double> pair = net.Kernels(samples);
            double before = Gap(1.25, 1.25 + 5 * small * small, 1.25), after = Gap(pair.Nngp[0, 0], pair.Nngp[1, 1], pair.Nngp[0, 1]);
            Assert.NotNull(pair.Report.Growth);
            Assert.InRange(pair.Report.Growth.Factor / (after / before), 0.97, 1.03);
        }

        // 1 − ρ.
        static double Gap(double p, double q, double k) => (p * q - k * k) / (p * q) / 2;
    }

    [Fact]
    public void Critical_rectifiers_do_not_enlarge_and_jumps_enlarge_most()
    {
        Assert.Equal(1, Growth(Repeat(1000, Dense(Sqrt2) >> Relu) >> Dense()).Factor, 1e-9);
        Assert.InRange(Growth(Repeat(30, Dense(0.5, 0.5) >> Erf()) >> Dense()).Factor, 1, 1.1);
        Assert.InRange(Growth(Repeat(2, Dense() >> Sign) >> Dense()).Factor, 1e6, 1e9);
        Assert.Equal(30, Growth(Repeat(30, Dense(3) >> Erf()) >> Dense()).Depth);
    }

    /// <summary>A warning depends on the precision, and a kernel carries its own.</summary>
    [Fact]
    public void Growth_beyond_the_precision_is_warned_of()
    {
        RoundingGrowth growth = Growth(Repeat(30, Dense(3) >> Erf()) >> Dense());
        Assert.InRange(growth.Factor, 1 / 1.2e-7, 1 / 2.3e-16);
        Assert.Contains("of float32", growth.Warning("float32"), StringComparison.Ordinal);
        Assert.Null(growth.Warning("float64"));
        using Samples samples = Samples.FromRows(new double[,] { { 1, 2 }, { 3, 1 } });
        using KernelPair<double> deep = (Repeat(100, Dense(3) >> Erf()) >> Dense()).Kernels(samples, outputs: KernelOutputs.Nngp);
        Assert.Contains("chaotic", Assert.Single(deep.Report.Warnings), StringComparison.Ordinal);
        using KernelPair<double> shallow = (Dense(3) >> Erf() >> Dense()).Kernels(samples);
        Assert.Empty(shallow.Report.Warnings);
    }

    /// <summary>An image that is the same everywhere grows like its pixels.</summary>
    [Fact]
    public void Positions_count_as_one()
    {
        var shape = new SampleShape([5], 3);
        RoundingGrowth? spatial = RoundingGrowth.Of((Repeat(4, Conv(3, weightStd: 3) >> Erf()) >> GlobalAveragePool >> Dense()).Program(shape), 1);
        Assert.Equal(Growth(Repeat(4, Dense(3) >> Erf()) >> Dense()).Factor, spatial!.Factor, 1e-9);
        Assert.Null(RoundingGrowth.Of((Flatten >> Dense(30) >> Exp() >> Dense()).Program(shape), 1));
    }

    private static RoundingGrowth Growth(Network net) => RoundingGrowth.Of(net.Program(SampleShape.Features(2)), 1)!;
}
