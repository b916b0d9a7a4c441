using System.Diagnostics;
using InfiniteNtk.Compositional.Compilation;
using InfiniteNtk.Compositional.Json;
using InfiniteNtk.Compositional.Latex;
using InfiniteNtk.Compositional.Signals;
using InfiniteNtk.Compositional.Text;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Programs;
using Xunit;
using static InfiniteNtk.Layers;
using Serial = InfiniteNtk.Compositional.Networks.Serial;

namespace InfiniteNtk.Compositional.Tests;

/// <summary>
/// Networks of 100,000 layers: no reading recurses over a chain, and each takes time and memory in proportion to its length. Two hundred times as
/// many layers may take fifteen times two hundred as long; what grows by the square takes thirteen times that.
/// </summary>
public sealed class DeepNetworkTests
{
    private const int Times = 200;
    private static readonly SampleShape _features = SampleShape.Features(3), _sequence = new([4], 1);

    public static TheoryData<string> Readings => [.. All.Keys];

    private static Dictionary<string, (Func<int, object> Prepare, Func<object, object?> Read, int Small)> All { get; } = new()
    {
        ["text to network"] = (n => string.Join(" >> ", Enumerable.Repeat("Dense(1.4, 0.1) >> Relu", n)), text => NetworkText.Parse((string)text), 100),
        ["network to text"] = (Chain, network => network.ToString(), 100),
        ["network to JSON and back"] = (Chain, network => NetworkJson.Read(NetworkJson.Write((Network)network)), 100),
        ["equality and hash"] = (Chain, network => network.Equals(Chain(((Serial)network).Parts.Count / 2)) && network.GetHashCode() != 0, 100),
        ["network to flow"] = (Deep, network => SignalFlow.Of((Network)network, _features), 100),
        ["flow to program"] = (n => SignalFlow.Of(Deep(n), _features), flow => KernelCompiler.Compile((SignalFlow)flow), 100),
        ["simplified program"] = (n => Deep(n).Program(_features), program => ProgramSimplifier.Simplify((KernelProgram)program), 100),
        ["affine chain simplified"] = (n => Repeat(n, Dense(0.5)).Program(_features), program => ProgramSimplifier.Simplify((KernelProgram)program), 100),
        ["program text"] = (n => Deep(n).Program(_features), program => ProgramText.Hash((KernelProgram)program), 100),
        ["plan"] = (n => Deep(n).Program(_features), program => new CpuExecutor().Memory<double>(new KernelSize((KernelProgram)program, 4)), 100),
        ["plan of residual blocks"] = (n => Residual(n).Program(_features), program => new CpuExecutor().Memory<double>(new KernelSize((KernelProgram)program, 4)), 100),
        ["plan of planes"] = (n => Convolutions(n).Program(_sequence), program => new CpuExecutor().Memory<float>(new KernelSize((KernelProgram)program, 4)), 20),
        ["LaTeX"] = (Deep, network => NetworkLatex.Equations((Network)network, _features), 100),
        ["explanation"] = (Deep, network => NetworkExplanation.Of((Network)network, _features).ToString(), 100),
        ["explanation of convolutions"] = (Convolutions, network => NetworkExplanation.Of((Network)network, _sequence).ToString(), 20),
    };

    [Theory]
    [MemberData(nameof(Readings))]
    public void Work_grows_in_proportion_to_depth(string name)
    {
        (Func<int, object> prepare, Func<object, object?> read, int size) = All[name];
        object small = prepare(size), large = prepare(Times * size);
        (double smallBytes, double smallTime) = Measure(small, read);
        (double largeBytes, double largeTime) = Measure(large, read);
        Assert.True(largeBytes < 2 * Times * smallBytes + 100_000, $"{name}: {largeBytes / smallBytes:F0} times the memory for {Times} times the layers");
        Assert.True(largeTime < 15 * Times * smallTime, $"{name}: {largeTime / smallTime:F0} times the time for {Times} times the layers");
    }

    /// <summary>A stack of 256 KiB would not hold 100,000 frames of anything.</summary>
    [Fact]
    public void A_hundred_thousand_layers_overflow_no_stack() => OnSmallStack(() =>
    {
        const int Most = 100_000;
        Network chain = Chain(Most / 2), repeated = Repeat(Most / 2, Dense(1.4, 0.1) >> Relu);
        Assert.Equal(chain, NetworkText.Parse(chain.ToString()));
        Assert.Equal(chain, NetworkJson.Read(NetworkJson.Write(chain)));
        Assert.Equal(repeated, NetworkText.Parse(repeated.ToString()));
        KernelProgram program = repeated.Program(_features);
        Assert.Equal(Most + 1, program.Steps.Count);
        Assert.Equal(program, chain.Program(_features));
        Assert.True(new CpuExecutor().Memory<double>(new KernelSize(program, 4)).Bytes > Most);
        Assert.True(NetworkLatex.Equations(repeated, _features).Length > Most);
        Assert.True(NetworkExplanation.Of(repeated, _features).ToString().Length > Most);
    });

    [Fact]
    public void Ten_thousand_layers_are_computed()
    {
        using Samples x = Points();
        using KernelPair<double> kernels = (Repeat(10_000, Dense(Sqrt2) >> Relu) >> Dense()).Kernels(x);
        Assert.Equal(1, kernels.Nngp[0, 0] / (14.0 / 3), 1e-9);
        Assert.InRange(kernels.Nngp[0, 1] / Math.Sqrt(kernels.Nngp[0, 0] * kernels.Nngp[1, 1]), 0.999, 1);
    }

    private static Samples Points() => Samples.FromRows(new double[,] { { 1, 2, 3 }, { -1, 0.5, 2 } });

    private static Network Chain(int n) => Serial.Of([.. Enumerable.Repeat(Dense(1.4, 0.1) >> Relu, n)]);

    private static Network Deep(int n) => Repeat(n, Dense(1.4, 0.1) >> Relu);

    private static Network Residual(int n) => Dense() >> Repeat(n, Identity + (Relu >> Dense()));

    private static Network Convolutions(int n) => Conv(3) >> Repeat(n, Identity + (Relu >> Conv(3))) >> GlobalAveragePool;

    /// <summary>The least of five, after one that compiles.</summary>
    private static (double Bytes, double Seconds) Measure(object input, Func<object, object?> read)
    {
        _ = read(input);
        (double bytes, double seconds) = (double.PositiveInfinity, double.PositiveInfinity);
        for (int run = 0; run < 5; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            GC.KeepAlive(read(input));
            seconds = Math.Min(seconds, watch.Elapsed.TotalSeconds);
            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return (bytes, seconds);
    }

    private static void OnSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
#pragma warning disable CA1031 // Every failure is rethrown on the caller's thread.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    failure = exception;
                }
            },
            256 << 10);
        thread.Start();
        thread.Join();
        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }
}
