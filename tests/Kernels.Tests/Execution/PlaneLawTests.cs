using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Supports;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

/// <summary>What the plane executor promises of any program over positions.</summary>
public class PlaneLawTests
{
    [Fact]
    public void Planes_agree_with_the_reference_pair_by_pair() => ForAll(400, sample =>
    {
        foreach (KernelRequest request in new[] { sample.Symmetric(), sample.Cross() })
        {
            using KernelPair<double> expected = new ReferenceExecutor().Run<double>(request), actual = Run<double>(request);
            RequireClose(expected.Nngp, actual.Nngp, 1e-12);
            RequireClose(expected.Ntk, actual.Ntk, 1e-12);
        }
    });

    [Fact]
    public void Threads_and_tiles_change_no_bit() => ForAll(100, sample =>
    {
        foreach (KernelRequest request in new[] { sample.Symmetric(), sample.Cross() })
        {
            using KernelPair<double> one = Run<double>(request, new ExecutionOptions { Threads = 1 });
            using KernelPair<double> many = Run<double>(request, new ExecutionOptions { Threads = 3, TileSize = 1 });
            RequireEqual(one, many);
            using KernelPair<float> oneSingle = Run<float>(request, new ExecutionOptions { Threads = 2, TileSize = 24 });
            using KernelPair<float> manySingle = Run<float>(request, new ExecutionOptions { Threads = 1, TileSize = 3 });
            RequireEqual(oneSingle, manySingle);
        }
    }, largestCount: 20);

    [Fact]
    public void A_symmetric_kernel_is_that_of_the_samples_with_copies_of_themselves() => ForAll(150, sample =>
    {
        using KernelPair<double> symmetric = Run<double>(sample.Symmetric());
        using KernelPair<double> cross = Run<double>((sample with { Right = sample.Left }).Cross());
        for (int i = 0; i < sample.Left.GetLength(0); i++)
        {
            for (int j = sample.HasDropout ? i + 1 : i; j < sample.Left.GetLength(0); j++)
            {
                Assert.Equal(cross.Nngp[i, j], symmetric.Nngp[i, j]);
                Assert.Equal(cross.Ntk[i, j], symmetric.Ntk[i, j]);
                Assert.Equal(symmetric.Nngp[j, i], symmetric.Nngp[i, j]);
                Assert.Equal(symmetric.Ntk[j, i], symmetric.Ntk[i, j]);
            }
        }
    });

    /// <summary>Bit for bit; on rings, where the entries of a plane have no first one, to rounding.</summary>
    [Fact]
    public void Exchanging_sides_transposes() => ForAll(150, sample =>
    {
        double tolerance = HasRings(sample.Program) ? 1e-4 : 0;
        using KernelPair<float> straight = Run<float>(sample.Cross());
        using KernelPair<float> turned = Run<float>((sample with { Left = sample.Right, Right = sample.Left }).Cross());
        for (int i = 0; i < sample.Left.GetLength(0); i++)
        {
            for (int j = 0; j < sample.Right.GetLength(0); j++)
            {
                RequireNear(straight.Nngp[i, j], turned.Nngp[j, i], tolerance);
                RequireNear(straight.Ntk[i, j], turned.Ntk[j, i], tolerance);
            }
        }
    });

    [Fact]
    public void The_diagonal_alone_has_the_bits_of_the_matrix() => ForAll(150, sample =>
    {
        using KernelPair<double> whole = Run<double>(sample.Symmetric()), diagonal = new CpuExecutor().Diagonal<double>(sample.Symmetric());
        for (int i = 0; i < sample.Left.GetLength(0); i++)
        {
            Assert.Equal(whole.Nngp[i, i], diagonal.Nngp[i, 0]);
            Assert.Equal(whole.Ntk[i, i], diagonal.Ntk[i, 0]);
        }
    });

    [Fact]
    public void One_kernel_alone_has_the_bits_of_both_together() => ForAll(100, sample =>
    {
        using KernelPair<double> both = Run<double>(sample.Symmetric());
        using KernelPair<double> nngp = Run<double>(sample.Symmetric(KernelOutputs.Nngp)), ntk = Run<double>(sample.Symmetric(KernelOutputs.Ntk));
        RequireEqual(both.Nngp, nngp.Nngp);
        RequireEqual(both.Ntk, ntk.Ntk);
    });

    private static bool HasRings(KernelProgram program) =>
        ProgramSupports.Of(ProgramSimplifier.Simplify(program)).Cross.Any(support => support!.Axes.Any(axis => axis.Cyclic));

    private static void RequireNear(float expected, float actual, double tolerance) =>
        Assert.InRange(actual, expected - tolerance * Math.Max(Math.Abs(expected), 0.01), expected + tolerance * Math.Max(Math.Abs(expected), 0.01));

    private static KernelPair<T> Run<T>(KernelRequest request, ExecutionOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new CpuExecutor().Run<T>(request, options);

    private static void ForAll(int tests, Action<ProgramCase> law, int largestCount = 5) =>
        Prop.ForAll(SpatialProgramGenerator.Cases(largestCount), law).Check(RandomCases.Of(tests, 120));

    private static void RequireEqual<T>(KernelPair<T> expected, KernelPair<T> actual) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireEqual(expected.Nngp, actual.Nngp);
        RequireEqual(expected.Ntk, actual.Ntk);
    }

    private static void RequireEqual<T>(KernelMatrix<T> expected, KernelMatrix<T> actual) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (nint i = 0; i < expected.Rows; i++)
        {
            for (nint j = 0; j < expected.Columns; j++) Assert.Equal(expected[i, j], actual[i, j]);
        }
    }

    /// <summary>The largest difference, relative to the largest entry.</summary>
    private static void RequireClose(KernelMatrix<double> expected, KernelMatrix<double> actual, double tolerance)
    {
        Assert.Equal((expected.Rows, expected.Columns, expected.Structure), (actual.Rows, actual.Columns, actual.Structure));
        double largest = 0, difference = 0;
        for (nint i = 0; i < expected.Rows; i++)
        {
            for (nint j = 0; j < expected.Columns; j++)
            {
                Assert.True(double.IsFinite(actual[i, j]), $"entry ({i}, {j}) is {actual[i, j]} instead of {expected[i, j]}");
                largest = Math.Max(largest, Math.Abs(expected[i, j]));
                difference = Math.Max(difference, Math.Abs(expected[i, j] - actual[i, j]));
            }
        }

        Assert.True(difference <= tolerance * largest, $"differs by {difference} where the largest entry is {largest}");
    }
}
