using System.Globalization;
using InfiniteNtk.Compositional;
using InfiniteNtk.FiniteWidth.EmpiricalKernels;
using InfiniteNtk.FiniteWidth.MonteCarlo;
using InfiniteNtk.FiniteWidth.Products;
using InfiniteNtk.FiniteWidth.Sampling;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Inputs;
using static InfiniteNtk.Compositional.Layers;

namespace InfiniteNtk.Benchmarks;

/// <summary>
/// Finite networks: "finite --d 784 --rounds 5 --draws 8 --threads 2". The empirical NTK of a 3 × 2048 ReLU network with 8 outputs
/// on 16 samples, and Monte Carlo NTK of depth 3, width 1024 on 64 samples, each beside the matrix products that it contains.
/// </summary>
internal static class FiniteBenchmark
{
    public static void Run(Arguments arguments)
    {
        int d = arguments.Number("d", 784), rounds = arguments.Number("rounds", 5), threads = arguments.Number("threads", Environment.ProcessorCount);
        EmpiricalKernel(d, rounds, threads);
        MonteCarlo(d, rounds, threads, arguments.Number("draws", 8));
    }

    private static Network Network(int width, int outputs) =>
        new Widths(width, outputs).ApplyTo(Repeat(3, Dense(Sqrt2, 0.1) >> Relu) >> Dense());

    private static void EmpiricalKernel(int d, int rounds, int threads)
    {
        const int samples = 16, width = 2048, outputs = 8;
        using var x = new Samples(RandomRows.Matrix(samples, d), SampleShape.Features(d));
        FiniteNetwork network = FiniteNetwork.Sample(Network(width, outputs), x.Shape, 1, new() { Threads = threads });
        double[] seconds = Timing.Fastest(
            rounds, threads,
            () => EmpiricalNtk.Compute(network, x, directions: OutputDirections.Full).Dispose(),
            new Products(samples, samples * outputs, [d, width, width, width, outputs], threads).Run);
        Report($"empirical NTK, 3 x {width}, {outputs} outputs, {samples} samples, full", seconds[0], seconds[1]);
    }

    private static void MonteCarlo(int d, int rounds, int threads, int draws)
    {
        const int samples = 64, width = 1024;
        using var x = new Samples(RandomRows.Matrix(samples, d), SampleShape.Features(d));
        Network network = Network(width, 1);
        var options = new MonteCarloOptions { Draws = draws, Outputs = KernelOutputs.Ntk, NtkOutputs = 1, Threads = threads };
        var products = new Products(samples, samples, [d, width, width, width, 1], 1);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        double[] seconds = Timing.Fastest(
            rounds, threads,
            () => MonteCarloKernel.Estimate(network, x, null, options),
            () => Parallel.For(0, draws, parallel, _ => products.Run()),
            () => Parallel.For(0, draws, parallel, i => FiniteNetwork.Sample(network, x.Shape, 1, new() { Draw = (uint)i, Threads = 1 })));
        Report($"Monte Carlo NTK, 3 x {width}, {samples} samples, a draw", seconds[0] / draws, seconds[1] / draws);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  of it drawing the weights {1e3 * seconds[2] / draws:F1} ms"));
    }

    private static void Report(string what, double seconds, double products) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {1e3 * seconds:F1} ms, its products {1e3 * products:F1} ms, ratio {seconds / products:F2}"));

    /// <summary>Forward, backward and Gram products of a chain of dense layers, and nothing else.</summary>
    private sealed class Products(int forwardRows, int backwardRows, int[] widths, int threads)
    {
        private readonly double[][] _weights = [.. widths.Zip(widths.Skip(1), (from, to) => new double[from * to])];

        public void Run()
        {
            var product = new ManagedProduct(threads);
            for (int layer = 0; layer < _weights.Length; layer++)
            {
                (int from, int to) = (widths[layer], widths[layer + 1]);
                double[] a = new double[forwardRows * from], y = new double[forwardRows * to];
                product.Multiply(forwardRows, to, from, 1, a, false, _weights[layer], true, 0, y);
                double[] gram = new double[forwardRows * forwardRows], delta = new double[backwardRows * to], deltas = new double[backwardRows * backwardRows];
                product.Multiply(forwardRows, forwardRows, from, 1, a, false, a, true, 0, gram);
                product.Multiply(backwardRows, backwardRows, to, 1, delta, false, delta, true, 0, deltas);
                if (layer == 0) continue;
                var below = new double[backwardRows * from];
                product.Multiply(backwardRows, from, to, 1, delta, false, _weights[layer], false, 0, below);
            }
        }
    }
}
