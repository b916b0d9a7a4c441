using InfiniteNtk.Compositional.Signals;
using InfiniteNtk.Compositional.Text;
using Xunit;

namespace InfiniteNtk.Compositional.Tests.Signals;

public sealed class SignalFlowTests
{
    private static readonly SampleShape _images = new([4, 5], 3);

    [Theory]
    [InlineData("Dense", SignalKind.CentredGaussian)]
    [InlineData("Identity", SignalKind.RawInput)]
    [InlineData("Flatten", SignalKind.RawInput)]
    [InlineData("Dense >> Relu", SignalKind.AlikeChannels)]
    [InlineData("Dense >> LayerNorm", SignalKind.CentredGaussian)]
    [InlineData("Dense >> Dropout(0.5)", SignalKind.AlikeChannels)]
    [InlineData("Dense >> Identity + (Relu >> Dense)", SignalKind.CentredGaussian)]
    [InlineData("Dense >> Identity + (Relu >> Dense) + Dense", SignalKind.CentredGaussian)]
    [InlineData("Dense >> Product(Identity, Relu >> Dense)", SignalKind.AlikeChannels)]
    [InlineData("Product(Dense >> Relu, Dense >> Relu)", SignalKind.AlikeChannels)]
    [InlineData("Concat(Dense, Dense >> Relu)", SignalKind.MixedChannels)]
    [InlineData("Product(Concat(Dense, Dense), Dense)", SignalKind.MixedChannels)]
    [InlineData("Dense >> Flatten", SignalKind.CentredGaussian)]
    [InlineData("Dense >> Concat(Identity, Identity)", SignalKind.MixedChannels)]
    internal void Kinds_follow_the_rules(string text, SignalKind kind) =>
        Assert.Equal(kind, SignalFlow.Of(NetworkText.Parse(text), SampleShape.Features(4)).Output.Kind);

    [Theory]
    [InlineData("Dense(width: 7) >> Relu >> Flatten", 140L)]
    [InlineData("Flatten", 60L)]
    [InlineData("Flatten >> Concat(Dense(width: 2), Dense(width: 5) >> Relu)", 7L)]
    [InlineData("Flatten >> Dense", null)]
    [InlineData("Flatten >> Dense(width: 3) + Dense", 3L)]
    public void Channels_are_counted_where_widths_are_stated(string text, long? channels) =>
        Assert.Equal(channels, SignalFlow.Of(NetworkText.Parse(text), _images).Output.Channels);

    [Fact]
    public void An_elementwise_layer_is_moved_in_front_of_flatten()
    {
        SignalFlow moved = SignalFlow.Of(NetworkText.Parse("Dense >> Flatten >> Relu >> Dense"), _images);
        SignalFlow written = SignalFlow.Of(NetworkText.Parse("Dense >> Relu >> Flatten >> Dense"), _images);
        Assert.Equal(written.Nodes.Select(node => node.Layer), moved.Nodes.Select(node => node.Layer));
        Assert.Equal(written.Nodes.Select(node => node.Output), moved.Nodes.Select(node => node.Output));
        Assert.Equal(
            NetworkText.Parse("Dense >> Relu >> Flatten >> Dense").Program(_images), NetworkText.Parse("Dense >> Flatten >> Relu >> Dense").Program(_images));
    }
}
