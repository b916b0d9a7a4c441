using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;
using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

/// <summary>An entry that is not finite, whatever made it so, reaches neither a caller nor a file.</summary>
public class NonFiniteEntryTests
{
    private static readonly SampleShape _shape = new([4], 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_executor_refuses_it_although_every_variance_is_finite(bool overPositions)
    {
        double[,] rows = new double[300, 4];
        for (int i = 0; i < 300; i++) rows[i, 0] = rows[i, 1] = rows[i, 2] = rows[i, 3] = i == 170 ? -1 : 1 + i;
        using var samples = new Samples(KernelMatrix<double>.From(rows), _shape);
        using var others = new Samples(KernelMatrix<double>.From(rows), _shape);
        KernelProgram program = overPositions
            ? new(_shape, [new InputProduct(0, false), new TapSum(1, 0, [new AxisWindow(4, 4, 3, 1, 1)], 1, 0, 1, 0), new Dual(2, 1, new RootActivation()), new FlattenPositions(3, 2)])
            : new(_shape, [new InputProduct(0, true), new Affine(1, 0, 1, 0, 1, 0), new Dual(2, 1, new RootActivation())]);
        foreach (KernelOutputs outputs in new[] { KernelOutputs.Both, KernelOutputs.Nngp, KernelOutputs.Ntk })
        {
            Refuses(() => new CpuExecutor().Run<double>(new KernelRequest(program, samples, null, outputs)), "samples 0 and 170");
            Refuses(() => new CpuExecutor().Run<float>(new KernelRequest(program, samples, null, outputs)), "samples 0 and 170");
            Refuses(() => new CpuExecutor().Run<double>(new KernelRequest(program, samples, others, outputs)), "samples 0 and 170");
        }

        Refuses(() => new ReferenceExecutor().Run<double>(new KernelRequest(program, samples)), "samples 0 and 170");
    }

    [Fact]
    public void No_file_is_written_with_it()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "k.npy");
        using KernelMatrix<double> matrix = KernelMatrix<double>.From(new double[,] { { 1, 2 }, { 3, double.NaN } });
        Assert.Contains("(1, 1)", Assert.Throws<NumericalFailureException>(() => NpyFile.Write(path, matrix)).Message, StringComparison.Ordinal);
        Assert.Throws<NumericalFailureException>(() => NpyFile.Write(OutputFile.Prepare(path, 100), NpyContent.From((ReadOnlyMemory<double>)new double[] { 1, double.NegativeInfinity })));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static void Refuses(Action compute, string where)
    {
        string message = Assert.Throws<NumericalFailureException>(compute).Message;
        Assert.Contains(where, message, StringComparison.Ordinal);
        Assert.Contains("every variance is finite", message, StringComparison.Ordinal);
    }

    /// <summary>A dual that is wrong on purpose: √k, not a number at negative covariances.</summary>
    private sealed record RootActivation : Activation
    {
        public override double Value(double x) => x;

        public override double Derivative(double x) => 1;

        internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new RootDual());
    }

    private readonly struct RootDual : IDual
    {
        public static int TermCount => 0;

        public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> => default;

        public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k) where TLane : struct, ILane<TLane> =>
            new(TLane.Sqrt(k), TLane.Sqrt(k));
    }
}
