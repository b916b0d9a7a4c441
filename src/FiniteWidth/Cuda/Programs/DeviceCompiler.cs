using InfiniteNtk.FiniteWidth.Cuda.Sources;
using InfiniteNtk.FiniteWidth.Layers;
using InfiniteNtk.Kernels.Errors;

namespace InfiniteNtk.FiniteWidth.Cuda.Programs;

/// <summary>Writes a finite network as steps. A layer without steps is refused by its name.</summary>
internal sealed class DeviceCompiler
{
    private readonly List<int> _sizes = [];
    private readonly List<DeviceStep> _steps = [];

    private DeviceCompiler()
    {
    }

    /// <summary>The program of a network.</summary>
    /// <exception cref="InvalidArgumentException">A layer or an activation has no kernels on a device.</exception>
    public static DeviceProgram Compile(FiniteLayer network)
    {
        var compiler = new DeviceCompiler();
        int input = compiler.Register(network.Input.Size);
        int output = compiler.Write(network, input);
        return new DeviceProgram(compiler._sizes, compiler._steps, output);
    }

    /// <summary>Writes a layer; returns the register with its output.</summary>
    private int Write(FiniteLayer layer, int input)
    {
        switch (layer)
        {
            case FiniteSerial serial: return serial.Layers.Aggregate(input, (register, part) => Write(part, register));
            case FiniteReshape: return input;
            case FiniteDense dense:
                return Add(dense, output => new DenseStep(
                input, output, dense.Layer, dense.Input.PositionCount, dense.Input.Channels, dense.Output.Channels, dense.Alpha, dense.Beta));
            case FiniteElementwise elementwise:
                return Add(
                elementwise, output => new ActivationStep(input, output, ActivationFormula.SourceOf(elementwise.Activation)));
            case FiniteLayerNorm { Axes.Count: 0 } norm:
                return Add(
                norm, output => new NormalizeStep(input, output, norm.Input.PositionCount, norm.Input.Channels, FiniteLayerNorm.Epsilon));
            case FiniteDropout dropout:
                return Add(
                dropout, output => new DropoutStep(input, output, dropout.Input.Size, dropout.KeepProbability, dropout.Stream));
            case FiniteSum sum: return Join(sum, sum.Branches, input, (inputs, output) => new SumStep(inputs, output));
            case FiniteProduct product: return Join(product, product.Branches, input, (inputs, output) => new ProductStep(inputs, output));
            case FiniteConcat concat: return Join(concat, concat.Branches, input, (inputs, output) => new ConcatStep(inputs, output, concat.Blocks));
            default:
                throw new InvalidArgumentException(
                "Cannot run this network on a device", $"the layer {NameOf(layer)} has no kernels there", "every layer needs them",
                "Run on the processor");
        }
    }

    private int Join(FiniteLayer layer, IReadOnlyList<FiniteLayer> branches, int input, Func<int[], int, DeviceStep> step)
    {
        int[] inputs = [.. branches.Select(branch => Write(branch, input))];
        return Add(layer, output => step(inputs, output));
    }

    private int Add(FiniteLayer layer, Func<int, DeviceStep> step)
    {
        int output = Register(layer.Output.Size);
        _steps.Add(step(output));
        return output;
    }

    private int Register(int size)
    {
        _sizes.Add(size);
        return _sizes.Count - 1;
    }

    private static string NameOf(FiniteLayer layer)
    {
        string name = layer.GetType().Name;
        return name.StartsWith("Finite", StringComparison.Ordinal) ? name["Finite".Length..] : name;
    }
}
