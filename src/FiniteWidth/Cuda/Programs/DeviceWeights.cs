using InfiniteNtk.FiniteWidth.Cuda.Devices;
using InfiniteNtk.FiniteWidth.Cuda.Sources;
using InfiniteNtk.FiniteWidth.Randomness;
using InfiniteNtk.FiniteWidth.Sampling;

namespace InfiniteNtk.FiniteWidth.Cuda.Programs;

/// <summary>The parameters of a network on a device, drawn there or copied there.</summary>
internal sealed class DeviceWeights : IDisposable
{
    private readonly CudaDevice _device;
    private readonly DeviceBuffer[] _matrices;
    private readonly DeviceBuffer?[] _biases;

    private readonly Dictionary<PositionTable, DeviceTable> _tables = [];

    private DeviceWeights(CudaDevice device, IReadOnlyList<(string Path, double LearningRate)> layers)
    {
        _device = device;
        Layers = layers;
        _matrices = new DeviceBuffer[layers.Count];
        _biases = new DeviceBuffer?[layers.Count];
    }

    /// <summary>Where each layer stands in the network, and its learning rate.</summary>
    public IReadOnlyList<(string Path, double LearningRate)> Layers { get; }

    /// <summary>The weight matrix of each layer.</summary>
    public IReadOnlyList<DeviceBuffer> Matrices => _matrices;

    /// <summary>The biases of each layer; null where it has none.</summary>
    public IReadOnlyList<DeviceBuffer?> Biases => _biases;

    /// <summary>How many numbers.</summary>
    public long Count() => _matrices.Concat(_biases).Sum(buffer => buffer?.Count ?? 0);

    /// <summary>How many numbers are to be drawn.</summary>
    public static long Count(IEnumerable<LayerDraw> draws) =>
        draws.Sum(draw => (long)draw.Outputs * draw.Inputs + (draw.BiasStd is null ? 0 : draw.Outputs));

    /// <summary>
    /// Draws on the device: the same numbers as on the processor, rounded to the device's precision. Orthogonal matrices are made on
    /// the processor and copied.
    /// </summary>
    public static DeviceWeights Draw(CudaDevice device, IReadOnlyList<LayerDraw> draws, WeightLaw law) =>
        Fill(device, [.. draws.Select(draw => (draw.Path, draw.LearningRate))], (weights, i) =>
    {
        LayerDraw draw = draws[i];
        weights._matrices[i] = law == WeightLaw.Gaussian
            ? weights.Gaussian(draw.Weights, (long)draw.Outputs * draw.Inputs, draw.WeightStd)
            : device.Memory.Upload(Realized(draw, law));
        if (draw.BiasStd is { } std) weights._biases[i] = weights.Gaussian(draw.Biases, draw.Outputs, std);
    });

    /// <summary>Copies parameters to the device.</summary>
    public static DeviceWeights Upload(CudaDevice device, ParameterSet<double> parameters) =>
        Fill(device, [.. parameters.Layers.Select(layer => (layer.Path, layer.LearningRate))], (weights, i) =>
        {
            LayerParameters<double> layer = parameters.Layers[i];
            weights._matrices[i] = device.Memory.Upload(layer.Weights.Span);
            if (!layer.Biases.IsEmpty) weights._biases[i] = device.Memory.Upload(layer.Biases.Span);
        });

    /// <summary>Copies them from the device.</summary>
    public ParameterSet<double> Download() => new(
        [.. Layers.Select((layer, i) => new LayerParameters<double>(
            layer.Path, _device.Memory.Download(_matrices[i]), _biases[i] is { } biases ? _device.Memory.Download(biases) : Array.Empty<double>(),
            layer.LearningRate))]);

    /// <summary>Zeros of the same shape.</summary>
    public DeviceWeights Zeros() => Fill(_device, Layers, (weights, i) =>
    {
        weights._matrices[i] = _device.Memory.Zeros(_matrices[i].Count);
        if (_biases[i] is { } biases) weights._biases[i] = _device.Memory.Zeros(biases.Count);
    });

    /// <summary>A map between positions, copied there on first use.</summary>
    public DeviceTable Table(PositionTable table) =>
        _tables.TryGetValue(table, out DeviceTable? known) ? known : _tables[table] = new DeviceTable(_device.Memory, table);

    public void Dispose()
    {
        foreach (DeviceTable table in _tables.Values) table.Dispose();
        foreach (DeviceBuffer? buffer in _matrices.Concat(_biases)) buffer?.Dispose();
    }

    private static DeviceWeights Fill(CudaDevice device, IReadOnlyList<(string Path, double LearningRate)> layers, Action<DeviceWeights, int> fill)
    {
        var weights = new DeviceWeights(device, layers);
        try
        {
            for (int i = 0; i < layers.Count; i++) fill(weights, i);
            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    private static ReadOnlySpan<double> Realized(LayerDraw draw, WeightLaw law)
    {
        LayerParameters<double> parameters = draw.Room<double>();
        draw.Fill(parameters, law, 1);
        return parameters.Weights.Span;
    }

    private DeviceBuffer Gaussian(RandomStream stream, long count, double scale)
    {
        (ulong seed, uint draw, ulong name) = stream.Identity;
        DeviceBuffer target = _device.Memory.Allocate(count);
        _device.Module(KernelSource.Random).ForEach((count + 3) / 4, "gaussian", target, count, seed, (ulong)draw, name, scale);
        return target;
    }
}
