using InfiniteNtk.Compositional.Json;
using InfiniteNtk.Compositional.Text;
using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.Compositional.Tests.Networks;

public sealed class CustomActivationTests
{
    private static readonly Network _network = Dense() >> Apply(new CustomActivation("Wobble", x => Math.Sin(3 * x), x => 3 * Math.Cos(3 * x))) >> Dense();

    [Fact]
    public void It_prints_its_name_which_is_not_read_back()
    {
        Assert.Equal("Dense() >> Wobble >> Dense()", _network.ToString());
        Assert.Contains("unknown layer 'Wobble'", Assert.Throws<ParseException>(() => NetworkText.Parse(_network.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_refuses_it_with_the_reason() => Assert.Contains(
        "Wobble is an activation given as code", Assert.Throws<InvalidArgumentException>(() => NetworkJson.Write(_network)).Message, StringComparison.Ordinal);
}
