using InfiniteNtk.FiniteWidth.Cuda.Devices;
using InfiniteNtk.FiniteWidth.Cuda.Grams;
using InfiniteNtk.FiniteWidth.Cuda.Programs;
using InfiniteNtk.FiniteWidth.Layers;
using InfiniteNtk.FiniteWidth.Sampling;

namespace InfiniteNtk;

/// <summary>
/// A network of finite width on a device: the weights of a seed are those that <see cref="FiniteNetwork{T}"/> has, rounded to the
/// device's precision, and so are all results. How large a batch is follows from the device's memory; results may differ with it in
/// the last digits.
/// </summary>
public sealed class CudaNetwork : IDisposable
{
    private readonly CudaDevice _device;
    private readonly DeviceProgram _program;
    private readonly DeviceWeights _weights;

    private CudaNetwork(CudaDevice device, FiniteLayer layer, long parameters, Func<DeviceWeights> weights)
    {
        _device = device;
        Input = layer.Input;
        Output = layer.Output;
        lock (device.Gate)
        {
            device.Enter();
            _program = DeviceCompiler.Compile(layer);
            RequireRoom(device.Memory, parameters, _program.Steps);
            _weights = weights();
            try
            {
                foreach (DeviceStep step in _program.Steps) step.Prepare(_weights);
            }
            catch
            {
                _weights.Dispose();
                throw;
            }
        }
    }

    /// <summary>The shape of its samples.</summary>
    public SampleShape Input { get; }

    /// <summary>The shape of its outputs.</summary>
    public SampleShape Output { get; }

    /// <summary>A network with weights drawn on the device from a seed.</summary>
    /// <param name="device">The device; it must outlive the network.</param>
    /// <param name="network">The architecture, with a width in each dense layer (<see cref="Widths.ApplyTo"/> puts them there).</param>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="options">Law of the weights and repetition; its budget is the processor's and plays no part.</param>
    /// <exception cref="InvalidArgumentException">A dense layer has no width, or a layer or activation no kernels on a device.</exception>
    /// <exception cref="ShapeMismatchException">Branches that are joined do not fit together.</exception>
    /// <exception cref="MemoryBudgetException">The weights do not fit the device's budget; nothing was allocated.</exception>
    /// <exception cref="DeviceException">The device failed.</exception>
    public static CudaNetwork Sample(CudaDevice device, Network network, SampleShape input, ulong seed, SamplingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(input);
        options ??= SamplingOptions.Default;
        var sampler = NetworkSampler.Of<double>(input, seed, options with { MemoryBudget = long.MaxValue });
        FiniteLayer layer = network.Accept(sampler);
        return new CudaNetwork(
            device, layer, DeviceWeights.Count(sampler.Draws), () => DeviceWeights.Draw(device, sampler.Draws, options.Weights));
    }

    /// <summary>A copy of a network, for example of a trained one.</summary>
    /// <inheritdoc cref="Sample"/>
    public static CudaNetwork From(CudaDevice device, FiniteNetwork<double> network)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(network);
        return new CudaNetwork(device, network.Layer, network.Parameters.Count, () => DeviceWeights.Upload(device, network.Parameters));
    }

    /// <summary>Its parameters, copied from the device.</summary>
    public ParameterSet<double> Parameters()
    {
        lock (_device.Gate)
        {
            _device.Enter();
            return _weights.Download();
        }
    }

    /// <summary>f(x): one row a sample, one column an output (positions × channels where positions remain).</summary>
    /// <exception cref="ShapeMismatchException">The samples have another shape.</exception>
    /// <exception cref="MemoryBudgetException">Not even one sample fits the device's budget.</exception>
    /// <exception cref="DeviceException">The device failed.</exception>
    public KernelMatrix<double> Outputs(Samples samples)
    {
        RequireShape(samples);
        lock (_device.Gate)
        {
            _device.Enter();
            var outputs = new KernelMatrix<double>(samples.Count, Output.Size);
            int block = new BlockPlan(_program, _program.ForwardNumbers).OneBatch(_device.Memory, samples.Count, "Cannot run this network on the device");
            for (long first = 0; first < samples.Count; first += block)
            {
                using DeviceRun run = Run(samples, first, (int)Math.Min(block, samples.Count - first), keep: false);
                double[] rows = _device.Memory.Download(run.OutputValue);
                for (int i = 0; i < run.Count; i++) rows.AsSpan(i * Output.Size, Output.Size).CopyTo(outputs.View.Row((nint)(first + i)));
            }

            return outputs;
        }
    }

    /// <summary>
    /// Jᵀu: the gradient of Σ u[n, o]·f(x_n)[o] with respect to the parameters, by one backward pass.
    /// </summary>
    /// <param name="samples">x.</param>
    /// <param name="outputGradient">u, samples × outputs.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    /// <exception cref="MemoryBudgetException">Not even one sample fits the device's budget.</exception>
    /// <exception cref="DeviceException">The device failed.</exception>
    public ParameterSet<double> Gradient(Samples samples, KernelMatrix<double> outputGradient)
    {
        RequireShape(samples);
        ArgumentNullException.ThrowIfNull(outputGradient);
        if (outputGradient.Rows != samples.Count || outputGradient.Columns != Output.Size)
        {
            throw new ShapeMismatchException(
                "Cannot differentiate", $"the output gradient is {outputGradient.Rows} × {outputGradient.Columns}",
                $"it must be {samples.Count} × {Output.Size}", "Pass one row a sample and one column an output");
        }

        lock (_device.Gate)
        {
            _device.Enter();
            RequireRoom(_device.Memory, _weights.Count(), _program.Steps);
            using DeviceWeights gradient = _weights.Zeros();
            int block = new BlockPlan(_program, _program.BackwardNumbers(1) + Output.Size).OneBatch(
                _device.Memory, samples.Count, "Cannot differentiate this network on the device");
            for (long first = 0; first < samples.Count; first += block)
            {
                using DeviceRun run = Run(samples, first, (int)Math.Min(block, samples.Count - first), keep: true);
                run.Backward(_device.Memory.Upload(Batch.Of(outputGradient, first, run.Count)), 1);
                foreach (DenseStep layer in run.Reached) layer.AddGradient(run, gradient);
            }

            return gradient.Download();
        }
    }

    /// <summary>The NNGP kernel, as <see cref="EmpiricalNngp"/> defines it.</summary>
    /// <param name="left">Row samples.</param>
    /// <param name="right">Column samples; null: the symmetric kernel of <paramref name="left"/>.</param>
    /// <exception cref="ShapeMismatchException">The samples do not fit, or the output still has positions.</exception>
    /// <exception cref="MemoryBudgetException">Not even one pair of samples fits the device's budget.</exception>
    /// <exception cref="DeviceException">The device failed.</exception>
    public KernelMatrix<double> Nngp(Samples left, Samples? right = null) =>
        Kernels(left, right, KernelOutputs.Nngp, OutputDirections.Trace).Nngp!;

    /// <summary>The tangent kernel with its parts, as <see cref="EmpiricalNtk"/> defines it.</summary>
    /// <param name="left">Row samples.</param>
    /// <param name="right">Column samples; null: the symmetric kernel of <paramref name="left"/>.</param>
    /// <param name="directions">Which outputs; null: <see cref="OutputDirections.Trace"/>.</param>
    /// <exception cref="ShapeMismatchException">The samples do not fit the network, or the directions its outputs.</exception>
    /// <exception cref="MemoryBudgetException">Not even one pair of samples fits the device's budget.</exception>
    /// <exception cref="DeviceException">The device failed.</exception>
    public EmpiricalNtk Ntk(Samples left, Samples? right = null, OutputDirections? directions = null) =>
        Kernels(left, right, KernelOutputs.Ntk, directions ?? OutputDirections.Trace, parts: true).Ntk!;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_device.Gate) _weights.Dispose();
    }

    /// <summary>Kernels of one pass through the network.</summary>
    /// <param name="left">Row samples.</param>
    /// <param name="right">Column samples; null: the same.</param>
    /// <param name="outputs">Which.</param>
    /// <param name="directions">Output directions of the NTK.</param>
    /// <param name="parts">Whether to give each layer's term of the NTK.</param>
    internal (KernelMatrix<double>? Nngp, EmpiricalNtk? Ntk) Kernels(
        Samples left, Samples? right, KernelOutputs outputs, OutputDirections directions, bool parts = false)
    {
        RequireShape(left);
        if (right is not null) RequireShape(right);
        if (outputs.HasFlag(KernelOutputs.Nngp)) EmpiricalNngp.RequireNoPositions(Output);
        lock (_device.Gate)
        {
            _device.Enter();
            return new DeviceKernels(_device, _program, _weights, outputs, directions, parts).Compute(left, right);
        }
    }

    private DeviceRun Run(Samples samples, long first, int count, bool keep)
    {
        var run = new DeviceRun(_device, _program, _weights, count, first);
        try
        {
            run.Forward(Batch.Of(samples.Rows, first, count), keep);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    private void RequireShape(Samples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Shape == Input) return;
        throw new ShapeMismatchException(
            "Cannot run this network", $"the samples are {samples.Shape}", $"it was made for {Input}", "Pass samples of that shape or sample the network anew");
    }

    private static void RequireRoom(DeviceMemory memory, long parameters, IReadOnlyList<DeviceStep> steps)
    {
        // Each step has at most six buffers of its own, and each buffer is rounded up.
        double bytes = (double)parameters * memory.NumberSize + steps.Sum(step => 8.0 * step.Prepared + 6 * DeviceMemory.Alignment);
        if (bytes <= memory.Budget - memory.InUse) return;
        throw new MemoryBudgetException(
            "Cannot put this network on the device", $"its {parameters} parameters take {MemoryBudget.Describe((long)bytes)}",
            $"{MemoryBudget.Describe(memory.Budget - memory.InUse)} of {MemoryBudget.Describe(memory.Budget)} may still be used there",
            "Use smaller widths or float32, or a larger budget");
    }
}
