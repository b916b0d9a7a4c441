using System.Runtime.Intrinsics;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>What the processor has; only the shape of loops may depend on it, never a result.</summary>
internal static class VectorWidth
{
    /// <summary>Whether 512-bit vectors (and 32 registers of them) are native.</summary>
    public static bool Is512 => Vector512.IsHardwareAccelerated;
}
