using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

/// <summary>A square tap sum and the rectifier after it run as one loop for pairs, and as two for samples with themselves.</summary>
public class JoinedStepsTests
{
    private static readonly AxisWindow _high = new(5, 5, 3, 1, 1), _wide = new(7, 7, 3, 1, 1);

    /// <summary>Who reads what lies between the two: nobody else, the other branch of a block, a sum over more planes, a later level.</summary>
    private static readonly Dictionary<string, Step[]> _ends = new()
    {
        ["nobody"] = [new Dual(2, 1, new Relu()), Taps(3, 2), new Dual(4, 3, new AbRelu(-0.3, 1)), Pool(5, 4)],
        ["branch"] =
        [
            new Dual(2, 1, new Relu()), Taps(3, 2), new Combine(4, [1, 3], [0.7, 1.5]), new Dual(5, 4, new Relu()), Taps(6, 5),
            new Combine(7, [6, 4], [1.2, 0.9]), new Dual(8, 7, new Relu()), Pool(9, 8),
        ],
        ["more planes"] = [new Dual(2, 1, new Relu()), new FlattenPositions(3, 2), Pool(4, 1), new Combine(5, [3, 4], [1, 1])],
        ["later level"] =
        [
            new Dual(2, 1, new Relu()),
            new MixPositions(3, 2, [new PoolAxis(_high, PoolDivisor.TapsInside), new PoolAxis(_wide, PoolDivisor.TapsInside)]),
            new Combine(4, [1, 3], [1, 1]), Pool(5, 4),
        ],
    };

    public static TheoryData<string, int, bool> Cases()
    {
        var cases = new TheoryData<string, int, bool>();
        foreach (string reader in _ends.Keys)
        {
            foreach (int channels in (int[])[1, 3])
            {
                cases.Add(reader, channels, true);
                cases.Add(reader, channels, false);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Joined_steps_are_the_steps(string reader, int channels, bool sameBias)
    {
        var shape = new SampleShape([5, 7], channels);
        var program = new KernelProgram(
            shape, [new InputProduct(0, false), new TapSum(1, 0, [_high, _wide], 2, 0.1, 2, sameBias ? 0.1 : 0.3), .. _ends[reader]]);
        using var left = new Samples(KernelMatrix<double>.From(ProgramGenerator.Rows(new Random(3), 5, shape.Size)), shape);
        using var right = new Samples(KernelMatrix<double>.From(ProgramGenerator.Rows(new Random(4), 19, shape.Size)), shape);
        using KernelPair<double> exact = new ReferenceExecutor().Run<double>(new KernelRequest(program, left, right));
        var together = new ExecutionOptions { TileSize = 16 };
        using KernelPair<double> both = new CpuExecutor().Run<double>(new KernelRequest(program, left, right), together);
        using KernelPair<double> nngp = new CpuExecutor().Run<double>(new KernelRequest(program, left, right, KernelOutputs.Nngp));
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < 19; j++)
            {
                Assert.Equal(both.Nngp[i, j], nngp.Nngp[i, j]);
                Assert.Equal(1, both.Nngp[i, j] / exact.Nngp[i, j], 1e-12);
                Assert.Equal(1, both.Ntk[i, j] / exact.Ntk[i, j], 1e-12);
            }
        }
    }

    private static TapSum Taps(int target, int source) => new(target, source, [_high, _wide], 2, 0.1, 2, 0.1);

    private static MixPositions Pool(int target, int source) => new(target, source, [new GlobalPoolAxis(5, true), new GlobalPoolAxis(7, true)]);
}
