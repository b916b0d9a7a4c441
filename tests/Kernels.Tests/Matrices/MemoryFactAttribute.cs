using Xunit;

namespace InfiniteNtk.Kernels.Tests.Matrices;

/// <summary>A fact that is skipped, with its reason, where less memory than this is free.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MemoryFactAttribute : FactAttribute
{
    public MemoryFactAttribute(long bytes)
    {
        Bytes = bytes;
        if (MemoryBudget.Available < bytes) Skip = $"{MemoryBudget.Describe(bytes)} of free memory are needed";
    }

    public long Bytes { get; }
}
