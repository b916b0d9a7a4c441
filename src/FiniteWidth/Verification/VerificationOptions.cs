using InfiniteNtk.FiniteWidth.Cuda;
using InfiniteNtk.FiniteWidth.Randomness;
using InfiniteNtk.FiniteWidth.Sampling;
using InfiniteNtk.Kernels;
using InfiniteNtk.Kernels.Execution;

namespace InfiniteNtk.FiniteWidth.Verification;

/// <summary>How much to sample.</summary>
public sealed record VerificationOptions
{
    /// <summary>Hidden widths, at least four different ones; the cost is that of the largest.</summary>
    public ValueList<int> Widths { get; init; } = [32, 64, 128, 256];

    /// <summary>Networks at each width.</summary>
    public int Draws { get; init; } = 400;

    /// <summary>
    /// Where <see cref="Draws"/> leave a limit unknown to 1 %, as many more as that needs, up to so many; null: none. Only the
    /// scatter decides how many, never the error, so that chance refutes no more often than at a fixed number.
    /// </summary>
    public int? MostDraws { get; init; }

    /// <summary>Where they come from.</summary>
    public ulong Seed { get; init; }

    /// <summary>Which kernels.</summary>
    public KernelOutputs Outputs { get; init; } = KernelOutputs.Both;

    /// <summary>The NTK is averaged over so many outputs.</summary>
    public int NtkOutputs { get; init; } = 4;

    /// <summary>The law of the weights.</summary>
    public WeightLaw Weights { get; init; } = WeightLaw.Gaussian;

    /// <summary>The numbers that networks on the processor compute with; a device has its own.</summary>
    public NumberType NumberType { get; init; }

    /// <summary>Networks at the same time; null: one per processor. No bit depends on it.</summary>
    public int? Threads { get; init; }

    /// <summary>Where the kernels are sampled; null: the processor. Networks that are trained are trained on the processor.</summary>
    public CudaDevice? Device { get; init; }

    /// <summary>Told what is being sampled, from the calling thread; null: nobody.</summary>
    public Action<SamplingStep>? Progress { get; init; }

    /// <summary>Stops between draws.</summary>
    public CancellationToken Cancellation { get; init; }
}
