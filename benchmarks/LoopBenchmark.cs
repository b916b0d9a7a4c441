using System.Numerics;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Cpu.Formulas;
using InfiniteNtk.Kernels.Execution.Cpu.Loops;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Benchmarks;

/// <summary>
/// The two loops of a dense ReLU layer alone, on one core: "loop --columns 120 --rounds 50". Cycles of a clock of
/// 4.35 GHz, that of the machine in docs/performance.md.
/// </summary>
internal static unsafe class LoopBenchmark
{
    private const int Rows = 16, Repeats = 200;
    private const double Clock = 4.35e9;

    public static void Run(Arguments arguments)
    {
        Report<Double512Lane, double>("f64", arguments);
        Report<Single512Lane, float>("f32", arguments);
    }

    private static void Report<TLane, T>(string name, Arguments arguments)
        where TLane : struct, IStoredLane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = arguments.Number("columns", CpuPlan<T>.StripColumns);
        using var registers = new RegisterFile<T>(1, Rows, columns);
        using var terms = new RegisterFile<T>(1, 1, columns + Rows);
        var dual = new EntryLoop<TLane, T, DualFormula<ReluDual>>(0, 0, new DualFormula<ReluDual>(new ReluDual()));
        var affine = new EntryLoop<TLane, T, AffineFormula>(0, 0, new AffineFormula(new Affine(1, 0, 2, 0.01, 2, 0.01)));
        foreach (bool withTheta in (bool[])[true, false])
        {
            var strip = new Strip<T>
            {
                Registers = registers,
                Rows = Rows,
                Columns = columns,
                TileColumns = columns,
                WithTheta = withTheta,
                Left = terms.K(0) + columns,
                Right = terms.K(0),
                TermStride = columns + Rows,
            };
            var random = new Random(1);
            for (int i = 0; i < Rows * columns; i++) (registers.K(0)[i], registers.Theta(0)[i]) = (T.CreateTruncating(2 * random.NextDouble() - 1), T.One);
            for (int i = 0; i < columns + Rows; i++)
            {
                terms.K(0)[i] = T.CreateTruncating(0.3989422804014327);
                terms.K(0)[columns + Rows + i] = T.One;
            }

            double[] seconds = Timing.Fastest(arguments.Number("rounds", 50), 1, Repeated(dual, strip), Repeated(affine, strip));
            double cycles = Clock / ((double)Rows * columns / TLane.Count * Repeats);
            string outputs = withTheta ? "NNGP+NTK" : "NNGP    ";
            Console.WriteLine($"{name}  16 x {columns} {outputs}  ReLU {cycles * seconds[0]:F1}, affine {cycles * seconds[1]:F1} cycles a vector");
        }
    }

    private static Action Repeated<T>(StepLoop<T> loop, Strip<T> strip) where T : unmanaged, IBinaryFloatingPointIeee754<T> => () =>
    {
        for (int i = 0; i < Repeats; i++) loop.Pairs(in strip);
    };
}
