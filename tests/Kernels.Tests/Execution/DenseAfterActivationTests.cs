using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Programs;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

/// <summary>An activation and the dense layer that alone reads it run as one loop; with a second reader they run as two.</summary>
public class DenseAfterActivationTests
{
    public static TheoryData<Activation> Activations => [new Relu(), new Erf(), new Sin(), new Tanh()];

    [Theory]
    [MemberData(nameof(Activations))]
    public void A_second_reader_of_an_activation_changes_no_bit(Activation activation)
    {
        RequireSameBits<double>(activation);
        RequireSameBits<float>(activation);
    }

    private static void RequireSameBits<T>(Activation activation) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using var samples = new Samples(RandomRows(61, 7), SampleShape.Features(7));
        Step[] alone =
        [
            new InputProduct(0, false), new Affine(1, 0, 1.5, 0.1, 1.5, 0.1), new Dual(2, 1, activation), new Affine(3, 2, 2, 0.2, 2, 0.2),
        ];
        Step[] shared = [.. alone, new Combine(4, [3, 2], [1, 0])];
        var executor = new CpuExecutor();
        using KernelPair<T> one = executor.Run<T>(new KernelRequest(new KernelProgram(SampleShape.Features(7), [.. alone]), samples));
        using KernelPair<T> two = executor.Run<T>(new KernelRequest(new KernelProgram(SampleShape.Features(7), [.. shared]), samples));
        for (int i = 0; i < 61; i++)
        {
            for (int j = 0; j < 61; j++)
            {
                Assert.Equal(two.Nngp![i, j], one.Nngp![i, j]);
                Assert.Equal(two.Ntk![i, j], one.Ntk![i, j]);
            }
        }
    }

    private static KernelMatrix<double> RandomRows(int rows, int columns)
    {
        var random = new Random(4);
        var matrix = new KernelMatrix<double>(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) matrix[i, j] = random.NextDouble() - 0.5;
        }

        return matrix;
    }
}
