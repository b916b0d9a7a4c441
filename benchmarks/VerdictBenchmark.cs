using System.Diagnostics;
using System.Globalization;
using InfiniteNtk.Compositional.Text;

namespace InfiniteNtk.Benchmarks;

/// <summary>
/// What verification makes of right kernels and of planted errors, and what it costs: "verdicts --seeds 22 --nngp 1.04 --ntk 1 --threads 2
/// --only conv". For a small network of each kind and six inputs, the NNGP and the NTK times a factor are put to the test with as many seeds,
/// as <c>intk verify</c> does it.
/// </summary>
internal static class VerdictBenchmark
{
    private const int Points = 6;

    private static readonly (string Kind, string Network, SampleShape Shape)[] _networks =
    [
        ("dense, ReLU", "Dense(sqrt(2), 0.1) >> Relu >> Dense", SampleShape.Features(4)),
        ("dense, GELU", "Dense(1.2, 0.1) >> Gelu >> Dense", SampleShape.Features(4)),
        ("three layers", "Repeat(3, Dense(sqrt(2), 0.1) >> Relu) >> Dense", SampleShape.Features(4)),
        ("residual, normalised", "Dense >> Repeat(2, Identity + (LayerNorm >> Relu >> Dense)) >> Dense", SampleShape.Features(4)),
        ("conv, flattened", "Conv(3, 3, weightStd: 1.4) >> Relu >> Flatten >> Dense", new([4, 4], 2)),
        ("conv, pooled", "Conv(3, 3, weightStd: 1.4) >> Relu >> AveragePool(2, 2) >> Conv(3, 3, weightStd: 1.4) >> Relu >> GlobalAveragePool >> Dense", new([4, 4], 2)),
    ];

    public static void Run(Arguments arguments)
    {
        int seeds = arguments.Number("seeds", 22), threads = arguments.Number("threads", Environment.ProcessorCount);
        double nngp = Factor(arguments.Text("nngp")), ntk = Factor(arguments.Text("ntk"));
        string only = arguments.Text("only") ?? "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"NNGP × {nngp}, NTK × {ntk}; {seeds} seeds, {threads} threads"));
        Console.WriteLine("| network | consistent | refuted | no error above X % found | networks, mean and most | processor time, mean and most, s | time, mean and most, s |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach ((string kind, string text, SampleShape shape) in _networks.Where(one => one.Kind.Contains(only, StringComparison.Ordinal)))
        {
            using var x = new Samples(RandomRows.Matrix(Points, shape.Size), shape);
            Network network = NetworkText.Parse(text);
            Outcome[] outcomes = [.. Enumerable.Range(0, seeds).Select(seed => Verify(network, x, (ulong)seed, threads, nngp, ntk))];
            int Count(Verdict verdict) => outcomes.Count(one => one.Report.Verdict == verdict);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {kind} | {Count(Verdict.Consistent)} | {Count(Verdict.Refuted)} | {Count(Verdict.NoErrorFound)} | {outcomes.Average(one => one.Report.Networks):F0}, {outcomes.Max(one => one.Report.Networks)} | {outcomes.Average(one => one.Processor):F1}, {outcomes.Max(one => one.Processor):F1} | {outcomes.Average(one => one.Seconds):F1}, {outcomes.Max(one => one.Seconds):F1} |"));
        }
    }

    private static Outcome Verify(Network network, Samples x, ulong seed, int threads, double nngp, double ntk)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        VerificationReport report = KernelVerification.Run(network, x, wide => Planted(wide.Kernels(x), nngp, ntk), new() { Draws = 50, MostDraws = 10_000, Seed = seed, Threads = threads });
        return new Outcome(report, watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    private static KernelPair<double> Planted(KernelPair<double> pair, double nngp, double ntk)
    {
        Scale(pair.Nngp, nngp);
        Scale(pair.Ntk, ntk);
        return pair;
    }

    private static void Scale(KernelMatrix<double> kernel, double factor)
    {
        for (nint i = 0; i < kernel.Rows; i++)
        {
            foreach (ref double value in kernel.View.Row(i)) value *= factor;
        }
    }

    private static double Factor(string? text) => text is null ? 1 : double.Parse(text, CultureInfo.InvariantCulture);

    private readonly record struct Outcome(VerificationReport Report, double Seconds, double Processor);
}
