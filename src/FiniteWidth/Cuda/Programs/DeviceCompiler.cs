using InfiniteNtk.FiniteWidth.Cuda.Sources;
using InfiniteNtk.FiniteWidth.Layers;

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
    private int Write(FiniteLayer layer, int input) => layer switch
    {
        FiniteSerial serial => serial.Layers.Aggregate(input, (register, part) => Write(part, register)),
        FiniteReshape => input,
        FiniteDense dense => Add(dense, output => new DenseStep(input, output, dense.Layer, dense.Input.PositionCount, dense.Map)),
        FiniteConv conv => Filter(conv, input),
        FiniteMix mix => Move(PositionTable.Of(mix.Weights, mix.Input.PositionCount), mix.Input.Channels, input),
        FiniteElementwise phi => Add(phi, output => new ActivationStep(input, output, ActivationSource.Of(phi.Activation))),
        FiniteLayerNorm norm => Normalize(norm, input),
        FiniteDropout dropout => Add(
            dropout, output => new DropoutStep(input, output, dropout.Input.Size, dropout.KeepProbability, dropout.Stream)),
        FiniteSum sum => Join(sum, sum.Branches, input, (inputs, output) => new SumStep(inputs, output)),
        FiniteProduct product => Join(product, product.Branches, input, (inputs, output) => new ProductStep(inputs, output)),
        FiniteConcat concat => Join(concat, concat.Branches, input, (inputs, output) => new ConcatStep(inputs, output, concat.Blocks)),
        _ => throw new InvalidArgumentException(
            "Cannot run this network on a device", $"the layer {NameOf(layer)} has no kernels there", "every layer needs them",
            "Run on the processor"),
    };

    /// <summary>A convolution is a dense layer on patches.</summary>
    private int Filter(FiniteConv conv, int input)
    {
        int patches = Move(PositionTable.Of(conv.Patches.Positions, conv.Input.PositionCount), conv.Input.Channels, input);
        return Add(conv, output => new DenseStep(patches, output, conv.Layer, conv.Output.PositionCount, conv.Map));
    }

    /// <summary>The positions of a group side by side, if they are not already, so that a group is a row; and back.</summary>
    private int Normalize(FiniteLayerNorm norm, int input)
    {
        int channels = norm.Input.Channels;
        int[] order = [.. norm.Groups.SelectMany(group => group)];
        bool ordered = order.Select((position, i) => position == i).All(same => same);
        int grouped = ordered ? input : Move(PositionTable.Of(order), channels, input);
        int normal = Add(norm, output => new NormalizeStep(
            grouped, output, norm.Groups.Count, norm.Input.Size / norm.Groups.Count, FiniteLayerNorm.Epsilon));
        return ordered ? normal : Move(PositionTable.Of(order).Transposed, channels, normal);
    }

    private int Move(PositionTable table, int channels, int input)
    {
        int output = Register(checked(table.Rows * channels));
        _steps.Add(new PositionStep(input, output, channels, table));
        return output;
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
