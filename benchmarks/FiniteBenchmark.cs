using System.Globalization;
using System.Numerics;
using InfiniteNtk.FiniteWidth.Products;
using InfiniteNtk.FiniteWidth.Sampling;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.Benchmarks;

/// <summary>
/// Finite networks: "finite --d 784 --rounds 5 --draws 32 --threads 2 --reference COMMAND". The empirical NTK of a 3 × 2048 ReLU network
/// with 8 outputs on 16 samples, and Monte Carlo NTK of depth 3, width 1024 on 64 samples, in both precisions, each beside the matrix
/// products that it contains, and beside what COMMAND (reference_finite.py, run by the reference library's Python) measures.
/// </summary>
internal static class FiniteBenchmark
{
    private const int Samples = 16, Width = 2048, Outputs = 8, DrawSamples = 64, DrawWidth = 1024;

    public static void Run(Arguments arguments)
    {
        int d = arguments.Number("d", 784), rounds = arguments.Number("rounds", 5), threads = arguments.Number("threads", Environment.ProcessorCount);
        int draws = arguments.Number("draws", 32);
        List<ReferenceTime> reference = ReferenceTime.Measure(arguments.Text("reference"));
        Console.WriteLine("| task | numbers | ms | its products, ms | ratio | the reference's fastest, ms | times faster |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        Both<float>("float32");
        Both<double>("float64");
        foreach (ReferenceTime time in reference) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"reference: {time.Task}, {time.Implementation}: {1e3 * time.Seconds:F1} ms"));

        void Both<T>(string numbers) where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            double[] kernel = EmpiricalKernel<T>(d, rounds, threads), draw = MonteCarlo<T>(d, rounds, threads, draws);
            Report($"empirical NTK, 3 × {Width}, {Outputs} outputs, {Samples} samples, all entries", numbers, kernel, reference, "empirical");
            Report($"a draw of Monte Carlo NTK, 3 × {DrawWidth}, {DrawSamples} samples", numbers, draw, reference, "monteCarlo");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| of it drawing the weights | {numbers} | {1e3 * draw[2]:F2} | | | | |"));
        }
    }

    private static Network Network(int width, int outputs) =>
        new Widths(width, outputs).ApplyTo(Repeat(3, Dense(Sqrt2, 0.1) >> Relu) >> Dense());

    private static double[] EmpiricalKernel<T>(int d, int rounds, int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var x = new Samples(RandomRows.Matrix(Samples, d), SampleShape.Features(d));
        FiniteNetwork<T> network = FiniteNetwork.Sample<T>(Network(Width, Outputs), x.Shape, 1, new() { Threads = threads });
        return Timing.Fastest(
            rounds, threads,
            () => EmpiricalNtk.Compute(network, x, directions: OutputDirections.Full).Dispose(),
            new Products<T>(Samples, Samples * Outputs, [d, Width, Width, Width, Outputs], threads).Run);
    }

    private static double[] MonteCarlo<T>(int d, int rounds, int threads, int draws) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var x = new Samples(RandomRows.Matrix(DrawSamples, d), SampleShape.Features(d));
        Network network = Network(DrawWidth, 1);
        NumberType numbers = typeof(T) == typeof(float) ? NumberType.Float32 : NumberType.Float64;
        var options = new MonteCarloOptions { Draws = draws, Outputs = KernelOutputs.Ntk, NtkOutputs = 1, Threads = threads, NumberType = numbers };
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Products<T>[] products = [.. Enumerable.Range(0, threads).Select(_ => new Products<T>(DrawSamples, DrawSamples, [d, DrawWidth, DrawWidth, DrawWidth, 1], 1))];
        SuccessiveNetworks<T>[] networks = [.. products.Select(_ => new SuccessiveNetworks<T>(network, x.Shape, 1, new() { Threads = 1, MemoryBudget = 1L << 30 }))];
        double[] seconds = Timing.Fastest(
            rounds, threads,
            () => MonteCarloKernel.Estimate(network, x, null, options),
            () => Share(worker => products[worker].Run()),
            () => Share(worker => networks[worker].Next(0)));
        return [.. seconds.Select(all => all / draws)];

        void Share(Action<int> draw) => Parallel.For(0, threads, parallel, worker =>
        {
            for (int i = worker; i < draws; i += threads) draw(worker);
        });
    }

    private static void Report(string task, string numbers, double[] seconds, List<ReferenceTime> reference, string name)
    {
        double? fastest = reference.Where(time => time.Task == name).Min(time => (double?)time.Seconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {task} | {numbers} | {1e3 * seconds[0]:F2} | {1e3 * seconds[1]:F2} | {seconds[0] / seconds[1]:F2} | {1e3 * fastest:F1} | {fastest / seconds[0]:F1} |"));
    }

    /// <summary>Forward, backward and Gram products of a chain of dense layers, and nothing else.</summary>
    private sealed class Products<T>(int forwardRows, int backwardRows, int[] widths, int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ManagedProduct<T> _product = new(threads);
        private readonly T[][] _weights = [.. widths.Zip(widths.Skip(1), (from, to) => new T[from * to])];
        private readonly T[][] _activations = [.. widths.Select(width => new T[forwardRows * width])];
        private readonly T[][] _gradients = [.. widths.Select(width => new T[backwardRows * width])];
        private readonly T[] _forward = new T[forwardRows * forwardRows], _backward = new T[backwardRows * backwardRows];

        public void Run()
        {
            for (int layer = 0; layer < _weights.Length; layer++)
            {
                (int from, int to) = (widths[layer], widths[layer + 1]);
                _product.Multiply(forwardRows, to, from, 1, _activations[layer], false, _weights[layer], true, 0, _activations[layer + 1]);
                _product.Square(forwardRows, from, _activations[layer], _forward);
                _product.Square(backwardRows, to, _gradients[layer + 1], _backward);
                if (layer > 0) _product.Multiply(backwardRows, from, to, 1, _gradients[layer + 1], false, _weights[layer], false, 0, _gradients[layer]);
            }
        }
    }
}
