using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Cuda;

/// <summary>A test of several cases on the processor behind a shim; skipped where g++ is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShimTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for g++.</summary>
    public ShimTheoryAttribute() => Skip = Shim.Absent;
}
