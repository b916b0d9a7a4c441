using Xunit;

namespace InfiniteNtk.Regression.Tests.LinearAlgebra;

/// <summary>A theory that is skipped, with the reason, where a backend is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BackendTheoryAttribute : TheoryAttribute
{
    public BackendTheoryAttribute(LinearAlgebraBackend backend)
    {
        BackendStatus status = LinearAlgebraBackends.StatusOf(backend);
        if (!status.IsAvailable) Skip = status.Description;
    }
}
