using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.FiniteWidth.Tests.Verification;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests;

/// <summary>A kind of layer that is added to the algebra fails here until the tables of the tests have a row for it.</summary>
public sealed class LayerCoverageTests
{
    public static TheoryData<Type> Kinds => [.. NetworkKinds.All];

    public static TheoryData<Type> Layers => [.. NetworkKinds.All.Where(kind => kind.IsSubclassOf(typeof(Layer)))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Derivatives_and_tangent_kernels_are_checked_of_every_kind(Type kind) =>
        Assert.Contains(LayerKinds.Networks, network => NetworkKinds.Of(network).Contains(kind));

    /// <summary>In <see cref="VerifiedKinds"/> a row begins with the name of the layer that its mistake is about.</summary>
    [Theory]
    [MemberData(nameof(Layers))]
    public void Every_kind_of_layer_has_a_planted_mistake_that_verification_must_find(Type kind) =>
        Assert.Contains(VerifiedKinds.AllNames, name => IsAbout(name, kind) && NetworkKinds.Of(VerifiedKinds.Network(name)).Contains(kind));

    [Fact]
    public void A_planted_mistake_changes_the_network()
    {
        foreach (string name in VerifiedKinds.AllNames) Assert.NotEqual(VerifiedKinds.Network(name), VerifiedKinds.Mistaken(name));
    }

    private static bool IsAbout(string name, Type kind)
    {
        string words = name[..name.IndexOf(':', StringComparison.Ordinal)].Replace(" ", "", StringComparison.Ordinal);
        return string.Equals(words, kind.Name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(words + "Layer", kind.Name, StringComparison.OrdinalIgnoreCase);
    }
}
