using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Cuda;

/// <summary>Tests that share the shim's one device run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class ShimCollection
{
    /// <summary>The name.</summary>
    public const string Name = "shim for CUDA";
}
