using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Duals;

/// <summary>Variances that a Hermite series does not reach are integrated, and what is reported is what holds.</summary>
public class BeyondSeriesTests
{
    public static TheoryData<Activation, double, double, double> Pairs => new()
    {
        { new Tanh(), 3.5, 3.5, 0.4 },
        { new Tanh(), 4, 0.5, -0.96875 },
        { new Tanh(), 32, 3, 0.75 },
        { new Tanh(), 1024, 768, 0.96875 },
        { new Sigmoid(), 12, 2, 0.5 },
        { new Sigmoid(), 1024, 1, -0.5 },
        { new Softplus(), 9, 9, -0.875 },
        { new Softplus(), 512, 1024, 0.5 },
        { new Swish(), 16, 1, 0.96875 },
        { new Swish(), 256, 256, 1 },
        { new Tanh(), 64, 64, -1 },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Large_variances_agree_with_independent_quadrature(Activation activation, double a, double b, double rho)
    {
        DualValue<double> expected = PolarOracle.Dual(activation, a, b, rho), actual = DualAt.Double(activation, a * a, b * b, rho * a * b);
        DualValue<double> scale = DualLaws.Scale(activation, a * a, b * b);
        Assert.InRange(Math.Abs(actual.Kappa - expected.Kappa) / scale.Kappa, 0, 1e-8);
        Assert.InRange(Math.Abs(actual.KappaDot - expected.KappaDot) / scale.KappaDot, 0, 1e-8);
    }

    /// <summary>Entries with such a sample and others in the same vectors, alone and over positions, in every executor.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_kernel_of_small_and_large_samples_is_that_of_the_reference(bool positions)
    {
        (KernelProgram program, Samples samples) = Case(positions, 30);
        using (samples)
        {
            var request = new KernelRequest(program, samples);
            using KernelPair<double> reference = new ReferenceExecutor().Run<double>(request), cpu = new CpuExecutor().Run<double>(request);
            using KernelPair<double> tiled = new CpuExecutor().Run<double>(request, new ExecutionOptions { TileSize = 24, Threads = 3 });
            using KernelPair<float> single = new CpuExecutor().Run<float>(request);
            using KernelPair<double> diagonal = new CpuExecutor().Diagonal<double>(request);
            for (int i = 0; i < samples.Count; i++)
            {
                Assert.Equal(cpu.Nngp[i, i], diagonal.Nngp[i, 0]);
                Assert.Equal(cpu.Ntk[i, i], diagonal.Ntk[i, 0]);
                for (int j = 0; j < samples.Count; j++)
                {
                    Assert.Equal(reference.Nngp[i, j], cpu.Nngp[i, j], 1e-12);
                    Assert.Equal(reference.Ntk[i, j], cpu.Ntk[i, j], 1e-11);
                    Assert.Equal(cpu.Nngp[i, j], tiled.Nngp[i, j]);
                    Assert.Equal(cpu.Ntk[i, j], tiled.Ntk[i, j]);
                    Assert.Equal(cpu.Nngp[i, j], cpu.Nngp[j, i]);
                    Assert.Equal(cpu.Nngp[i, j], single.Nngp[i, j], 1e-5);
                    Assert.Equal(cpu.Ntk[i, j], single.Ntk[i, j], 1e-2);
                }
            }

            Assert.Equal(1e-8, cpu.Report.DualError);
            Assert.Equal(reference.Report.DualError, cpu.Report.DualError, 1e-14);
            Assert.Equal(reference.Report.IntegratedVariance, cpu.Report.IntegratedVariance, 1e-9);
            Assert.True(cpu.Report.IntegratedVariance > 100);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_large_variances_nothing_is_integrated(bool positions)
    {
        (KernelProgram program, Samples samples) = Case(positions, 1);
        using (samples)
        {
            using KernelPair<double> cpu = new CpuExecutor().Run<double>(new KernelRequest(program, samples));
            Assert.Equal(0, cpu.Report.IntegratedVariance);
            Assert.InRange(cpu.Report.DualError, 1e-16, 1e-12);
        }
    }

    /// <summary>Softplus at variance 63: each side neglects 3.8e-9 of E φ², which is the error's bound, not its root 6.2e-5.</summary>
    [Fact]
    public void The_bound_of_a_series_is_the_product_of_both_sides()
    {
        var program = new KernelProgram(SampleShape.Features(1), [new InputProduct(0, false), new Dual(1, 0, new Softplus())]);
        using var large = new Samples(KernelMatrix<double>.From(new double[,] { { Math.Sqrt(63) }, { 1 } }), program.Input);
        using var small = new Samples(KernelMatrix<double>.From(new double[,] { { 1 } }), program.Input);
        foreach (IKernelExecutor executor in new IKernelExecutor[] { new CpuExecutor(), new ReferenceExecutor() })
        {
            using KernelPair<double> alone = executor.Run<double>(new KernelRequest(program, large)), tiny = executor.Run<double>(new KernelRequest(program, small));
            using KernelPair<double> cross = executor.Run<double>(new KernelRequest(program, small, large));
            Assert.InRange(alone.Report.DualError, 1e-9, 1e-8);
            Assert.Equal(Math.Sqrt(alone.Report.DualError * tiny.Report.DualError), cross.Report.DualError, 1e-14);
            DualValue<double> exact = PolarOracle.Dual(new Softplus(), Math.Sqrt(63), Math.Sqrt(63), 1);
            Assert.InRange(Math.Abs(alone.Nngp[0, 0] - exact.Kappa) / exact.Kappa, 0, alone.Report.DualError);
        }
    }

    [Fact]
    public void The_reference_states_the_accuracy_of_quadrature_too()
    {
        var program = new KernelProgram(SampleShape.Features(2), [new InputProduct(0, false), new Dual(1, 0, new Elu())]);
        using var samples = new Samples(KernelMatrix<double>.From(new double[,] { { 1, 2 }, { -1, 0.5 } }), program.Input);
        using KernelPair<double> reference = new ReferenceExecutor().Run<double>(new KernelRequest(program, samples));
        using KernelPair<double> cpu = new CpuExecutor().Run<double>(new KernelRequest(program, samples));
        Assert.Equal(1e-8, reference.Report.DualError);
        Assert.Equal(1e-8, cpu.Report.DualError);
        Assert.Equal(0, cpu.Report.IntegratedVariance);
    }

    [Fact]
    public void What_nothing_reaches_is_refused()
    {
        var error = Assert.Throws<NumericalFailureException>(() => DualAt.Double(new Elementwise("sin(1000*x)"), 10, 10, 5));
        Assert.Contains("sin(1000", error.Message, StringComparison.Ordinal);
    }

    // Every third sample is large.
    private static (KernelProgram Program, Samples Samples) Case(bool positions, double factor)
    {
        SampleShape shape = positions ? new SampleShape([4], 2) : SampleShape.Features(5);
        double[,] rows = ProgramGenerator.Rows(new Random(5), positions ? 9 : 26, shape.Size);
        for (int i = 0; i < rows.GetLength(0); i += 3)
        {
            for (int j = 0; j < rows.GetLength(1); j++) rows[i, j] *= factor;
        }

        ValueList<Step> steps = positions
            ? [new InputProduct(0, false), new TapSum(1, 0, [new AxisWindow(4, 4, 3, 1, 1)], 1, 0.1, 1, 0.1), new Dual(2, 1, new Tanh()), new TapSum(3, 2, [new AxisWindow(4, 4, 3, 1, 1)], 1, 0.1, 1, 0.1), new FlattenPositions(4, 3)]
            : [new InputProduct(0, false), new Affine(1, 0, 1, 0.1, 1, 0.1), new Dual(2, 1, new Tanh()), new Affine(3, 2, 1, 0.1, 1, 0.1)];
        return (new KernelProgram(shape, steps), new Samples(KernelMatrix<double>.From(rows), shape));
    }
}
