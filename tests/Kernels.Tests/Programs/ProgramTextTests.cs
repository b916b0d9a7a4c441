using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Programs;

public class ProgramTextTests
{
    private static readonly KernelProgram _program = new(
        new SampleShape([2, 3], 4),
        [
            new InputProduct(0, false), new Affine(1, 0, 2, 0.01, 2, 0), new Dual(2, 1, new Erf(1, 0.1 + 0.2, 0)), new FlattenPositions(3, 2),
            new InputProduct(4, true), new Combine(5, [3, 4], [0.5, 1]), new Multiply(6, [5, 5]), new Drop(7, 6, 0.9), new Normalize(8, 7, 1e-12),
        ]);

    [Fact]
    public void A_program_is_a_numbered_listing() => Assert.Equal(
        """
        input: 2×3 positions with 4 channels
        r0 = input product
        r1 = affine r0: K = 2 K + 0.01, NTK = 2 NTK + 2 K
        r2 = dual r1: Erf(a: 1, b: 0.30000000000000004, c: 0)
        r3 = flatten r2
        r4 = input product, positions flattened
        r5 = combine 0.5 r3 + 1 r4
        r6 = multiply r5 * r5
        r7 = drop r6: keep 0.9
        r8 = normalize r7: epsilon 1E-12
        output: r8

        """,
        ProgramText.Write(_program));

    [Fact]
    public void Every_constant_of_every_step_is_in_the_text()
    {
        var window = new AxisWindow(3, 3, 3, 1, 1);
        var affine = new Affine(1, 0, 2, 3, 4, 5);
        var taps = new TapSum(1, 0, [window, window], 2, 3, 4, 5);
        var combine = new Combine(1, [0, 0], [2, 3]);
        var normalize = new Normalize(1, 0, 2);
        Step[] steps =
        [
            affine, affine with { WeightVariance = 7 }, affine with { BiasVariance = 7 }, affine with { NtkScale = 7 }, affine with { NtkShift = 7 },
            taps, taps with { WeightVariance = 7 }, taps with { BiasVariance = 7 }, taps with { NtkScale = 7 }, taps with { NtkShift = 7 }, taps with { Local = true },
            taps with { Axes = [window, window with { Filter = 2 }] }, taps with { Axes = [window, window with { Stride = 2 }] },
            taps with { Axes = [window, window with { Low = 0 }] }, taps with { Axes = [window, window with { Circular = true }] },
            combine, combine with { Weights = [7, 3] }, combine with { Weights = [2, 7] }, normalize, normalize with { Epsilon = 7 }, normalize with { MeanAxes = [1] },
            new Drop(1, 0, 0.5), new Drop(1, 0, 0.7), new Multiply(1, [0]), new Multiply(1, [0, 0]), new Dual(1, 0, new Erf(1, 2, 3)), new Dual(1, 0, new Erf(1, 2, 7)),
        ];
        var input = new SampleShape([3, 3], 1);
        string[] texts = [.. steps.Select(step => ProgramText.Write(new KernelProgram(input, [new InputProduct(0, false), step])))];
        Assert.Equal(texts.Length, texts.Distinct().Count());
    }

    [Fact]
    public void Equal_programs_have_equal_hashes_and_the_last_bit_of_a_constant_counts()
    {
        KernelProgram same = _program with { Steps = [.. _program.Steps] };
        KernelProgram other = _program with { Steps = [.. _program.Steps.Select(step => step is Drop drop ? drop with { KeepProbability = Math.BitIncrement(0.9) } : step)] };
        Assert.Equal(ProgramText.Hash(_program), ProgramText.Hash(same));
        Assert.NotEqual(ProgramText.Hash(_program), ProgramText.Hash(other));
        Assert.Matches("^[0-9a-f]{64}$", ProgramText.Hash(_program));
    }
}
