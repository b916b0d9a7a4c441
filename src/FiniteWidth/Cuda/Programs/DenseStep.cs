using InfiniteNtk.FiniteWidth.Cuda.Devices;
using InfiniteNtk.FiniteWidth.Layers;

namespace InfiniteNtk.FiniteWidth.Cuda.Programs;

/// <summary>y = α·W·a + β·b at each position.</summary>
internal sealed class DenseStep(int input, int output, int layer, int positions, LinearMap map) : DeviceStep([input], output)
{
    public override bool HasParameters => true;

    /// <summary>Its entry of the parameters.</summary>
    public int Layer { get; } = layer;

    /// <summary>Positions of a sample.</summary>
    public int Positions { get; } = positions;

    /// <summary>Channels that arrive.</summary>
    public int FanIn { get; } = map.Inputs;

    /// <summary>Channels that leave.</summary>
    public int Width { get; } = map.Outputs;

    /// <summary>α.</summary>
    public double Alpha { get; } = map.Alpha;

    /// <summary>β.</summary>
    public double Beta { get; } = map.Beta;

    public override void Forward(DeviceRun run)
    {
        DeviceBuffer y = run.Allocate(Output);
        DeviceBuffer? biases = run.Weights.Biases[Layer];
        if (biases is not null) run.Signals.ForEach(y.Count, "broadcast", y, biases, Beta, y.Count, Width);
        run.Product.Multiply(
            Rows(run), Width, FanIn, Alpha, run.Value(Inputs[0]).Address, false, run.Weights.Matrices[Layer].Address, true, biases is null ? 0 : 1, y.Address);
        run.Set(Output, y);
    }

    public override void Backward(DeviceRun run)
    {
        if (!run.NeedsGradient(Inputs[0])) return;
        DeviceBuffer below = run.AllocateGradient(Inputs[0]);
        run.Product.Multiply(
            Rows(run) * run.Directions, FanIn, Width, Alpha, run.Gradient(Output).Address, false, run.Weights.Matrices[Layer].Address, false, 0,
            below.Address);
        run.AddGradient(Inputs[0], below);
    }

    /// <summary>Adds the gradient with respect to its parameters, summed over the batch.</summary>
    public void AddGradient(DeviceRun run, DeviceWeights target)
    {
        DeviceBuffer delta = run.Gradient(Output);
        double rate = run.Weights.Layers[Layer].LearningRate;
        run.Product.Multiply(
            Width, FanIn, Rows(run), rate * Alpha, delta.Address, true, run.Value(Inputs[0]).Address, false, 1, target.Matrices[Layer].Address);
        if (target.Biases[Layer] is { } biases) run.Signals.ForEach(Width, "sum_rows", biases, delta, rate * Beta, 1L, Rows(run), (long)Width);
    }

    private long Rows(DeviceRun run) => (long)run.Count * Positions;
}
