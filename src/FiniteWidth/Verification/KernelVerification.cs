using InfiniteNtk.Compositional;
using InfiniteNtk.FiniteWidth.MonteCarlo;
using InfiniteNtk.FiniteWidth.Sampling;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.FiniteWidth.Verification;

/// <summary>Confronts kernels with networks that are sampled at growing widths.</summary>
public static class KernelVerification
{
    /// <summary>
    /// Samples networks at each width, outputs as wide as hidden layers, and judges both kernels by <see cref="KernelVerdict.Of"/>.
    /// </summary>
    /// <param name="network">The architecture; see <see cref="Widths"/> for what becomes of widths that it gives.</param>
    /// <param name="samples">The points, all pairs of which are compared.</param>
    /// <param name="kernel">
    /// The kernels under test of a network that has all its widths: from an executor, or from elsewhere. Disposed of here.
    /// </param>
    /// <param name="options">Widths, draws, seed.</param>
    /// <exception cref="Kernels.Errors.InvalidArgumentException">Fewer than four widths or two draws.</exception>
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
            var estimates = new List<(int Width, MonteCarloKernel Sampled)>();
            foreach (int width in options.Widths)
            {
                Network wide = new Widths(width, width).ApplyTo(network);
                pairs.Add(kernel(wide));
                estimates.Add((width, MonteCarloKernel.Estimate(wide, samples, null, ToMonteCarlo(options, width))));
            }

            return new VerificationReport(
                Judge(KernelOutputs.Nngp, sampled => sampled.Nngp!, pair => pair.Nngp),
                Judge(KernelOutputs.Ntk, sampled => sampled.Ntk!, pair => pair.Ntk));

            KernelVerdict? Judge(
                KernelOutputs which, Func<MonteCarloKernel, EntryStatistics> sampled, Func<KernelPair<double>, KernelMatrix<double>> exact) =>
                !options.Outputs.HasFlag(which) ? null : KernelVerdict.Of(
                    [.. estimates.Zip(pairs, (one, pair) => new WidthEvidence(one.Width, sampled(one.Sampled), exact(pair)))]);
        }
        finally
        {
            foreach (KernelPair<double> pair in pairs) pair.Dispose();
        }
    }

    /// <summary>Each width has draws of its own.</summary>
    private static MonteCarloOptions ToMonteCarlo(VerificationOptions options, int width) => new()
    {
        Seed = unchecked(options.Seed + (ulong)width * 0x9E3779B97F4A7C15),
        Draws = options.Draws,
        Outputs = options.Outputs,
        NtkOutputs = options.NtkOutputs,
        Weights = options.Weights,
        Threads = options.Threads,
        Cancellation = options.Cancellation,
    };
}
