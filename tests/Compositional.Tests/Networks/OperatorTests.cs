using Xunit;
using static InfiniteNtk.Layers;
using Serial = InfiniteNtk.Compositional.Networks.Serial;

namespace InfiniteNtk.Compositional.Tests.Networks;

public sealed class OperatorTests
{
    [Fact]
    public void Then_is_associative_by_value()
    {
        Network a = Dense(), b = Relu, c = Dense(2);
        Assert.Equal((a >> b) >> c, a >> (b >> c));
        Assert.Equal(3, Assert.IsType<Serial>(a >> (b >> c)).Parts.Count);
    }

    [Fact]
    public void Identity_is_the_unit_of_then()
    {
        Network network = Dense() >> Relu;
        Assert.Equal(network, Identity >> network);
        Assert.Equal(network, network >> Identity);
        Assert.Equal(Identity, Identity >> Identity);
    }

    [Fact]
    public void Sum_is_associative_by_value_and_binds_tighter_than_then()
    {
        Assert.Equal((Dense(1) + Dense(2)) + Dense(3), Dense(1) + (Dense(2) + Dense(3)));
        Assert.IsType<Serial>(Dense() >> Dense() + Dense() >> Relu);
    }

    [Fact]
    public void Networks_compare_by_value()
    {
        Assert.Equal(Product(Dense(), Repeat(2, Dense() >> Relu)), Product(Dense(), Repeat(2, Dense() >> Relu)));
        Assert.NotEqual(Dense(biasStd: 0.1), Dense(biasStd: 0.2));
        Assert.Equal(Concat(Dense(), Relu).GetHashCode(), Concat(Dense(), Relu).GetHashCode());
    }

    [Theory]
    [InlineData(-1, 0, null)]
    [InlineData(double.NaN, 0, null)]
    [InlineData(1, double.PositiveInfinity, null)]
    [InlineData(1e200, 0, null)]
    [InlineData(1, 0, 0)]
    public void Dense_refuses_what_is_no_scale_or_width(double weightStd, double biasStd, int? width) =>
        Assert.Throws<InvalidArgumentException>(() => Dense(weightStd, biasStd, Ntk, width));

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Dropout_refuses_what_is_no_probability(double keep) => Assert.Throws<InvalidArgumentException>(() => Dropout(keep));

    [Fact]
    public void Nesting_is_bounded_so_that_no_reading_overflows_the_stack()
    {
        Network network = Dense();
        Assert.Throws<InvalidArgumentException>(() =>
        {
            for (int i = 0; i < 100_000; i++) network = Identity + (network >> Dense());
        });
    }
}
