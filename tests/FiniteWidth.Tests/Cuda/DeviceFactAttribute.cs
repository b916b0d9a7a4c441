using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Cuda;

/// <summary>A test on a CUDA device; skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DeviceFactAttribute : FactAttribute
{
    /// <summary>Looks for a device.</summary>
    public DeviceFactAttribute()
    {
        CudaStatus status = CudaStatus.Probe();
        Skip = status.IsUsable ? null : $"No CUDA device: {status.Summary}";
    }
}
