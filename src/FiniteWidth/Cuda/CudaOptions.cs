
namespace InfiniteNtk;

/// <summary>How to use a device.</summary>
public sealed record CudaOptions
{
    /// <summary>float32, and nine tenths of the memory that is free.</summary>
    public static CudaOptions Default { get; } = new();

    /// <summary>The precision of activations, gradients and products; random numbers are made in float64 always.</summary>
    public CudaPrecision Precision { get; init; } = CudaPrecision.Single;

    /// <summary>Bytes on the device that may be in use at a time; null: nine tenths of what is free when it is opened.</summary>
    public long? MemoryBudget { get; init; }
}
