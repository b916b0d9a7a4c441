using InfiniteNtk.FiniteWidth.Cuda.Devices;
using InfiniteNtk.FiniteWidth.Cuda.Sources;

namespace InfiniteNtk.FiniteWidth.Cuda.Programs;

/// <summary>A batch that runs through a program on a device, forward and backward. It owns what it allocates.</summary>
internal sealed class DeviceRun : IDisposable
{
    private readonly CudaDevice _device;
    private readonly DeviceProgram _program;
    private readonly DeviceBuffer?[] _values;
    private readonly DeviceBuffer?[] _gradients;
    private readonly Dictionary<DeviceStep, DeviceBuffer> _kept = [];
    private readonly HashSet<DeviceBuffer> _owned = [];

    public DeviceRun(CudaDevice device, DeviceProgram program, DeviceWeights weights, int count, long firstSample)
    {
        _device = device;
        _program = program;
        Weights = weights;
        Count = count;
        FirstSample = firstSample;
        _values = new DeviceBuffer?[program.Sizes.Count];
        _gradients = new DeviceBuffer?[program.Sizes.Count];
    }

    /// <summary>The parameters.</summary>
    public DeviceWeights Weights { get; }

    /// <summary>Samples of the batch.</summary>
    public int Count { get; }

    /// <summary>The number of its first sample.</summary>
    public long FirstSample { get; }

    /// <summary>Output directions on the way back.</summary>
    public int Directions { get; private set; } = 1;

    /// <summary>Matrix products.</summary>
    public DeviceProduct Product => _device.Product;

    /// <summary>The kernels between signals.</summary>
    public KernelModule Signals => Module(KernelSource.Signals);

    /// <summary>The steps with parameters, in the order of the forward pass, once the batch has run backward.</summary>
    public IEnumerable<DenseStep> Reached => _program.Steps.OfType<DenseStep>().OrderBy(step => step.Layer);

    /// <summary>The code of a source.</summary>
    public KernelModule Module(KernelSource source) => _device.Module(source);

    /// <summary>Runs forward.</summary>
    /// <param name="input">The samples.</param>
    /// <param name="keep">Whether to keep what the way back needs.</param>
    public void Forward(ReadOnlySpan<double> input, bool keep)
    {
        Set(0, Own(_device.Memory.Upload(input)));
        for (int i = 0; i < _program.Steps.Count; i++)
        {
            _program.Steps[i].Forward(this);
            if (keep) continue;
            foreach (int register in _program.Freed(i)) Release(_values[register]!);
        }
    }

    /// <summary>The network's output.</summary>
    public DeviceBuffer OutputValue => Value(_program.Output);

    /// <summary>Runs backward from the gradient of the output: so many directions one after another.</summary>
    public void Backward(DeviceBuffer outputGradient, int directions)
    {
        Directions = directions;
        _gradients[_program.Output] = Own(outputGradient);
        foreach (DeviceStep step in _program.Steps.Reverse())
        {
            if (!NeedsGradient(step.Output)) continue;
            step.Backward(this);
            if (!step.HasParameters) Release(Gradient(step.Output));
        }
    }

    /// <summary>What a register holds.</summary>
    public DeviceBuffer Value(int register) => _values[register]!;

    /// <summary>The gradient with respect to a register.</summary>
    public DeviceBuffer Gradient(int register) => _gradients[register]!;

    /// <summary>Whether anything that has parameters lies before a register.</summary>
    public bool NeedsGradient(int register) => _program.NeedsGradient(register);

    /// <summary>Room for a register's value.</summary>
    public DeviceBuffer Allocate(int register) => Own(_device.Memory.Allocate((long)Count * _program.Sizes[register]));

    /// <summary>Room for a register's gradient.</summary>
    public DeviceBuffer AllocateGradient(int register) =>
        Own(_device.Memory.Allocate((long)Count * Directions * _program.Sizes[register]));

    /// <summary>A copy of a buffer.</summary>
    public DeviceBuffer Copy(DeviceBuffer source) => Own(_device.Memory.Copy(source));

    /// <summary>Room for what a step keeps for its way back.</summary>
    public DeviceBuffer Keep(DeviceStep step, long count) => _kept[step] = Own(_device.Memory.Allocate(count));

    /// <summary>What a step kept.</summary>
    public DeviceBuffer Kept(DeviceStep step) => _kept[step];

    /// <summary>Writes a register.</summary>
    public void Set(int register, DeviceBuffer value) => _values[register] = value;

    /// <summary>Adds to the gradient of a register; the buffer belongs to the run from here on.</summary>
    public void AddGradient(int register, DeviceBuffer gradient)
    {
        if (_gradients[register] is not { } sum)
        {
            _gradients[register] = gradient;
            return;
        }

        Signals.ForEach(sum.Count, "add", sum, gradient, sum.Count);
        Release(gradient);
    }

    public void Dispose()
    {
        foreach (DeviceBuffer buffer in _owned) buffer.Dispose();
        _owned.Clear();
    }

    private DeviceBuffer Own(DeviceBuffer buffer)
    {
        _owned.Add(buffer);
        return buffer;
    }

    private void Release(DeviceBuffer buffer)
    {
        _owned.Remove(buffer);
        buffer.Dispose();
    }
}
