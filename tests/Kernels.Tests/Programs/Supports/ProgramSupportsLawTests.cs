using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Supports;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Programs.Supports;

/// <summary>The law of supports: what lies outside them is not read. Every such number is replaced by NaN.</summary>
public class ProgramSupportsLawTests
{
    [Fact]
    public void Nothing_outside_the_supports_reaches_the_output() => ForAll((program, x, y) =>
    {
        ProgramSupports supports = ProgramSupports.Of(program);
        AssertSame(PoisonedRecursion.Run(program, x, y, null), PoisonedRecursion.Run(program, x, y, supports));
    });

    [Fact]
    public void The_self_side_alone_gives_the_diagonal() => ForAll((program, x, _) =>
    {
        ProgramSupports supports = ProgramSupports.Of(program, diagonal: true);
        AssertSame(PoisonedRecursion.Self(program, x, null)[^1], PoisonedRecursion.Self(program, x, supports.Self)[^1]);
    });

    [Fact]
    public void Registers_without_support_are_those_that_the_output_does_not_reach() => ForAll((program, _, _) =>
    {
        ProgramSupports supports = ProgramSupports.Of(program);
        KernelProgram simplified = ProgramSimplifier.Simplify(program with { Steps = Unfusable(program) });
        Assert.Equal(simplified.Steps.Count, supports.Cross.Count(support => support is not null));
        Assert.All(supports.Cross.Zip(supports.Self), both => Assert.True(both.First is not null || both.Second is null));
    });

    private static void ForAll(Action<KernelProgram, double[], double[]> law) => Prop.ForAll(
        SpatialProgramGenerator.Cases(),
        sample =>
        {
            double[,] rows = ProgramGenerator.Rows(new Random(sample.Left.Length), 2, sample.Program.Input.Size);
            law(sample.Program, [.. Row(rows, 0)], [.. Row(rows, 1)]);
        }).Check(RandomCases.Of(1000, 130));

    private static IEnumerable<double> Row(double[,] rows, int row) => Enumerable.Range(0, rows.GetLength(1)).Select(column => rows[row, column]);

    private static ValueList<Step> Unfusable(KernelProgram program) =>
        program.Steps.Select(step => step is Affine affine ? new Drop(affine.Target, affine.Source, 1) : step).ToValueList();

    private static void AssertSame(PairState expected, PairState actual)
    {
        Assert.Equal(expected.K[0, 0], actual.K[0, 0]);
        Assert.Equal(expected.Theta[0, 0], actual.Theta[0, 0]);
    }
}
