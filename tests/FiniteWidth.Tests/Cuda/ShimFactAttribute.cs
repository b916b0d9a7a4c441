using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Cuda;

/// <summary>A test on the processor behind a shim; skipped where g++ is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShimFactAttribute : FactAttribute
{
    /// <summary>Looks for g++.</summary>
    public ShimFactAttribute() => Skip = Shim.Absent;
}
