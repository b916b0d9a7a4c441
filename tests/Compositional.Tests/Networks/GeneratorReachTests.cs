using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Compositional.Tests.Networks;

/// <summary>A law over random networks says nothing of layers that the generator never makes.</summary>
public sealed class GeneratorReachTests
{
    [Fact]
    public void Random_networks_over_positions_have_every_kind_of_layer() =>
        Assert.Empty(NetworkKinds.All.Except(Made(NetworkFamily.Spatial).SelectMany(NetworkKinds.Of)));

    [Fact]
    public void Random_networks_have_every_kind_of_layer_that_needs_no_axis()
    {
        IEnumerable<Type> overPositions = NetworkKinds.All.Where(kind => kind.IsSubclassOf(typeof(FilterLayer)) || kind.IsSubclassOf(typeof(PoolLayer)))
            .Concat([typeof(GlobalAveragePool), typeof(GlobalSumPool), typeof(ImageResize), typeof(Compositional.Networks.Index)]);
        Assert.Empty(NetworkKinds.All.Except(overPositions).Except(Made(NetworkFamily.All).SelectMany(NetworkKinds.Of)));
    }

    [Fact]
    public void Layers_of_random_networks_are_frozen_rated_and_of_either_parameterization()
    {
        ParametricLayer[] layers = [.. Made(NetworkFamily.Spatial).SelectMany(NetworkKinds.PartsOf).OfType<ParametricLayer>()];
        Assert.Contains(layers, layer => !layer.Trainable);
        Assert.Contains(layers, layer => layer.LearningRate != 1);
        Assert.All(Enum.GetValues<Parameterization>(), one => Assert.Contains(layers, layer => layer.Parameterization == one));
        Assert.All(Enum.GetValues<Padding>(), one => Assert.Contains(layers, layer => layer is FilterLayer filter && filter.Padding == one));
    }

    private static Network[] Made(NetworkFamily family)
    {
        var made = new List<Network>();
        Prop.ForAll(NetworkGenerator.Cases(family), one => made.Add(one.Network)).Check(RandomCases.Of(150, 3));
        return [.. made];
    }
}
