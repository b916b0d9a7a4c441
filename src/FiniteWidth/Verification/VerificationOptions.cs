namespace InfiniteNtk;

/// <summary>How much to sample.</summary>
public sealed record VerificationOptions
{
    /// <summary>Hidden widths, at least four different ones; the cost is that of the largest.</summary>
    public ValueList<int> Widths { get; init; } = [32, 64, 128, 256];

    /// <summary>Networks at each width.</summary>
    public int Draws { get; init; } = 400;

    /// <summary>
    /// Up to so many networks at each width, in place of a fixed number: <see cref="Draws"/> are a first look, which ends it where a kernel is
    /// hugely wrong; then as many as the tolerance needs, and once more as many as a right kernel needs that had no luck. Null: exactly
    /// <see cref="Draws"/>. The three looks share the level, so that a right kernel is refuted no more often than at a fixed number.
    /// </summary>
    public int? MostDraws { get; init; }

    /// <summary>The error at infinite width, in units of √(K_ii K_jj), within which a kernel is called consistent.</summary>
    public double Tolerance { get; init; } = 0.02;

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

    /// <summary>Told what was sampled, from the calling thread; null: nobody.</summary>
    public IProgress<SamplingStep>? Progress { get; init; }

    /// <summary>Stops between draws.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>What entries that do not scatter are off by, all the same: kernels are computed in float64, networks perhaps not.</summary>
    internal double Rounding => NumberType == NumberType.Float32 || Device is not null ? 1e-5 : 1e-10;
}
