using InfiniteNtk.FiniteWidth.Cuda.Devices;
using InfiniteNtk.FiniteWidth.Cuda.Programs;

namespace InfiniteNtk.FiniteWidth.Cuda.Grams;

/// <summary>
/// One layer's term of the NTK between two batches, in the cheaper of the two ways that
/// <see cref="EmpiricalKernels.LinearNtkTerm{T}"/> describes: by the Grams of activations and gradients, or by gradients per sample.
/// </summary>
/// <param name="device">The device.</param>
/// <param name="directions">Output directions R.</param>
/// <param name="traceOnly">Whether to sum over equal directions.</param>
internal sealed class NtkTerm(CudaDevice device, int directions, bool traceOnly)
{
    /// <summary>Directions that are kept apart.</summary>
    public int Apart { get; } = traceOnly ? 1 : directions;

    /// <summary>Whether Grams need fewer multiply-adds than gradients per sample, on so many samples.</summary>
    public bool ByGrams(DenseStep layer, double left, double right)
    {
        double pairs = (double)directions * Apart;
        double grams = left * right * layer.Positions * layer.Positions * (layer.FanIn + pairs * layer.Width);
        double gradients = (directions * (left + right) * layer.Positions + left * right * pairs) * layer.FanIn * layer.Width;
        return grams <= gradients;
    }

    /// <summary>Scratch per pair of samples.</summary>
    public double NumbersPerPair(DenseStep layer, bool byGrams) =>
        byGrams ? (double)layer.Positions * layer.Positions * (1 + (double)Apart * Apart) : (double)Apart * Apart;

    /// <summary>Scratch per sample of either batch.</summary>
    public double NumbersPerSample(DenseStep layer, bool byGrams) => byGrams ? 0 : (double)Apart * layer.Width * (layer.FanIn + 1.0);

    /// <summary>Adds the term, row n·R + r and column n′·R + r′.</summary>
    public void Add(DeviceBuffer theta, DenseStep layer, bool byGrams, DeviceRun left, DeviceRun right)
    {
        if (byGrams) AddByGrams(theta, layer, left, right);
        else AddByGradients(theta, layer, left, right);
    }

    private void AddByGrams(DeviceBuffer theta, DenseStep layer, DeviceRun left, DeviceRun right)
    {
        (long rows, long columns) = ((long)left.Count * layer.Positions, (long)right.Count * layer.Positions);
        using DeviceBuffer forward = device.Memory.Allocate(rows * columns);
        device.Product.Multiply(
            rows, columns, layer.FanIn, 1, left.Value(layer.Inputs[0]).Address, false, right.Value(layer.Inputs[0]).Address, true, 0, forward.Address);
        using DeviceBuffer backward = device.Memory.Allocate(rows * columns * Apart * Apart);
        for (int r = 0; r < directions / Apart; r++)
        {
            device.Product.Multiply(
                rows * Apart, columns * Apart, layer.Width, 1, left.Gradient(layer.Output).At(r * rows * layer.Width), false,
                right.Gradient(layer.Output).At(r * columns * layer.Width), true, r == 0 ? 0 : 1, backward.Address);
        }

        left.Signals.ForEach(
            theta.Count, "contract", theta, forward, backward, WeightScale(layer, left), BiasScale(layer, left), (long)left.Count, (long)right.Count,
            (long)Apart, (long)layer.Positions);
    }

    private void AddByGradients(DeviceBuffer theta, DenseStep layer, DeviceRun left, DeviceRun right)
    {
        using DeviceBuffer products = device.Memory.Allocate(theta.Count);
        for (int r = 0; r < directions / Apart; r++)
        {
            AddProducts(products, layer, left, right, r, r == 0 ? 0 : 1, WeightScale(layer, left), (long)layer.Width * layer.FanIn, WeightGradients);
            double biasScale = BiasScale(layer, left);
            if (biasScale != 0) AddProducts(products, layer, left, right, r, 1, biasScale, layer.Width, BiasGradients);
        }

        left.Signals.ForEach(theta.Count, "reorder", theta, products, 1.0, (long)left.Count, (long)right.Count, (long)Apart);
    }

    private void AddProducts(
        DeviceBuffer products, DenseStep layer, DeviceRun left, DeviceRun right, int direction, double keep, double scale, long length,
        Func<DenseStep, DeviceRun, int, DeviceBuffer> gradients)
    {
        using DeviceBuffer rows = gradients(layer, left, direction);
        using DeviceBuffer? others = ReferenceEquals(left, right) ? null : gradients(layer, right, direction);
        device.Product.Multiply(
            (long)left.Count * Apart, (long)right.Count * Apart, length, scale, rows.Address, false, (others ?? rows).Address, true, keep, products.Address);
    }

    /// <summary>Σ_p δ(p)·a(p)ᵀ of each sample, for one direction or for all that are kept apart.</summary>
    private DeviceBuffer WeightGradients(DenseStep layer, DeviceRun run, int direction)
    {
        long length = (long)layer.Width * layer.FanIn;
        DeviceBuffer gradients = device.Memory.Allocate(run.Count * length * Apart);
        for (int r = 0; r < Apart; r++)
        {
            device.Product.Multiply(
                new(layer.Width, layer.FanIn, layer.Positions), 1,
                new(Delta(layer, run, direction + r), true, (long)layer.Positions * layer.Width),
                new(run.Value(layer.Inputs[0]).Address, false, (long)layer.Positions * layer.FanIn), 0,
                new(gradients.At(r * run.Count * length), false, length), run.Count);
        }

        return gradients;
    }

    /// <summary>Σ_p δ(p) of each sample, for one direction or for all that are kept apart.</summary>
    private DeviceBuffer BiasGradients(DenseStep layer, DeviceRun run, int direction)
    {
        DeviceBuffer gradients = device.Memory.Zeros((long)run.Count * Apart * layer.Width);
        run.Signals.ForEach(
            gradients.Count, "sum_rows", gradients, Delta(layer, run, direction), 1.0, (long)run.Count * Apart, (long)layer.Positions,
            (long)layer.Width);
        return gradients;
    }

    private static ulong Delta(DenseStep layer, DeviceRun run, int direction) =>
        run.Gradient(layer.Output).At((long)direction * run.Count * layer.Positions * layer.Width);

    /// <summary>α² times the learning rate.</summary>
    private static double WeightScale(DenseStep layer, DeviceRun run) => run.Weights.Layers[layer.Layer].LearningRate * layer.Alpha * layer.Alpha;

    /// <summary>β² times the learning rate, 0 without biases.</summary>
    private static double BiasScale(DenseStep layer, DeviceRun run) =>
        run.Weights.Biases[layer.Layer] is null ? 0 : run.Weights.Layers[layer.Layer].LearningRate * layer.Beta * layer.Beta;
}
