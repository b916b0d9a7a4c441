using System.Numerics;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Benchmarks;

/// <summary>
/// NNGP and NTK of dense ReLU networks beside OpenBLAS's symmetric product of the same samples alone:
/// "kernels --n 10000 --d 784 --depths 3,10 --threads 2 --rounds 5 --tile 0". Both triangles, memory touched before.
/// </summary>
internal static unsafe class KernelBenchmark
{
    public static void Run(Arguments arguments)
    {
        int threads = arguments.Number("threads", Environment.ProcessorCount);
        OpenBlas? blas = OpenBlas.TryOpen(threads);
        Console.WriteLine(blas is null ? "OpenBLAS is not installed: times without ratios" : $"OpenBLAS core {blas.Core}, {threads} threads");
        Report<double>("f64", arguments, threads, (x, n, d, c) => blas?.Syrk(x, n, d, c));
        Report<float>("f32", arguments, threads, (x, n, d, c) => blas?.Syrk(x, n, d, c));
    }

    private delegate void Syrk<T>(T* x, int n, int d, T* c) where T : unmanaged;

    private static void Report<T>(string name, Arguments arguments, int threads, Syrk<T> syrk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (arguments.Text("precision") is { } only && only != name) return;
        int n = arguments.Number("n", 10_000), d = arguments.Number("d", 784);
        int[] depths = [.. (arguments.Text("depths") ?? "3,10").Split(',').Select(int.Parse)];
        using var samples = new Samples(RandomRows.Matrix(n, d), SampleShape.Features(d));
        using KernelMatrix<T> x = Converted<T>(samples.Rows), nngp = Touched<T>(n), ntk = Touched<T>(n);
        var options = new ExecutionOptions { Threads = threads, TileSize = arguments.Number("tile", 0) is > 0 and int tile ? tile : null };
        Action[] actions =
        [
            () => syrk(x.View.Origin, n, d, nngp.View.Origin),
            .. depths.SelectMany(depth => new Action[]
            {
                () => _ = CpuExecutor.Run(new KernelRequest(DenseRelu(d, depth), samples), options, _ => new OutputPair<T>(nngp, ntk)),
                () => _ = CpuExecutor.Run(
                    new KernelRequest(DenseRelu(d, depth), samples, null, KernelOutputs.Nngp), options, _ => new OutputPair<T>(nngp, null)),
            }),
        ];
        double[] seconds = Timing.Fastest(arguments.Number("rounds", 5), threads, actions);
        Console.WriteLine($"{name}  n {n}, d {d}: syrk {seconds[0]:F3} s ({1e-9 * n * n * d / seconds[0]:F0} GFLOP/s)");
        for (int i = 0; i < depths.Length; i++)
        {
            Line(name, depths[i], "NNGP+NTK", seconds[2 * i + 1], seconds[0]);
            Line(name, depths[i], "NNGP", seconds[2 * i + 2], seconds[0]);
        }
    }

    private static void Line(string precision, int depth, string outputs, double seconds, double syrk) =>
        Console.WriteLine($"{precision}  depth {depth,2} {outputs,-8} {seconds:F3} s = {seconds / syrk:F2} x syrk");

    /// <summary>Dense with biases and ReLU, <paramref name="depth"/> times, and a dense readout.</summary>
    private static KernelProgram DenseRelu(int d, int depth)
    {
        var steps = new List<Step> { new InputProduct(0, false) };
        for (int layer = 0; layer <= depth; layer++)
        {
            steps.Add(new Affine(steps.Count, steps.Count - 1, 2, 0.01, 2, 0.01));
            if (layer < depth) steps.Add(new Dual(steps.Count, steps.Count - 1, new Relu()));
        }

        return new KernelProgram(SampleShape.Features(d), [.. steps]);
    }

    private static KernelMatrix<T> Touched<T>(int n) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var matrix = new KernelMatrix<T>(n, n, MatrixStructure.Symmetric);
        for (int i = 0; i < n; i++) matrix.View.Row(i).Clear();
        return matrix;
    }

    private static KernelMatrix<T> Converted<T>(KernelMatrix<double> rows) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var converted = new KernelMatrix<T>(rows.Rows, rows.Columns);
        for (nint i = 0; i < rows.Rows; i++)
        {
            for (nint j = 0; j < rows.Columns; j++) converted.View.Row(i)[(int)j] = T.CreateTruncating(rows[i, j]);
        }

        return converted;
    }
}
