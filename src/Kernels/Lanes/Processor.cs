using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>What the processor offers to the lanes, for people: results never depend on it.</summary>
internal static class Processor
{
    /// <summary>Bits of the vectors that kernels are computed with: 512, or 256 where those are not native.</summary>
    public static int LaneBits => VectorWidth.Is512 ? 512 : 256;

    /// <summary>Whether all of AVX-512 is there that server processors since 2017 have, as BLAS libraries name that generation.</summary>
    internal static bool IsAvx512Server =>
        Avx512F.VL.IsSupported && Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported && Avx512CD.VL.IsSupported;

    /// <summary>The instruction sets in use that matter here, such as AVX2, FMA and AVX-512.</summary>
    public static ValueList<string> Features =>
    [
        .. new (string Name, bool Supported)[]
        {
            ("AVX2", Avx2.IsSupported),
            ("FMA", Fma.IsSupported),
            ("AVX-512F", Avx512F.IsSupported),
            ("AVX-512DQ", Avx512DQ.IsSupported),
            ("AVX-512VBMI", Avx512Vbmi.IsSupported),
            ("AdvSimd", AdvSimd.Arm64.IsSupported),
        }.Where(feature => feature.Supported).Select(feature => feature.Name),
    ];
}
