using InfiniteNtk.Compositional;
using InfiniteNtk.FiniteWidth.MonteCarlo;
using InfiniteNtk.FiniteWidth.Sampling;
using InfiniteNtk.Kernels;
using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Inputs;

namespace InfiniteNtk.FiniteWidth.Verification;

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
    /// <exception cref="InvalidArgumentException">Fewer than four widths or two draws.</exception>
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
                options.Progress?.Invoke(new SamplingStep(width, 0, options.Draws));
                estimates.Add(MonteCarloKernel.Estimate(wide, samples, null, ToMonteCarlo(options, width)));
            }

            estimates.Reverse();
            pairs.Reverse();
            options = options with { Widths = [.. widths.Reverse()] };

            VerificationReport report = Judge(options, estimates, pairs);
            while (report.SamplesNeeded > estimates[0].Draws && estimates[0].Draws < options.MostDraws)
            {
                // An estimate of what is needed scatters itself: a little more spares another round.
                int draws = (int)Math.Min(options.MostDraws.Value, 1.1 * report.SamplesNeeded + 16);
                foreach ((int width, MonteCarloKernel estimate) in options.Widths.Zip(estimates))
                {
                    options.Progress?.Invoke(new SamplingStep(width, estimate.Draws, draws));
                    estimate.Continue(draws);
                }

                report = Judge(options, estimates, pairs);
            }

            return report;
        }
        finally
        {
            foreach (KernelPair<double> pair in pairs) pair.Dispose();
        }
    }

    private static VerificationReport Judge(VerificationOptions options, List<MonteCarloKernel> estimates, List<KernelPair<double>> pairs)
    {
        return new VerificationReport(
            !options.Outputs.HasFlag(KernelOutputs.Nngp) ? null : LimitVerdict.OfKernel(
                [.. Enumerable.Range(0, pairs.Count).Select(i => new WidthEvidence(options.Widths[i], estimates[i].Nngp!, pairs[i].Nngp))]),
            !options.Outputs.HasFlag(KernelOutputs.Ntk) ? null : LimitVerdict.OfKernel(
                [.. Enumerable.Range(0, pairs.Count).Select(i => new WidthEvidence(options.Widths[i], estimates[i].Ntk!, pairs[i].Ntk))]));
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
        Cancellation = options.Cancellation,
    };

    /// <summary>The seed of a width's networks.</summary>
    internal static ulong SeedOf(ulong seed, int width) => unchecked(seed + (ulong)width * 0x9E3779B97F4A7C15);
}
