using System.Globalization;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.Benchmarks;

/// <summary>
/// Single against double precision for convolutional ReLU networks on random images: each entry's error relative to
/// √(K_xx K_yy): "plane-errors --size 12". The rows are what the second image is to the first.
/// </summary>
internal static class PlaneErrorBenchmark
{
    public static void Run(Arguments arguments)
    {
        int size = arguments.Number("size", 12);
        var shape = new SampleShape([size, size], 3);
        (string Name, Func<double[], Random, double[]> Make)[] kinds =
        [
            ("the same", (x, _) => [.. x]),
            ("angle 1e-4", (x, random) => [.. x.Select(value => value + 1e-4 * Normal(random))]),
            ("angle 1e-3", (x, random) => [.. x.Select(value => value + 1e-3 * Normal(random))]),
            ("angle 1e-2", (x, random) => [.. x.Select(value => value + 1e-2 * Normal(random))]),
            ("1e4 times", (x, _) => [.. x.Select(value => 1e4 * value)]),
            ("another", (x, random) => [.. x.Select(_ => Normal(random))]),
            ("another, 1e4 times", (x, random) => [.. x.Select(_ => 1e4 * Normal(random))]),
        ];
        foreach (int depth in (int[])[5, 21, 50, 100])
        {
            foreach (bool pooled in (bool[])[false, true])
            {
                KernelProgram program = (Repeat(depth, Conv(3, 3, weightStd: Sqrt2) >> Relu) >> (pooled ? GlobalAveragePool : Flatten) >> Dense()).Program(shape);
                var random = new Random(depth);
                foreach ((string name, Func<double[], Random, double[]> make) in kinds)
                {
                    double[][] left = [.. Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, shape.Size).Select(_ => Normal(random)).ToArray())];
                    double[][] right = [.. left.Select(x => make(x, random))];
                    Report($"{depth,3} layers, {(pooled ? "pooled " : "flatten")} {name,-20}", program, shape, left, right);
                }
            }
        }
    }

    private static void Report(string name, KernelProgram program, SampleShape shape, double[][] left, double[][] right)
    {
        using Samples x = Of(left, shape), y = Of(right, shape);
        using KernelPair<double> exact = new CpuExecutor().Run<double>(new KernelRequest(program, x, y));
        using KernelPair<float> single = new CpuExecutor().Run<float>(new KernelRequest(program, x, y));
        using KernelPair<double> p = new CpuExecutor().Diagonal<double>(new KernelRequest(program, x)), q = new CpuExecutor().Diagonal<double>(new KernelRequest(program, y));
        double k = 0, theta = 0;
        for (int i = 0; i < left.Length; i++)
        {
            k = Math.Max(k, Math.Abs(single.Nngp[i, i] - exact.Nngp[i, i]) / Math.Sqrt(p.Nngp[i, 0] * q.Nngp[i, 0]));
            theta = Math.Max(theta, Math.Abs(single.Ntk[i, i] - exact.Ntk[i, i]) / Math.Sqrt(p.Ntk[i, 0] * q.Ntk[i, 0]));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} NNGP {k:E1}  NTK {theta:E1}"));
    }

    private static Samples Of(double[][] rows, SampleShape shape)
    {
        var matrix = new KernelMatrix<double>(rows.Length, shape.Size);
        for (int i = 0; i < rows.Length; i++) rows[i].CopyTo(matrix.View.Row(i));
        return new Samples(matrix, shape);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
