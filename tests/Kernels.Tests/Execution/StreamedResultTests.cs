using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

public class StreamedResultTests
{
    /// <summary>Enough samples that the result is written past the cache.</summary>
    private const int Count = 2968;

    [Fact]
    public void A_result_written_past_the_cache_has_the_bits_of_one_written_through_it()
    {
        var program = new KernelProgram(
            SampleShape.Features(5), [new InputProduct(0, false), new Affine(1, 0, 2, 0.1, 2, 0.1), new Dual(2, 1, new Relu())]);
        double[,] rows = ProgramGenerator.Rows(new Random(3), Count, 5), first = new double[100, 5], last = new double[100, 5];
        Array.Copy(rows, first, first.Length);
        Array.Copy(rows, rows.Length - last.Length, last, 0, last.Length);
        using Samples all = Samples.FromRows(rows), head = Samples.FromRows(first), tail = Samples.FromRows(last);
        using KernelPair<double> whole = new CpuExecutor().Run<double>(new KernelRequest(program, all));
        using KernelPair<double> corner = new CpuExecutor().Run<double>(new KernelRequest(program, head, tail));
        for (int i = 0; i < 100; i++)
        {
            for (int j = 0; j < 100; j++)
            {
                Assert.Equal(corner.Nngp[i, j], whole.Nngp[i, Count - 100 + j]);
                Assert.Equal(corner.Ntk[i, j], whole.Ntk[Count - 100 + j, i]);
            }
        }

        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (whole.Nngp[i, j] != whole.Nngp[j, i]) Assert.Fail($"entry ({i}, {j}) is not its mirror image");
            }
        }
    }
}
