using System.Numerics;
using System.Text.Json;
using InfiniteNtk.Compositional.Json;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Compositional.Tests;

/// <summary>Kernels made elsewhere, judged normwise as tests/Golden/README.md says: |K − golden| ≤ ε √(K_ii K'_jj).</summary>
public sealed class GoldenKernelTests
{
    private const double Tolerance = 1e-10, LooseTolerance = 1e-7, SingleTolerance = 1e-5;

    public static TheoryData<string> Names => [.. Golden.Kernels.Select(golden => golden.Name)];

    [Fact]
    public void All_cases_of_this_version_are_there() => Assert.Equal(116, Golden.Kernels.Count);

    [Theory]
    [MemberData(nameof(Names))]
    public void Cpu_in_double_precision(string name) => Check<double>(name, new CpuExecutor(), Tolerance, LooseTolerance);

    [Theory]
    [MemberData(nameof(Names))]
    public void Reference_in_double_precision(string name) => Check<double>(name, new ReferenceExecutor(), Tolerance, LooseTolerance);

    [Theory]
    [MemberData(nameof(Names))]
    public void Cpu_in_single_precision(string name) => Check<float>(name, new CpuExecutor(), SingleTolerance, SingleTolerance);

    private static KernelProgram Program(GoldenCase golden)
    {
        double[] shape = golden.Vector("shape");
        var input = new SampleShape([.. shape[..^1].Select(extent => (int)extent)], (int)shape[^1]);
        return NetworkJson.Read(golden.Root.GetRawText()).Program(input);
    }

    /// <summary>[sample][axes…][channel] as one row a sample.</summary>
    private static double[,] Rows(JsonElement samples)
    {
        double[][] rows = [.. samples.EnumerateArray().Select(sample => Leaves(sample).ToArray())];
        double[,] matrix = new double[rows.Length, rows[0].Length];
        for (int i = 0; i < rows.Length; i++) Buffer.BlockCopy(rows[i], 0, matrix, i * rows[i].Length * sizeof(double), rows[i].Length * sizeof(double));
        return matrix;
    }

    private static IEnumerable<double> Leaves(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Leaves) : [element.GetDouble()];

    private static void Check<T>(string name, IKernelExecutor executor, double tolerance, double looseTolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        GoldenCase golden = Golden.Kernels.Single(item => item.Name == name);
        KernelProgram program = Program(golden);
        using var x1 = new Samples(KernelMatrix<double>.From(Rows(golden.Field("x1"))), program.Input);
        using var x2 = new Samples(KernelMatrix<double>.From(Rows(golden.Field("x2"))), program.Input);
        using KernelPair<T> cross = executor.Run<T>(new KernelRequest(program, x1, x2));
        using KernelPair<T> self = executor.Run<T>(new KernelRequest(program, x1));
        foreach (string kernel in new[] { "nngp", "ntk" })
        {
            double[,] selfGolden = golden.Matrix("self", kernel);
            double[] left = [.. Enumerable.Range(0, selfGolden.GetLength(0)).Select(i => selfGolden[i, i])];
            double[] right = golden.Vector("diagonal2", kernel);
            Compare(kernel, "self", selfGolden, kernel == "nngp" ? self.Nngp : self.Ntk, left, left);
            Compare(kernel, "cross", golden.Matrix("cross", kernel), kernel == "nngp" ? cross.Nngp : cross.Ntk, left, right);
        }

        void Compare(string kernel, string part, double[,] expected, KernelMatrix<T> actual, double[] left, double[] right)
        {
            double[,] list = golden.Matrix("loose", part);
            HashSet<(int, int)> loose = [.. Enumerable.Range(0, kernel == "ntk" ? list.GetLength(0) : 0).Select(i => ((int)list[i, 0], (int)list[i, 1]))];
            Assert.Equal(expected.GetLength(0), actual.Rows);
            Assert.Equal(expected.GetLength(1), actual.Columns);
            for (int i = 0; i < expected.GetLength(0); i++)
            {
                for (int j = 0; j < expected.GetLength(1); j++)
                {
                    double value = double.CreateChecked(actual[i, j]);
                    Assert.True(double.IsFinite(value), $"{name} {part} {kernel}[{i}, {j}] = {value}");
                    if (double.IsNaN(expected[i, j])) continue; // undefined in the reference itself
                    double norm = Math.Sqrt(left[i] * right[j]), scale = double.IsNaN(norm) ? Math.Abs(expected[i, j]) : norm;
                    double allowed = (loose.Contains((i, j)) ? looseTolerance : tolerance) * scale;
                    Assert.True(Math.Abs(value - expected[i, j]) <= allowed, $"{name} {part} {kernel}[{i}, {j}] = {value}, golden {expected[i, j]}, allowed {allowed:G3}");
                }
            }
        }
    }
}
