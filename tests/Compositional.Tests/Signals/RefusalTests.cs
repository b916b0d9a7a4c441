using InfiniteNtk.Compositional.Signals;
using InfiniteNtk.Compositional.Text;
using Xunit;

namespace InfiniteNtk.Compositional.Tests.Signals;

/// <summary>Every limit that is not known is refused, with the place, what arrived there, and what would make it legal.</summary>
public sealed class RefusalTests
{
    private static readonly SampleShape _features = SampleShape.Features(6), _images = new([8, 8], 3);

    [Theory]
    [InlineData("Dense >> (Identity + Identity) >> Dense", "layer 2", "2x, whose kernel is 4K and not 2K")]
    [InlineData("Identity + Identity", "branch 2 (Identity)", "whose kernel is 4K")]
    [InlineData("Dense >> Identity + Identity + Identity", "branch 1 (Identity)", "3x, whose kernel is 9K")]
    [InlineData("Dense >> (Relu + Relu) >> Dense", "branch 1 (Relu) and branch 2 (Relu)", "4K")]
    [InlineData("Dense >> (Identity + LayerNorm)", "branch 1 (Identity) and branch 2 (LayerNorm())", "Put Dense at the end of one of them")]
    [InlineData("Dense >> Identity + ((Identity + Dense) >> LayerNorm) >> Dense", "both pass the same signal on", "at most one")]
    [InlineData("Dense >> (Dense + (Dense >> Relu))", "branch 2 (Dense() >> Relu) gives a signal that is not centred Gaussian", "End that branch with Dense")]
    [InlineData("Identity + Dense", "branch 1 (Identity) gives the raw input", "Put Dense in front of the sum")]
    [InlineData("Dense >> Product(Identity, Identity) >> Dense", "branch 1 (Identity) and branch 2 (Identity)", "Monomial(2)")]
    [InlineData("Product(Identity, Dense) >> Dense", "branch 1 (Identity) gives the raw input", "Put Dense in that branch")]
    [InlineData("Dense >> Product(Relu, Identity)", "branch 1 (Relu) and branch 2 (Identity)", "Put Dense in one of them")]
    [InlineData("Dense >> Product(Product(Identity, Dense), Identity)", "both pass the same signal on", "")]
    [InlineData("Dense >> Product(Concat(Dense, Dense), Concat(Dense, Dense)) >> Dense", "channels of several laws", "which channels meet")]
    [InlineData("Dense >> Relu >> Relu >> Dense", "at layer 3 (Relu): it receives a signal that is not centred Gaussian from layer 2 (Relu)", "Put Dense in front")]
    [InlineData("Relu >> Dense", "at layer 1 (Relu): it receives the raw input", "Put Dense in front")]
    [InlineData("LayerNorm >> Dense", "at layer 1 (LayerNorm()): it receives the raw input", "Put Dense in front")]
    [InlineData("Dense >> Relu >> LayerNorm >> Dense", "layer normalisation needs a centred Gaussian signal", "")]
    [InlineData("Dropout(0.5) >> Dense", "raw input", "Put Dense in front")]
    [InlineData("Dense >> Dropout(0.5) >> Relu", "from layer 2 (Dropout(0.5))", "")]
    [InlineData("Concat(Dense, Dense) >> Relu", "a signal with channels of several laws", "")]
    [InlineData("Concat(Dense(width: 3), Dense) >> Dense", "branch 1 (Dense(width: 3)) has 3 channels and the width of branch 2", "Give every branch a width")]
    [InlineData("Dense >> Relu >> Dense(parameterization: standard)", "the width of what arrives is not stated", "Give the Dense before it a width")]
    [InlineData("Dense >> Repeat(2, Dense >> Relu >> Repeat(1, Relu))", "layer 2 > pass 1 > layer 3 > pass 1 (Relu)", "")]
    [InlineData("Relu", "at the only layer (Relu)", "")]
    public void Features(string text, string received, string remedy) => Expect<UndefinedLimitException>(text, _features, received, remedy);

    [Theory]
    [InlineData("Dense >> Relu >> Dense", "it ends with positions 8×8", "End it with Flatten")]
    [InlineData("Identity", "it ends with positions 8×8", "End it with Flatten")]
    [InlineData("Flatten >> Relu >> Dense", "raw input", "")]
    [InlineData("Dense >> Flatten >> Relu >> Relu", "from layer 3 (Relu)", "")]
    [InlineData("Dense >> Flatten >> LayerNorm", "channels of several laws", "")]
    [InlineData("Conv(3, 3) >> Relu >> Relu >> GlobalAveragePool", "from layer 2 (Relu)", "Put Dense in front")]
    [InlineData("AveragePool(2, 2) >> Relu >> Flatten", "it receives the raw input", "Put Dense in front")]
    [InlineData("GlobalSumPool >> Dropout(0.5)", "it receives the raw input", "Put Dense in front")]
    [InlineData("Conv(3, 3) >> Relu >> Conv(3, 3, parameterization: Standard) >> Flatten", "the width of what arrives is not stated", "a width")]
    [InlineData("Conv(3, 3) >> Concat(axis: 0, Relu, Conv(3, 3)) >> Flatten", "branch 1 (Relu) gives a signal that is not centred Gaussian to stand beside branch 2", "concatenation along positions")]
    [InlineData("Concat(axis: 0, Identity, Conv(3, 3)) >> Flatten", "branch 1 (Identity) gives the raw input", "Put Dense in front of the concatenation")]
    [InlineData("Conv(3, 3) >> Concat(axis: 1, Identity, AveragePool(1, 1)) >> Flatten", "both pass the same signal on", "Put Dense at the end of one of them")]
    public void Images(string text, string received, string remedy) => Expect<UndefinedLimitException>(text, _images, received, remedy);

    [Theory]
    [InlineData("Dense + (Flatten >> Dense) >> Flatten", "8×8 positions", "Flatten before the fork")]
    [InlineData("Dense(width: 2) + Dense(width: 3) >> Flatten", "branch 1 (Dense(width: 2)) has 2 channels and branch 2 (Dense(width: 3)) has 3", "equal widths")]
    [InlineData("Dense >> LayerNorm(axes: [3]) >> Flatten", "axis 3 does not exist", "")]
    [InlineData("Concat(axis: 2, Dense, Dense) >> Flatten", "axis 2 does not exist", "")]
    [InlineData("Conv(3) >> Flatten", "its filter has 1 axis", "the signal has 2 axes of positions (8×8)")]
    [InlineData("Conv(3, 3, 3) >> Flatten", "its filter has 3 axes", "one extent for each axis")]
    [InlineData("Flatten >> Conv(3, 3)", "layer 2 (Conv(3, 3)): its filter has 2 axes and it receives features", "Use Dense")]
    [InlineData("Conv(9, 3, padding: Valid) >> Flatten", "the filter has 9 taps along axis 0 and the signal 8 positions", "Use padding same")]
    [InlineData("Conv(3, 3) >> Relu >> AveragePool(3, 9) >> Flatten", "the window has 9 taps along axis 1", "fewer taps")]
    [InlineData("AveragePool(2) >> Flatten", "its window has 1 axis", "")]
    [InlineData("Flatten >> GlobalAveragePool", "it receives features", "Leave the pooling out")]
    [InlineData("GlobalAveragePool >> GlobalSumPool", "it receives features", "Leave the pooling out")]
    [InlineData("GlobalAveragePool >> ImageResize([4, 4])", "its shape has 2 axes and it receives features", "")]
    [InlineData("ImageResize([4]) >> Flatten", "its shape has 1 axis", "the signal has 2 axes")]
    [InlineData("Index(\"8\") >> Flatten", "\"8\" takes no position of axis 0", "positions 0 to 7")]
    [InlineData("Index(\"-9\") >> Flatten", "\"-9\" takes no position of axis 0", "negative numbers count from the end")]
    [InlineData("Index(\":\", \"5:2\") >> Flatten", "\"5:2\" takes no position of axis 1", "")]
    [InlineData("Index(\":\", \":\", \":\") >> Flatten", "it has 3 slices", "at most one slice an axis")]
    [InlineData("Flatten >> Index(\"0\")", "it receives features", "Leave it out")]
    [InlineData("ConvTranspose(3, 3, strides: [2000000000, 2]) >> Flatten", "more than 2147483647 positions", "smaller strides")]
    [InlineData("ImageResize([100000, 100000]) >> Flatten", "more than 2147483647 positions", "")]
    [InlineData("Dense >> LayerNorm(axes: [0]) >> Flatten", "name the channels not at all", "Give axis -1 once")]
    [InlineData("Dense >> LayerNorm(axes: [2, -1]) >> Flatten", "name the channels twice", "Give axis -1 once")]
    [InlineData("Conv(3, 3) + Conv(3, 3, strides: [2, 2]) >> Flatten", "8×8 positions and branch 2", "equal strides and padding")]
    [InlineData("Concat(axis: 0, Conv(3, 3), Conv(3, 3, strides: [2, 2])) >> Flatten", "8×8 positions and branch 2", "agree on every axis but 0")]
    [InlineData("Concat(axis: 0, Conv(3, 3, width: 2), Conv(3, 3, width: 3)) >> Flatten", "has 2 channels and branch 2", "equal widths")]
    public void Shapes(string text, string received, string remedy) => Expect<ShapeMismatchException>(text, _images, received, remedy);

    [Fact]
    public void Endless_repetition_is_refused() =>
        Expect<InvalidArgumentException>("Repeat(2000000000, Dense)", _features, "more than 100000 layers", "Repeat less often");

    private static void Expect<TException>(string text, SampleShape shape, string received, string remedy) where TException : InfiniteNtkException
    {
        TException error = Assert.Throws<TException>(() => SignalFlow.Of(NetworkText.Parse(text), shape));
        Assert.Contains(received, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
    }
}
