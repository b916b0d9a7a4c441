using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Programs;

public class ProgramSimplifierTests
{
    [Fact]
    public void Affine_steps_fuse_and_unread_registers_go()
    {
        var program = new KernelProgram(
            SampleShape.Features(5),
            [
                new InputProduct(0, false), new Dual(1, 0, new Relu()), new Affine(2, 0, 2, 3, 5, 7), new Affine(3, 2, 11, 13, 17, 19),
                new Dual(4, 3, new Relu()),
            ]);
        Step[] expected =
        [
            new InputProduct(0, false), new Affine(1, 0, 22, 11 * 3 + 13, 11 * 5 + 17 * 2, 11 * 7 + 17 * 3 + 19), new Dual(2, 1, new Relu()),
        ];
        Assert.Equal(expected, ProgramSimplifier.Simplify(program).Steps);
    }

    [Fact]
    public void An_affine_step_that_others_read_stays()
    {
        var program = new KernelProgram(
            SampleShape.Features(5),
            [new InputProduct(0, false), new Affine(1, 0, 2, 3, 5, 7), new Affine(2, 1, 11, 13, 17, 19), new Multiply(3, [1, 2])]);
        Assert.Equal(program, ProgramSimplifier.Simplify(program));
    }

    [Fact]
    public void A_reader_that_the_output_does_not_need_prevents_nothing()
    {
        var program = new KernelProgram(
            SampleShape.Features(5),
            [new InputProduct(0, false), new Affine(1, 0, 2, 3, 5, 7), new Dual(2, 1, new Relu()), new Affine(3, 1, 11, 13, 17, 19)]);
        Assert.Equal(2, ProgramSimplifier.Simplify(program).Steps.Count);
    }

    [Fact]
    public void Simplifying_keeps_the_meaning_and_repeats_itself() =>
        Prop.ForAll(ProgramGenerator.Cases(6), sample =>
        {
            KernelProgram simple = ProgramSimplifier.Simplify(sample.Program);
            ProgramVerifier.Verify(simple);
            Assert.Equal(simple, ProgramSimplifier.Simplify(simple));
            using KernelPair<double> expected = new ReferenceExecutor().Run<double>(sample.Symmetric());
            using KernelPair<double> actual = new ReferenceExecutor().Run<double>((sample with { Program = simple }).Symmetric());
            for (nint i = 0; i < expected.Ntk.Rows; i++)
            {
                for (nint j = 0; j < expected.Ntk.Rows; j++)
                {
                    double scale = 1e-12 * Math.Sqrt(expected.Ntk[i, i] * expected.Ntk[j, j]);
                    Assert.InRange(actual.Ntk[i, j] - expected.Ntk[i, j], -scale, scale);
                    scale = 1e-12 * Math.Sqrt(expected.Nngp[i, i] * expected.Nngp[j, j]);
                    Assert.InRange(actual.Nngp[i, j] - expected.Nngp[i, j], -scale, scale);
                }
            }
        }).Check(RandomCases.Of(100, 77));
}
