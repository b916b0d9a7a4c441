using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.FiniteWidth.Tests.Cuda;

/// <summary>What a device must give, whichever device it is: the processor's results.</summary>
internal static class DeviceChecks
{
    private const ulong Seed = 3;

    /// <summary>Weights, outputs, gradients, NNGP and NTK of a network around one kind of layer.</summary>
    public static void LayerKind(CudaDevice device, string kind)
    {
        FiniteNetwork<double> expected = LayerKinds.Sample(kind, Seed);
        if (Refusal(() => CudaNetwork.From(device, expected)) is { } refusal)
        {
            Assert.Contains("the layer ConvLocal has no kernels there", refusal.Message, StringComparison.Ordinal);
            return;
        }

        using CudaNetwork network = CudaNetwork.Sample(device, expected.Network, expected.Input, Seed);
        using CudaNetwork copy = CudaNetwork.From(device, expected);
        Weights(expected.Parameters, network.Parameters(), device.Options.Precision);
        Close(Doubles(copy.Parameters()), Doubles(network.Parameters()), 0);

        using Samples left = LayerKinds.Inputs(kind, 5, 1);
        using Samples right = LayerKinds.Inputs(kind, 4, 2);
        double tolerance = device.Options.Precision == CudaPrecision.Double ? 1e-12 : 2e-5;
        Close(expected.Outputs(left), network.Outputs(left), tolerance);
        Close(expected.Outputs(left), copy.Outputs(left), tolerance);
        using KernelMatrix<double> direction = LayerKindsDirection(left.Count, expected.Output.Size);
        Close(Doubles(expected.Gradient(left, direction)), Doubles(network.Gradient(left, direction)), tolerance);
        Kernels(expected, network, left, right, tolerance);
    }

    /// <summary>NNGP and NTK, symmetric and across, with the NTK's parts in each form.</summary>
    public static void Kernels(FiniteNetwork<double> expected, CudaNetwork network, Samples left, Samples right, double tolerance)
    {
        if (expected.Output.Positions.Count == 0)
        {
            Close(EmpiricalNngp.Compute(expected, left), network.Nngp(left), tolerance);
            Close(EmpiricalNngp.Compute(expected, left, right), network.Nngp(left, right), tolerance);
        }

        double[,] some = new double[2, expected.Output.Size];
        for (int o = 0; o < expected.Output.Size; o++) (some[0, o], some[1, o]) = (1.0 / (1 + o), o - 0.5);
        foreach (OutputDirections directions in (OutputDirections[])
            [OutputDirections.Trace, OutputDirections.Full, OutputDirections.SumOfOutputs, OutputDirections.First(2), OutputDirections.Of(some)])
        {
            Ntk(EmpiricalNtk.Compute(expected, left, null, directions), network.Ntk(left, null, directions), tolerance);
            Ntk(EmpiricalNtk.Compute(expected, left, right, directions), network.Ntk(left, right, directions), tolerance);
        }
    }

    /// <summary>Layers learn at their own rates, or not at all.</summary>
    public static void LearningRates(CudaDevice device, double tolerance)
    {
        Network network = Conv(3, biasStd: 0.3, width: 3, learningRate: 0.25) >> Relu >> Flatten
            >> Dense(1, 0.2, width: 4, trainable: false) >> Relu >> Dense(1, 0.1, width: 2, learningRate: 2);
        using Samples x = LayerKinds.Inputs("conv", 5, 1);
        FiniteNetwork<double> expected = FiniteNetwork.Sample(network, x.Shape, Seed);
        using CudaNetwork actual = CudaNetwork.Sample(device, network, x.Shape, Seed);
        using KernelMatrix<double> direction = LayerKindsDirection(x.Count, 2);
        Close(Doubles(expected.Gradient(x, direction)), Doubles(actual.Gradient(x, direction)), tolerance);
        Ntk(EmpiricalNtk.Compute(expected, x, null, OutputDirections.Full), actual.Ntk(x, null, OutputDirections.Full), tolerance);
    }

    /// <summary>The same draws in the same order: the same means and errors.</summary>
    public static void MonteCarlo(CudaDevice device, double tolerance)
    {
        Network network = Dense(1.4, 0.1, width: 40) >> Relu >> Dense(1, 0.2, width: 20);
        using Samples samples = LayerKinds.Inputs("dense", 4, 7);
        foreach (WeightLaw law in Enum.GetValues<WeightLaw>())
        {
            var options = new MonteCarloOptions { Seed = 11, Draws = 12, Weights = law };
            MonteCarloKernel expected = MonteCarloKernel.Estimate(network, samples, null, options);
            MonteCarloKernel actual = MonteCarloKernel.Estimate(network, samples, null, options with { Device = device });
            foreach ((EntryStatistics mine, EntryStatistics theirs) in (ReadOnlySpan<(EntryStatistics, EntryStatistics)>)
                [(expected.Nngp!, actual.Nngp!), (expected.Ntk!, actual.Ntk!)])
            {
                Assert.Equal(mine.Draws, theirs.Draws);
                Close(mine.ToMatrix(), theirs.ToMatrix(), tolerance);
                for (int i = 0; i < mine.Rows; i++) Assert.Equal(mine.StandardError(i, i), theirs.StandardError(i, i), tolerance * mine.Mean(i, i));
            }
        }
    }

    /// <summary>Entries agree relative to the largest one.</summary>
    public static void Close(KernelMatrix<double> expected, KernelMatrix<double> actual, double tolerance)
    {
        using (expected)
        using (actual)
        {
            Assert.Equal((expected.Rows, expected.Columns, expected.Structure), (actual.Rows, actual.Columns, actual.Structure));
            Close([.. expected.ToArray().Cast<double>()], [.. actual.ToArray().Cast<double>()], tolerance);
        }
    }

    private static void Close(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale, $"{i}: {expected[i]} and {actual[i]}");
    }

    private static void Ntk(EmpiricalNtk expected, EmpiricalNtk actual, double tolerance)
    {
        Assert.Equal(expected.Parts.Select(part => part.Path), actual.Parts.Select(part => part.Path));
        foreach ((NtkPart mine, NtkPart theirs) in expected.Parts.Zip(actual.Parts)) Close(mine.Matrix, theirs.Matrix, tolerance);
        Close(expected.Total, actual.Total, tolerance);
    }

    /// <summary>In double precision every bit.</summary>
    private static void Weights(ParameterSet<double> expected, ParameterSet<double> actual, CudaPrecision precision)
    {
        Assert.Equal(expected.Layers.Select(layer => layer.Path), actual.Layers.Select(layer => layer.Path));
        double[] rounded = precision == CudaPrecision.Double ? Doubles(expected) : Array.ConvertAll(Doubles(expected), value => (double)(float)value);
        Assert.Equal(rounded, Doubles(actual));
    }

    private static double[] Doubles(ParameterSet<double> parameters) => parameters.ToArray();

    private static KernelMatrix<double> LayerKindsDirection(nint samples, int outputs)
    {
        var direction = new KernelMatrix<double>(samples, outputs);
        for (nint i = 0; i < samples; i++)
        {
            for (nint o = 0; o < outputs; o++) direction[i, o] = Math.Cos(3 * i + o);
        }

        return direction;
    }

    private static InvalidArgumentException? Refusal(Func<IDisposable> make)
    {
        try
        {
            make().Dispose();
            return null;
        }
        catch (InvalidArgumentException refusal)
        {
            return refusal;
        }
    }
}
