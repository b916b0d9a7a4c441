using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Reference;
using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.Compositional.Tests;

/// <summary>A positive multiple of a sample is told apart from it by nothing in a network without biases, at any depth.</summary>
public sealed class ParallelSamplesTests
{
    /// <summary>Without the rule the NTK was off by 1.8e-8 at 20 layers, 1.6e-6 at 100, 5.1e-5 at 1000.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Multiples_are_exact_at_any_depth(int depth)
    {
        using Samples samples = Of(SampleShape.Features(4)), images = Of(new SampleShape([2], 2));
        IsExact(Repeat(depth, Dense(Sqrt2) >> Relu) >> Dense(), samples);
        IsExact(Repeat(depth, Dense(1.4) >> LeakyRelu(0.1)) >> Dense() >> (Identity + (Relu >> Dense())), samples);
        IsExact(Repeat(Math.Min(depth, 100), Conv(3, weightStd: Sqrt2) >> Relu) >> GlobalAveragePool >> Dense(), images);
    }

    [Fact]
    public void Both_executors_agree_on_rectangles_too()
    {
        Network net = Repeat(200, Dense(Sqrt2) >> Relu) >> Dense();
        using Samples left = Of(SampleShape.Features(4)), right = Samples.FromRows(new double[,] { { 9, -4.5, 2.25, 18 }, { 1, 2, 3, 4 } });
        foreach (IKernelExecutor executor in (IKernelExecutor[])[new CpuExecutor(), new ReferenceExecutor()])
        {
            using KernelPair<double> pair = executor.Run<double>(new KernelRequest(net.Program(left.Shape), left, right));
            using KernelPair<double> self = executor.Diagonal<double>(new KernelRequest(net.Program(left.Shape), left));
            for (int i = 0; i < 3; i++)
            {
                double scale = 9 / left.Rows[i, 0];
                Assert.Equal(scale, pair.Nngp[i, 0] / self.Nngp[i, 0], 1e-12 * scale);
                Assert.Equal(scale, pair.Ntk[i, 0] / self.Ntk[i, 0], 1e-12 * scale);
                Assert.True(pair.Ntk[i, 1] < 0.99 * self.Ntk[i, 0] / left.Rows[i, 0] * 5);
            }
        }
    }

    /// <summary>A bias tells multiples apart, and an opposite is no positive multiple.</summary>
    [Fact]
    public void What_is_no_multiple_is_left_alone()
    {
        using Samples samples = Samples.FromRows(new double[,] { { 1, 2 }, { 3, 6 }, { 1, 2 }, { -1, -2 } });
        using KernelPair<double> pair = (Repeat(5, Dense(1, 1) >> Relu) >> Dense()).Kernels(samples);
        Assert.True(pair.Ntk[0, 1] < 0.999 * Math.Sqrt(pair.Ntk[0, 0] * pair.Ntk[1, 1]));
        using KernelPair<double> opposite = (Repeat(5, Dense() >> Relu) >> Dense()).Kernels(samples);
        Assert.True(opposite.Ntk[0, 3] < 0.9 * opposite.Ntk[0, 0]);
    }

    private static void IsExact(Network net, Samples samples)
    {
        Within<double>(net, samples, 2e-15);
        Within<float>(net, samples, 1e-6);
    }

    private static void Within<T>(Network net, Samples samples, double tolerance) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using KernelPair<T> pair = net.Kernels<T>(samples);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                foreach (KernelMatrix<T> matrix in (KernelMatrix<T>[])[pair.Nngp, pair.Ntk])
                {
                    double most = Math.Sqrt(double.CreateChecked(matrix[i, i]) * double.CreateChecked(matrix[j, j]));
                    Assert.Equal(1, double.CreateChecked(matrix[i, j]) / most, tolerance);
                }
            }
        }
    }

    private static Samples Of(SampleShape shape) => new(
        KernelMatrix<double>.From(new double[,] { { 1, -0.5, 0.25, 2 }, { 3, -1.5, 0.75, 6 }, { 7, -3.5, 1.75, 14 }, { -1, 1, 1, 1 } }), shape);
}
