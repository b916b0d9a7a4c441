using System.Numerics;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Tests.Support;
using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.Compositional.Tests;

/// <summary>
/// |K_ij| ≤ √(K_ii K_jj) and |Θ_ij| ≤ √(Θ_ii Θ_jj) after hundreds of layers of every activation, chaotic ones too, at samples that a unit in
/// the last place separates, multiples, opposites, zeros and norms from 1e-6 to 1e6; so that nothing there is infinite or not a number.
/// </summary>
public sealed class DeepCovarianceTests
{
    public static TheoryData<DualExample> Examples => [.. DualExample.All.Where(example => example.Activation.Open(new Cost()) == 0)];

    public static TheoryData<DualExample> Dear => [.. DualExample.All.Where(example => example.Activation.Open(new Cost()) > 0)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void No_entry_exceeds_its_diagonal_after_300_layers(DualExample example)
    {
        using Samples samples = Adversarial(SampleShape.Features(6)), sequences = Adversarial(new SampleShape([3], 2));
        foreach (Network net in Networks(example, 300))
        {
            Obeys<double>(net, samples, new CpuExecutor());
            Obeys<float>(net, samples, new CpuExecutor());
            Obeys<double>(net, samples, new ReferenceExecutor());
        }

        Network positions = Repeat(300, Conv(3, weightStd: 1.5, biasStd: 0.3) >> LayerNorm() >> Apply(example.Activation)) >> GlobalAveragePool >> Dense();
        Obeys<double>(positions, sequences, new CpuExecutor());
        Obeys<float>(positions, sequences, new CpuExecutor());
    }

    /// <summary>A series costs a millisecond for each sample and layer, a quadrature a tenth for each entry.</summary>
    [Theory]
    [MemberData(nameof(Dear))]
    public void No_entry_exceeds_its_diagonal_without_closed_forms(DualExample example)
    {
        using Samples samples = Adversarial(SampleShape.Features(6), few: true);
        foreach (Network net in Networks(example, example.Activation.Open(new Cost()) == 1 ? 60 : 20))
        {
            Obeys<double>(net, samples, new CpuExecutor(), example.Accuracy);
            Obeys<float>(net, samples, new CpuExecutor(), example.Accuracy);
        }
    }

    /// <summary>The correlation of the first two was 1.054 at 150 layers; at 200 it was not a number.</summary>
    [Theory]
    [InlineData(150)]
    [InlineData(200)]
    [InlineData(1000)]
    public void Sines_keep_correlations_below_1(int depth)
    {
        using Samples samples = Samples.FromRows(new[,] { { 1, .5 }, { 1, .5 + Math.Pow(2, -28) }, { -.3, .8 } });
        Obeys<double>(Repeat(depth, Dense(1.5, 0.3) >> Sin()) >> Dense(), samples, new CpuExecutor());
    }

    /// <summary>Here single precision had no number at 80 layers.</summary>
    [Theory]
    [InlineData(80)]
    [InlineData(150)]
    public void Sines_keep_correlations_below_1_in_single_precision(int depth)
    {
        using Samples samples = Samples.FromRows(new[,] { { 1, .5 }, { 1, .5 + Math.Pow(2, -17) }, { 1, .5 + Math.Pow(2, -16) }, { -.3, .8 } });
        Obeys<float>(Repeat(depth, Dense(1.5, 0.3) >> Sin()) >> Dense(), samples, new CpuExecutor());
    }

    /// <summary>Dense and over positions; as it is where variances stay within what the activation takes, and normalised.</summary>
    private static IEnumerable<Network> Networks(DualExample example, int depth)
    {
        Network act = Apply(example.Activation);
        yield return Repeat(depth, Dense(1.5, 0.3) >> LayerNorm() >> act) >> Dense();
        if (IsBounded(example.Activation)) yield return Repeat(depth, Dense(3, 0.1) >> act) >> Dense();
        if (example.Activation.GetType().Name is "Sin" or "Erf" or "Relu") yield return Repeat(depth, Dense(Sqrt2) >> act) >> Dense();
    }

    private static bool IsBounded(Activation activation) =>
        activation.GetType().Name is "Sin" or "Cos" or "Erf" or "SigmoidLike" or "Rbf" or "Sign" or "Gabor" || activation is Kernels.Duals.Gaussian { B: <= 0 };

    private static void Obeys<T>(Network net, Samples samples, IKernelExecutor executor, double accuracy = 0) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using KernelPair<T> pair = Kernels<T>(net, samples, executor, out bool withTheta);
        double ulp = typeof(T) == typeof(float) ? 1.1920928955078125e-7 : 2.220446049250313e-16;
        int depth = net.Program(samples.Shape).Steps.Count;
        for (nint i = 0; i < samples.Count; i++)
        {
            for (nint j = 0; j < samples.Count; j++)
            {
                Below("K", pair.Nngp[i, j], pair.Nngp[i, i], pair.Nngp[j, j], 200 * ulp);
                if (withTheta) Below("Θ", pair.Ntk[i, j], pair.Ntk[i, i], pair.Ntk[j, j], 16 * depth * ulp);

                void Below(string what, T entry, T one, T other, double allowed)
                {
                    double value = double.CreateChecked(entry), most = Math.Sqrt(double.CreateChecked(one)) * Math.Sqrt(double.CreateChecked(other));
                    Assert.True(double.IsFinite(value), $"{executor.Name} {typeof(T).Name}: {what} at ({i}, {j}) is {value}");
                    Assert.True(Math.Abs(value) <= most * (1 + allowed + accuracy), $"{executor.Name} {typeof(T).Name} {net}: {what} at ({i}, {j}) is {Math.Abs(value) / most - 1:G3} above its diagonal");
                }
            }
        }
    }

    /// <summary>Θ grows with the layers of a chaotic network, until it leaves the range of the type and is refused; K is there all the same.</summary>
    private static KernelPair<T> Kernels<T>(Network net, Samples samples, IKernelExecutor executor, out bool withTheta) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        withTheta = true;
        try
        {
            return executor.Run<T>(new KernelRequest(net.Program(samples.Shape), samples));
        }
        catch (NumericalFailureException failure) when (failure.Message.Contains("its NTK is", StringComparison.Ordinal))
        {
            withTheta = false;
            return executor.Run<T>(new KernelRequest(net.Program(samples.Shape), samples, null, KernelOutputs.Nngp));
        }
    }

    private static Samples Adversarial(SampleShape shape, bool few = false)
    {
        var random = new Random(5);
        double[] x = [.. Enumerable.Range(0, 6).Select(_ => 2 * random.NextDouble() - 1)], y = [.. Enumerable.Range(0, 6).Select(_ => 2 * random.NextDouble() - 1)];
        List<double[]> rows =
        [
            x, Moved(Math.BitIncrement(x[2]) - x[2]), Moved(Math.Pow(2, -28)), [.. x.Select(v => 3 * v)], y,
        ];
        if (!few)
        {
            rows.AddRange(
            [
                [.. x], Moved(Math.Pow(2, -50)), Moved(Math.Pow(2, -40)), Moved(Math.Pow(2, -23)), Moved(Math.Pow(2, -17)), Moved(Math.Pow(2, -16)),
                [.. x.Select(v => -v)], [.. x.Select(v => 1e6 * v)], [.. y.Select(v => 1e-6 * v)], new double[6], [.. y.Select(v => v / 7)],
            ]);
        }

        double[,] matrix = new double[rows.Count, 6];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < 6; j++) matrix[i, j] = rows[i][j];
        }

        return new Samples(KernelMatrix<double>.From(matrix), shape);

        double[] Moved(double by) => [.. x.Select((v, i) => i == 2 ? v + by : v)];
    }

    /// <summary>0: a closed form, 1: a series, 2: a quadrature.</summary>
    private sealed class Cost : IDualUser<int>
    {
        public int Use<TDual>(TDual dual) where TDual : struct, IDual => 0;

        public int Use(SeriesDual series) => 1;

        public int Use(QuadratureDual quadrature) => 2;
    }
}
