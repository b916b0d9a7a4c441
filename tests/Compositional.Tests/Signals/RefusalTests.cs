using InfiniteNtk.Compositional.Signals;
using InfiniteNtk.Compositional.Text;
using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Inputs;
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
    [InlineData("Dense >> Relu >> Dense", "it ends with positions 8×8", "Add Flatten")]
    [InlineData("Identity", "it ends with positions 8×8", "Add Flatten")]
    [InlineData("Flatten >> Relu >> Dense", "raw input", "")]
    [InlineData("Dense >> Flatten >> Relu >> Relu", "from layer 3 (Relu)", "")]
    [InlineData("Dense >> Flatten >> LayerNorm", "channels of several laws", "")]
    [InlineData("Dense >> LayerNorm(axes: [0, 1, 2]) >> Flatten", "axis 0 is spatial", "not available in this version")]
    [InlineData("Dense >> Concat(axis: 0, Dense, Dense) >> Flatten", "axis 0 is spatial", "not available in this version")]
    public void Images(string text, string received, string remedy) => Expect<UndefinedLimitException>(text, _images, received, remedy);

    [Theory]
    [InlineData("Dense + (Flatten >> Dense) >> Flatten", "8×8 positions", "Flatten before the fork")]
    [InlineData("Dense(width: 2) + Dense(width: 3) >> Flatten", "branch 1 (Dense(width: 2)) has 2 channels and branch 2 (Dense(width: 3)) has 3", "equal widths")]
    [InlineData("Dense >> LayerNorm(axes: [3]) >> Flatten", "axis 3 does not exist", "")]
    [InlineData("Concat(axis: 2, Dense, Dense) >> Flatten", "axis 2 does not exist", "")]
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
