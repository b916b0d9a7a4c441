using System.Globalization;
using System.Numerics;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Cpu.Planes;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.Benchmarks;

/// <summary>
/// NNGP and NTK of convolutional networks on 32×32×3 images, in time for one entry (one pair of images, both kernels):
/// "planes --nets gap,flatten,myrtle5 --threads 1 --rounds 3 --pairs 1 --left 8 --right 32".
/// </summary>
internal static class PlaneBenchmark
{
    private static readonly Dictionary<string, (Func<Network> Net, int Left, int Right)> _nets = new()
    {
        ["gap"] = (() => Convolutions(21) >> GlobalAveragePool >> Dense(), 2, 32),
        ["gap10"] = (() => Convolutions(10) >> GlobalAveragePool >> Dense(), 2, 32),
        ["flatten"] = (() => Convolutions(21) >> Flatten >> Dense(), 64, 256),
        ["plain"] = (() => Convolutions(11) >> GlobalAveragePool >> Dense(), 2, 32),
        ["residual"] = (() => Conv(3, 3, weightStd: Sqrt2) >> Repeat(5, (Identity + (Relu >> Conv(3, 3, weightStd: Sqrt2) >> Relu >> Conv(3, 3, weightStd: Sqrt2)))) >> GlobalAveragePool >> Dense(), 2, 32),
        ["myrtle5"] = (() => Architectures.Myrtle(5), 4, 32),
        ["myrtle7"] = (() => Architectures.Myrtle(7), 4, 32),
        ["myrtle10"] = (() => Architectures.Myrtle(10), 4, 32),
        ["taps"] = (() => Repeat(21, Conv(3, 3)) >> GlobalAveragePool >> Dense(), 2, 32),
        ["duals"] = (() => Repeat(21, Dense() >> Relu) >> GlobalAveragePool >> Dense(), 2, 32),
        ["wide"] = (() => Architectures.WideResNet(10, 1), 1, 32),
    };

    public static void Run(Arguments arguments)
    {
        string[] names = (arguments.Text("nets") ?? "flatten,gap,plain,residual,myrtle5,myrtle7,myrtle10").Split(',');
        foreach (string name in names)
        {
            if (arguments.Text("precision") != "f64") Report<float>(name, arguments);
            if (arguments.Text("precision") != "f32") Report<double>(name, arguments);
        }
    }

    private static void Report<T>(string name, Arguments arguments) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (Func<Network> net, int left, int right) = _nets[name];
        int threads = arguments.Number("threads", 1), pairs = arguments.Number("pairs", 1);
        (left, right) = (arguments.Number("left", left), arguments.Number("right", right));
        var shape = new SampleShape([32, 32], 3);
        KernelProgram program = net().Program(shape);
        PlanePlan<T> plan = PlanePlan<T>.For(program);
        using var x = new Samples(RandomRows.Matrix(left * pairs * threads, shape.Size), shape);
        using var y = new Samples(RandomRows.Matrix(right, shape.Size), shape);
        var options = new ExecutionOptions { Threads = threads };
        long scratch = 0;
        double seconds = Timing.Fastest(arguments.Number("rounds", 3), threads, () =>
        {
            using KernelPair<T> kernels = new CpuExecutor().Run<T>(new KernelRequest(program, x, y), options);
            scratch = kernels.Report.ScratchBytes;
        })[0];
        double entry = seconds / ((double)x.Count * y.Count);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-9} {(typeof(T) == typeof(float) ? "f32" : "f64")}  {1e3 * entry * threads,8:F4} ms an entry and core, {1e9 * entry * threads / plan.PairWork,6:F3} ns a plane entry and step ({plan.PairWork:E2}), scratch {scratch >> 20} MiB"));
    }

    private static Network Convolutions(int count) => Repeat(count, Conv(3, 3, weightStd: Sqrt2) >> Relu);
}
