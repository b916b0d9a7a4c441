using InfiniteNtk.FiniteWidth.Cuda.Devices;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.Benchmarks;

/// <summary>
/// Finite networks on a GPU beside the processor, and as a fraction of what the device makes of one large matrix product. Options:
/// --width, --draws, --product (its size) and --rounds.
/// </summary>
internal static class GpuBenchmark
{
    private const int Features = 64, Outputs = 8, NtkInputs = 16, DrawInputs = 64;

    public static void Run(Arguments arguments)
    {
        CudaStatus status = CudaStatus.Probe();
        if (!status.IsUsable)
        {
            Console.WriteLine($"No GPU to measure: {status.Summary}");
            return;
        }

        int width = arguments.Number("width", 2048), draws = arguments.Number("draws", 100), rounds = arguments.Number("rounds", 5);
        int size = arguments.Number("product", 8192);
        Network ntk = Network(width, Outputs), drawn = Network(width / 2, width / 2);
        using var few = new Samples(RandomRows.Matrix(NtkInputs, Features), SampleShape.Features(Features));
        using var many = new Samples(RandomRows.Matrix(DrawInputs, Features), SampleShape.Features(Features));
        FiniteNetwork<double> onProcessor = FiniteNetwork.Sample(ntk, few.Shape, 1);
        double[] processor = Timing.Fastest(
            rounds, 0,
            () => EmpiricalNtk.Compute(onProcessor, few, null, OutputDirections.Full).Dispose(),
            () => MonteCarloKernel.Estimate(drawn, many, null, new() { Draws = Math.Max(2, draws / 20) }));
        processor[1] /= Math.Max(2, draws / 20);

        Console.WriteLine("| device | work | seconds | times the processor | fraction of its product rate |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (CudaPrecision precision in Enum.GetValues<CudaPrecision>())
        {
            using CudaDevice device = CudaDevice.Open(0, new() { Precision = precision });
            using CudaNetwork network = CudaNetwork.Sample(device, ntk, few.Shape, 1);
            using DeviceBuffer matrix = device.Memory.Zeros((long)size * size);
            using DeviceBuffer product = device.Memory.Allocate((long)size * size);
            double[] seconds = Timing.Fastest(
                rounds, 0,
                () => Multiply(device, matrix, product, size),
                () => network.Ntk(few, null, OutputDirections.Full).Dispose(),
                () => MonteCarloKernel.Estimate(drawn, many, null, new() { Draws = draws, Device = device }));
            double rate = 2.0 * size * size * size / seconds[0];
            Row(device, $"product of {size} × {size} matrices, {rate / 1e12:0.0} TFLOP/s", seconds[0], null, null);
            Row(
                device, $"NTK, 3 × {width} ReLU, {Outputs} outputs, {NtkInputs} inputs", seconds[1], processor[0] / seconds[1],
                Work(width, Outputs, Outputs, NtkInputs) / seconds[1] / rate);
            Row(
                device, $"one draw, NNGP and NTK, 3 × {width / 2} ReLU, {DrawInputs} inputs", seconds[2] / draws, processor[1] / (seconds[2] / draws),
                Work(width / 2, width / 2, 4, DrawInputs) / (seconds[2] / draws) / rate);
        }
    }

    /// <summary>Three hidden layers.</summary>
    private static Network Network(int width, int outputs) => Dense(Sqrt2, width: width) >> Relu >> Dense(Sqrt2, width: width) >> Relu
        >> Dense(Sqrt2, width: width) >> Relu >> Dense(1, width: outputs);

    /// <summary>Operations of the products that a kernel contains: forward, backward of all directions, Grams of both.</summary>
    private static double Work(double width, double outputs, double directions, double inputs)
    {
        double layers = Features * width + 2 * width * width + width * outputs;
        double backward = 2 * width * width + width * outputs;
        double grams = inputs * (Features + 3 * width) + inputs * directions * directions * (3 * width + outputs);
        return 2 * inputs * (layers + directions * backward + grams);
    }

    private static void Multiply(CudaDevice device, DeviceBuffer matrix, DeviceBuffer product, int size)
    {
        device.Enter();
        device.Product.Multiply(size, size, size, 1, matrix.Address, false, matrix.Address, true, 0, product.Address);
        device.Synchronize();
    }

    private static void Row(CudaDevice device, string work, double seconds, double? speedup, double? fraction) =>
        Console.WriteLine($"| {device} | {work} | {seconds:0.000000} | {speedup:0.0} | {fraction:0.00} |");
}
