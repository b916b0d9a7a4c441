
namespace InfiniteNtk;

/// <summary>The numbers that a device computes with.</summary>
public enum CudaPrecision
{
    /// <summary>float32: results agree with the processor's float64 to about 1e-5 relative to the diagonal.</summary>
    Single,

    /// <summary>float64: slower by the device's ratio, 2 on those made for computing and 32 to 64 on those made for graphics.</summary>
    Double,
}
