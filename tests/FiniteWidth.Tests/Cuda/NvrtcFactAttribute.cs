using InfiniteNtk.FiniteWidth.Cuda.Native;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Cuda;

/// <summary>A test that compiles for devices without having one; skipped where NVRTC is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NvrtcFactAttribute : FactAttribute
{
    /// <summary>Looks for NVRTC.</summary>
    public NvrtcFactAttribute() =>
        Skip = CudaLibraries.Installed.Compiler is null ? $"NVRTC is not installed ({CudaLibraries.Installed.CompilerPlace})." : null;
}
