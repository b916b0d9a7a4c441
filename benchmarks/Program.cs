using InfiniteNtk.Benchmarks;

// One line a benchmark: its name and what runs it with the arguments that follow.
var benchmarks = new Dictionary<string, Action<Arguments>>
{
    ["product"] = ProductBenchmark.Run,
    ["loop"] = LoopBenchmark.Run,
    ["kernels"] = KernelBenchmark.Run,
    ["algebra"] = AlgebraBenchmark.Run,
    ["planes"] = PlaneBenchmark.Run,
    ["gpu"] = GpuBenchmark.Run,
    ["finite"] = FiniteBenchmark.Run,
    ["plane-errors"] = PlaneErrorBenchmark.Run,
    ["verdicts"] = VerdictBenchmark.Run,
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out Action<Arguments>? benchmark))
{
    Console.Error.WriteLine($"Name a benchmark: {string.Join(", ", benchmarks.Keys)}; then options as --name value.");
    return 2;
}

benchmark(new Arguments(args[1..]));
return 0;
