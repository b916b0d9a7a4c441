using InfiniteNtk.FiniteWidth.Verification;

namespace InfiniteNtk;

/// <summary>Confronts kernels with networks that are sampled at growing widths.</summary>
public static class KernelVerification
{
    /// <summary>
    /// Samples networks at each width, outputs as wide as hidden layers, and judges both kernels by <see cref="LimitVerdict.OfKernel"/>.
    /// </summary>
    /// <param name="network">The architecture; see <see cref="Widths"/> for what becomes of widths that it gives.</param>
    /// <param name="samples">The points, all pairs of which are compared.</param>
    /// <param name="kernel">
    /// The kernels under test of a network that has all its widths: from an executor, or from elsewhere. Disposed of here.
    /// </param>
    /// <param name="options">Widths, draws, seed.</param>
    /// <exception cref="InvalidArgumentException">Fewer than four widths or two draws, or a tolerance that is not positive.</exception>
    /// <exception cref="NumericalFailureException">A network or a kernel is not finite.</exception>
    /// <exception cref="ShapeMismatchException">There are no samples, or a kernel is not of their size.</exception>
    public static VerificationReport Run(
        Network network, Samples samples, Func<Network, KernelPair<double>> kernel, VerificationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(kernel);
        options ??= new VerificationOptions();
        var pairs = new List<KernelPair<double>>();
        try
        {
            var estimates = new List<MonteCarloKernel>();
            // The widest first: what does not fit the memory is told before anything was sampled.
            ValueList<int> widths = [.. options.Widths.OrderDescending()];
            foreach (int width in widths)
            {
                Network wide = new Widths(width, width).ApplyTo(network);
                pairs.Add(kernel(wide));
                estimates.Add(MonteCarloKernel.Estimate(wide, samples, null, ToMonteCarlo(options, width)));
            }

            estimates.Reverse();
            pairs.Reverse();
            ValueList<int> ascending = [.. widths.Reverse()];
            return SamplingLooks.Run(
                options, draws => Sample(estimates, draws), rule => Judge(options.Outputs, ascending, estimates, pairs, rule),
                report => report.Verdicts, options.Outputs == KernelOutputs.Both ? 2 : 1);
        }
        finally
        {
            foreach (KernelPair<double> pair in pairs) pair.Dispose();
        }
    }

    private static void Sample(List<MonteCarloKernel> estimates, int draws)
    {
        foreach (MonteCarloKernel estimate in estimates)
        {
            if (estimate.Draws < draws) estimate.Continue(draws);
        }
    }

    private static VerificationReport Judge(
        KernelOutputs outputs, ValueList<int> widths, List<MonteCarloKernel> estimates, List<KernelPair<double>> pairs, VerdictRule rule)
    {
        return new VerificationReport(
            !outputs.HasFlag(KernelOutputs.Nngp) ? null : LimitVerdict.OfKernel(
                [.. Enumerable.Range(0, pairs.Count).Select(i => new WidthEvidence(widths[i], estimates[i].Nngp!, pairs[i].Nngp))], rule),
            !outputs.HasFlag(KernelOutputs.Ntk) ? null : LimitVerdict.OfKernel(
                [.. Enumerable.Range(0, pairs.Count).Select(i => new WidthEvidence(widths[i], estimates[i].Ntk!, pairs[i].Ntk))], rule));
    }

    /// <summary>Each width has draws of its own.</summary>
    private static MonteCarloOptions ToMonteCarlo(VerificationOptions options, int width) => new()
    {
        Seed = SeedOf(options.Seed, width),
        Draws = options.Draws,
        Outputs = options.Outputs,
        NtkOutputs = options.NtkOutputs,
        Weights = options.Weights,
        NumberType = options.NumberType,
        Threads = options.Threads,
        Device = options.Device,
        Progress = options.Progress is { } receiver ? new DrawsOfWidth(receiver, width) : null,
        Cancellation = options.Cancellation,
    };

    /// <summary>The seed of a width's networks.</summary>
    internal static ulong SeedOf(ulong seed, int width) => unchecked(seed + (ulong)width * 0x9E3779B97F4A7C15);

    /// <summary>Progress of draws as progress of the verification.</summary>
    private sealed class DrawsOfWidth(IProgress<SamplingStep> receiver, int width) : IProgress<KernelProgress>
    {
        private long _from;

        public void Report(KernelProgress value)
        {
            if (value.Elapsed == TimeSpan.Zero) _from = value.Done;
            receiver.Report(new SamplingStep(width, (int)_from, (int)value.Total, (int)value.Done));
        }
    }
}
