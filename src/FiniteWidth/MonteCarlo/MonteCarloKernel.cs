using System.Collections.Concurrent;
using System.Diagnostics;
using System.Numerics;
using InfiniteNtk.FiniteWidth.Layers;
using InfiniteNtk.FiniteWidth.Sampling;
using InfiniteNtk.Kernels.Execution;

namespace InfiniteNtk;

/// <summary>
/// Kernels as means over sampled networks, with standard errors. At finite width such a mean differs from the kernel by about
/// 1/width, which no number of draws removes; <see cref="KernelVerification"/> accounts for it.
/// </summary>
public sealed class MonteCarloKernel
{
    /// <summary>Draws between two looks at the precision.</summary>
    private const int Round = 32;

    private readonly Network _network;
    private readonly Samples _left;
    private readonly Samples? _right;
    private readonly MonteCarloOptions _options;
    private readonly int _threads;

    private MonteCarloKernel(Network network, Samples left, Samples? right, MonteCarloOptions options)
    {
        _network = network;
        _left = left;
        _right = right;
        _options = options;
        _threads = options.Threads ?? Environment.ProcessorCount;
        Nngp = Statistics(options.Outputs.HasFlag(KernelOutputs.Nngp), left, right);
        Ntk = Statistics(options.Outputs.HasFlag(KernelOutputs.Ntk), left, right);
    }

    /// <summary>Statistics of the channel mean of f(x)f(x′); null where not asked for.</summary>
    public EntryStatistics? Nngp { get; }

    /// <summary>Statistics of the empirical NTK, averaged over outputs; null where not asked for.</summary>
    public EntryStatistics? Ntk { get; }

    /// <summary>Draws taken.</summary>
    public int Draws => (Nngp ?? Ntk)!.Draws;

    /// <summary>
    /// Samples networks and averages their kernels. Draw d has the weights of draw d of the seed, and draws are added in order, so a
    /// longer run continues a shorter one bit for bit, on any number of threads.
    /// </summary>
    /// <param name="network">The architecture with all its widths (<see cref="Widths.ApplyTo"/>).</param>
    /// <param name="left">Row samples.</param>
    /// <param name="right">Column samples; null: the symmetric kernel of <paramref name="left"/>.</param>
    /// <param name="options">Seed, draws, precision, threads.</param>
    /// <exception cref="InvalidArgumentException">Fewer than two draws, nothing asked for, or a precision for a cross kernel.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static MonteCarloKernel Estimate(Network network, Samples left, Samples? right = null, MonteCarloOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(left);
        options ??= new MonteCarloOptions();
        Require(options.Draws >= 2, $"{options.Draws} draws were asked for", "a standard error needs two", "Pass a larger number");
        Require((options.Outputs & KernelOutputs.Both) != 0, "no kernel was asked for", "at least one is needed", "Pass KernelOutputs.Both");
        Require(
            options.Precision is null || right is null, "a precision was asked for a cross kernel", "its scale is known for a symmetric one",
            "Pass a number of draws instead");
        var estimate = new MonteCarloKernel(network, left, right, options);
        estimate.Continue(options.Draws);
        return estimate;
    }

    /// <summary>The same with one hidden width and a number of outputs: as many as hidden units make the NNGP kernel scatter as little as its layers let it.</summary>
    /// <inheritdoc cref="Estimate(Network, Samples, Samples?, MonteCarloOptions?)"/>
    public static MonteCarloKernel Estimate(Network network, Widths widths, Samples left, Samples? right = null, MonteCarloOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(widths);
        return Estimate(widths.ApplyTo(network), left, right, options);
    }

    /// <summary>
    /// Takes more draws, until there are <paramref name="draws"/> or the precision that was asked for is reached: the same bits as
    /// asking for all of them at once. The samples must still be alive.
    /// </summary>
    /// <param name="draws">How many there are to be.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; the draws of finished rounds of 32 are kept.</exception>
    public void Continue(int draws)
    {
        var clock = Stopwatch.StartNew();
        _options.Progress?.Report(new KernelProgress(Draws, draws, TimeSpan.Zero));
        // What a draw leaves to the next one on its thread: memory.
        var idle = new ConcurrentBag<Func<uint, Draw>>();
        while (Draws < draws && !(Draws % Round == 0 && IsPrecise(_options.Precision)))
        {
            int first = Draws;
            var round = new Draw[Math.Min(Round - first % Round, draws - first)];
            ParallelSection.For(round.Length, _options.Device is null ? _threads : 1, i =>
            {
                if (!idle.TryTake(out Func<uint, Draw>? take)) take = Drawing();
                round[i] = take((uint)(first + i));
                idle.Add(take);
            }, _options.Cancellation);
            foreach (Draw draw in round) Add(draw);
            _options.Progress?.Report(new KernelProgress(Draws, draws, clock.Elapsed));
        }
    }

    /// <summary>How many draws of what, and how precise, for example "100 draws of Dense(width: 64) >> … : NNGP to 1.2 %, NTK to 0.8 %".</summary>
    public override string ToString()
    {
        IEnumerable<string> kernels = new[] { ("NNGP", Nngp), ("NTK", Ntk) }.Where(one => one.Item2 is not null).Select(one =>
            FormattableString.Invariant($"{one.Item1} {one.Item2!.Rows} × {one.Item2.Columns}") + (_right is null ? FormattableString.Invariant($" to {100 * one.Item2.LargestRelativeError():G2} %") : ""));
        return $"{Draws} draws of {_network}: {string.Join(", ", kernels)}";
    }

    /// <summary>Takes one draw after another.</summary>
    private Func<uint, Draw> Drawing()
    {
        var sampling = new SamplingOptions
        {
            Weights = _options.Weights,
            Threads = 1,
            MemoryBudget = _options.MemoryBudget ?? MemoryBudget.Available / _threads,
            Cancellation = _options.Cancellation,
        };
        return _options.Device is { } device ? OnDevice(device, sampling)
            : _options.NumberType == NumberType.Float32 ? OnProcessor<float>(sampling) : OnProcessor<double>(sampling);
    }

    private Func<uint, Draw> OnProcessor<T>(SamplingOptions sampling) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var networks = new SuccessiveNetworks<T>(_network, _left.Shape, _options.Seed, sampling);
        return draw =>
        {
            FiniteNetwork<T> network = networks.Next(draw);
            using var memory = new SignalMemory<T>();
            LayerRun<T> left = network.Run(_left, memory, 0, _options.Cancellation);
            LayerRun<T> right = _right is null ? left : network.Run(_right, memory, (int)_left.Count, _options.Cancellation);
            return new Draw(
                Nngp is null ? null : EmpiricalNngp.Of(left, right, network.Product, memory),
                Ntk is null ? null : EmpiricalNtk.Of(network, left, right, OutputDirections.First(_options.NtkOutputs), memory, cancellation: _options.Cancellation));
        };
    }

    private Func<uint, Draw> OnDevice(CudaDevice device, SamplingOptions sampling) => draw =>
    {
        using CudaNetwork network = CudaNetwork.Sample(device, _network, _left.Shape, _options.Seed, sampling with { Draw = draw });
        (KernelMatrix<double>? nngp, EmpiricalNtk? ntk) = network.Kernels(_left, _right, _options.Outputs, OutputDirections.First(_options.NtkOutputs));
        return new Draw(nngp, ntk);
    };

    private void Add(Draw draw)
    {
        if (draw.Nngp is not null) Nngp!.Add(draw.Nngp);
        if (draw.Ntk is not null) Ntk!.Add(draw.Ntk.Total);
        draw.Nngp?.Dispose();
        draw.Ntk?.Dispose();
    }

    private bool IsPrecise(double? precision) =>
        precision is { } wanted && Math.Max(Nngp?.LargestRelativeError() ?? 0, Ntk?.LargestRelativeError() ?? 0) <= wanted;

    private static EntryStatistics? Statistics(bool wanted, Samples left, Samples? right) =>
        wanted ? new EntryStatistics(checked((int)left.Count), checked((int)(right ?? left).Count)) : null;

    private static void Require(bool met, string received, string required, string remedy)
    {
        if (!met) throw new InvalidArgumentException("Cannot estimate kernels by sampling", received, required, remedy);
    }

    private readonly record struct Draw(KernelMatrix<double>? Nngp, EmpiricalNtk? Ntk);
}
