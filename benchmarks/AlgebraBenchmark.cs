using System.Globalization;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Benchmarks;

/// <summary>
/// "algebra --rounds 5 --only Cholesky": products, Cholesky factors and eigenvalues of all backends that are installed, in one process, the minimum of
/// several runs in turn. Written as Markdown for docs/performance.md. With DOTNET_PROCESSOR_COUNT=1 and OPENBLAS_NUM_THREADS=1 the clock
/// is the thread's own.
/// </summary>
internal static class AlgebraBenchmark
{
    public static void Run(Arguments arguments)
    {
        var backends = new List<ILinearAlgebra>();
        foreach (BackendStatus status in LinearAlgebraBackends.All)
        {
            Console.WriteLine($"{status.Backend}: {status.Description}");
            if (status.IsAvailable && status.Backend != LinearAlgebraBackend.MathNet) backends.Add(LinearAlgebraBackends.Open(status.Backend));
        }

        Console.WriteLine();
        double peak = Peak();
        Console.WriteLine($"Peak in vectors of {Processor.LaneBits} bits on {Environment.ProcessorCount} threads: {peak:F0} GFLOP/s.");
        Console.WriteLine();
        Console.WriteLine("| operation | " + string.Join(" | ", backends.Select(backend => backend.Name)) + " |");
        Console.WriteLine("|---|" + string.Concat(backends.Select(_ => "---|")));
        Report(backends, arguments, "product, n = 2048, GFLOP/s", 2.0 * Cube(2048), Product(2048));
        Report(backends, arguments, "Cholesky, n = 4096, GFLOP/s", Cube(4096) / 3, Cholesky(4096));
        Report(backends, arguments, "Cholesky, n = 1000, GFLOP/s", Cube(1000) / 3, Cholesky(1000));
        Report(backends, arguments, "inverse from the factor, n = 1797, GFLOP/s", Cube(1797) * 2 / 3, Inverse(1797));
        Report(backends, arguments, "solve, n = 1797, 10 right sides, ms", 0, Solve(1797, 10));
        Report(backends, arguments, "eigenvalues and 10 coefficient columns, n = 1797, s", 0, Coefficients(1797));
        Report(backends, arguments, "eigenvectors, n = 1797, s", 0, Eigenvectors(1797));
    }

    private static void Report(List<ILinearAlgebra> backends, Arguments arguments, string name, double flops, Func<ILinearAlgebra, double> seconds)
    {
        if (arguments.Text("only") is { } only && !name.Contains(only, StringComparison.Ordinal)) return;
        var best = new double[backends.Count];
        Array.Fill(best, double.PositiveInfinity);
        for (int round = arguments.Number("rounds", 5); round > 0; round--)
        {
            for (int i = 0; i < best.Length; i++) best[i] = Math.Min(best[i], seconds(backends[i]));
        }

        IEnumerable<string> cells = best.Select(time =>
            (flops > 0 ? flops / time / 1e9 : name.EndsWith("ms", StringComparison.Ordinal) ? 1e3 * time : time).ToString("G3", CultureInfo.InvariantCulture));
        Console.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
    }

    /// <summary>The fastest of many short runs of all threads at once, each with its own products in registers.</summary>
    private static double Peak()
    {
        int threads = Environment.ProcessorCount, repeats = 100;
        double seconds = Timing.Fastest(20, threads, () => Parallel.For(0, threads, _ =>
        {
            for (int i = 0; i < repeats; i++) MultiplyAddPeak.Run<double>();
        }))[0];
        return MultiplyAddPeak.Work<double>() * repeats * threads / seconds;
    }

    private static Func<ILinearAlgebra, double> Product(int n) => algebra =>
    {
        using KernelMatrix<double> a = Gram(n), b = Gram(n), c = Gram(n);
        return Time(() => algebra.Multiply(1, a.View, false, b.View, false, 1, c.View));
    };

    private static Func<ILinearAlgebra, double> Cholesky(int n) => algebra =>
    {
        using KernelMatrix<double> a = Gram(n);
        return Time(() => algebra.Cholesky(a.View));
    };

    private static Func<ILinearAlgebra, double> Inverse(int n) => algebra =>
    {
        using KernelMatrix<double> a = Gram(n);
        _ = algebra.Cholesky(a.View);
        return Time(() => algebra.InvertFromCholesky(a.View));
    };

    private static Func<ILinearAlgebra, double> Solve(int n, int outputs) => algebra =>
    {
        using KernelMatrix<double> a = Gram(n), b = new(n, outputs);
        for (nint i = 0; i < n; i++) b.View.Row(i).Fill(1.0 / (i + 1));
        _ = algebra.Cholesky(a.View);
        return Time(() =>
        {
            algebra.SolveTriangular(a.View, false, b.View);
            algebra.SolveTriangular(a.View, true, b.View);
        });
    };

    private static Func<ILinearAlgebra, double> Coefficients(int n) => algebra =>
    {
        using KernelMatrix<double> a = Gram(n), y = new(n, 10);
        for (nint i = 0; i < n; i++) y.View.Row(i).Fill(1.0 / (i + 1));
        var eigenvalues = new double[n];
        return Time(() => algebra.EigenvaluesAndCoefficients(a.View, eigenvalues, y.View));
    };

    private static Func<ILinearAlgebra, double> Eigenvectors(int n) => algebra =>
    {
        using KernelMatrix<double> a = Gram(n);
        var eigenvalues = new double[n];
        return Time(() => algebra.Eigenvectors(a.View, eigenvalues));
    };

    /// <summary>A Laplace kernel of seeded points on a line, ridge 1e-3: positive definite, slowly decaying.</summary>
    private static KernelMatrix<double> Gram(int n)
    {
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, n).Select(_ => 30 * random.NextDouble())];
        var matrix = new KernelMatrix<double>(n, n, MatrixStructure.Symmetric);
        for (int i = 0; i < n; i++)
        {
            Span<double> row = matrix.View.Row(i);
            for (int j = 0; j < n; j++) row[j] = Math.Exp(-Math.Abs(x[i] - x[j])) + (i == j ? 1e-3 : 0);
        }

        return matrix;
    }

    private static double Time(Action action) => Timing.Seconds(Environment.ProcessorCount, action);

    private static double Cube(double n) => n * n * n;
}
