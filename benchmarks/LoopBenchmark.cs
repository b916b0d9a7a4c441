using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Cpu.Formulas;
using InfiniteNtk.Kernels.Execution.Cpu.Loops;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Products;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Benchmarks;

/// <summary>
/// The loops of the activations in closed form alone, on one core: "loop --rounds 50 --columns 72 --only Relu --precision f64".
/// Nanoseconds for 64 bytes of entries, NNGP and NTK, then NNGP alone: one vector at a time, three in turn, three in turn with the
/// dense layer that follows; and how long the first call took, which compiles the loop.
/// </summary>
internal static unsafe class LoopBenchmark
{
    private const int Rows = 16, Repeats = 200;

    private static readonly (string Name, Activation Activation)[] _activations =
    [
        ("Relu", new Relu()), ("AbRelu", new AbRelu(0.1, 1)), ("Abs", new Abs()), ("Sign", new Sign()), ("RectifiedMonomial(2)", new RectifiedMonomial(2)),
        ("Erf", new Erf()), ("SigmoidLike", new SigmoidLike()), ("Gelu", new Gelu()), ("Sin", new Sin()), ("Cos", new Cos()), ("Rbf", new Rbf(1)), ("Exp", new Exp()),
        ("Gaussian", new Gaussian()), ("ExpNormalized", new ExpNormalized()), ("Gabor", new Gabor()), ("Hermite(3)", new Hermite(3)),
        ("Monomial(3)", new Monomial(3)), ("Polynomial(1,2,3)", new Polynomial(new([1.0, 2, 3]))),
    ];

    private static readonly AffineFormula _dense = new(new Affine(1, 0, 2, 0.01, 2, 0.01));

    public static void Run(Arguments arguments)
    {
        if (arguments.Text("precision") != "f32") Report<Double512Lane, Double1536Lane, double>("f64", arguments);
        if (arguments.Text("precision") != "f64") Report<Single512Lane, Single1536Lane, float>("f32", arguments);
    }

    private static void Report<TLane, TTriple, T>(string precision, Arguments arguments)
        where TLane : struct, IStoredLane<TLane, T>
        where TTriple : struct, IStoredLane<TTriple, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Console.WriteLine($"{precision}, ns a vector{"",8}{"one",25}{"three",25}{"three and dense",25}");
        foreach ((string name, Activation activation) in _activations)
        {
            if (arguments.Text("only") is { } only && only != name) continue;
            Console.Write($"{name,-20}");
            activation.Open(new Timed<TLane, T>(arguments, false));
            activation.Open(new Timed<TTriple, T>(arguments, false));
            activation.Open(new Timed<TTriple, T>(arguments, true));
            Console.WriteLine();
        }

        Console.Write($"{"affine",-20}");
        new Timed<TLane, T>(arguments, false).Loop(_dense);
        new Timed<TTriple, T>(arguments, false).Loop(_dense);
        Console.WriteLine();
    }

    private sealed class Timed<TLane, T>(Arguments arguments, bool dense) : IDualUser<bool>
        where TLane : struct, IStoredLane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public bool Use<TDual>(TDual dual) where TDual : struct, IDual
        {
            var formula = new DualFormula<TDual>(dual);
            return dense ? Loop(new DenseDualFormula<TDual>(formula, _dense)) : Loop(formula);
        }

        public bool Use(SeriesDual series) => false;

        public bool Use(QuadratureDual quadrature) => false;

        public bool Loop<TFormula>(TFormula formula) where TFormula : struct, IEntryFormula
        {
            // Loops take whole panels.
            int columns = (arguments.Number("columns", 3 * PackedPanels<T>.Width) + PackedPanels<T>.Width - 1) / PackedPanels<T>.Width * PackedPanels<T>.Width;
            using var registers = new RegisterFile<T>(2, Rows, columns);
            using var terms = new RegisterFile<T>(2, 1, columns);
            var loop = new EntryLoop<TLane, T, TFormula>(0, 1, formula);
            var strip = new Strip<T>
            {
                Registers = registers,
                Columns = columns,
                TileColumns = columns,
                Left = terms.K(0),
                Right = terms.K(0),
                TermStride = columns,
            };
            for (int i = 0; i < columns; i++) registers.K(0)[i] = T.One;
            loop.Self(in strip);
            var random = new Random(1);
            for (int i = 0; i < Rows * columns; i++) (registers.K(0)[i], registers.Theta(0)[i]) = (T.CreateTruncating(2 * random.NextDouble() - 1), T.One);
            strip.Rows = Rows;
            double first = 0;
            foreach (bool withTheta in (bool[])[true, false])
            {
                strip.WithTheta = withTheta;
                Strip<T> own = strip;
                long start = Stopwatch.GetTimestamp();
                loop.Pairs(in own);
                first += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                double seconds = Timing.Fastest(arguments.Number("rounds", 50), 1, () =>
                {
                    for (int i = 0; i < Repeats; i++) loop.Pairs(in own);
                })[0];
                double vectors = (double)Rows * columns * sizeof(T) / 64 * Repeats;
                Console.Write((1e9 * seconds / vectors).ToString("F2", CultureInfo.InvariantCulture).PadLeft(8));
            }

            Console.Write($"{first,6:F0} ms");
            return true;
        }
    }
}
