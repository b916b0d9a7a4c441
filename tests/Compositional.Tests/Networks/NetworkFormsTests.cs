using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;
using InfiniteNtk.Compositional.Latex;
using InfiniteNtk.Compositional.Networks;
using Xunit;

namespace InfiniteNtk.Compositional.Tests.Networks;

public class NetworkFormsTests
{
    private const string Text = "Dense(weightStd: 1.5) >> (Identity + (Relu >> Dense())) >> Erf() >> Dense()";

    private static readonly Network Net = Network.Parse(Text);

    [Fact]
    public void Text_and_json_come_back_as_the_network()
    {
        Assert.Equal(Text, Net.ToString());
        Assert.Equal(Net, Network.FromJson(Net.ToJson()));
        Assert.True(Network.TryParse(Text, out Network? parsed));
        Assert.Equal(Net, parsed);
    }

    [Fact]
    public void What_is_no_network_is_told_or_thrown()
    {
        foreach (string? text in new[] { null, "", "Dense >>", "Dence", "Dense(weightStd: -1)" })
        {
            Assert.False(Network.TryParse(text, out Network? network));
            Assert.Null(network);
        }

        Assert.Throws<ParseException>(() => Network.Parse("Dense >>"));
        Assert.Throws<ParseException>(() => Network.FromJson("{}"));
    }

    [Fact]
    public void Equations_and_explanation_are_those_of_their_readings()
    {
        var input = SampleShape.Features(3);
        Assert.Equal(NetworkLatex.Equations(Net, input), Net.ToLatex(input));
        Assert.Equal(NetworkExplanation.Of(Net, input).ToString(), Net.Explain(input).ToString());
        Assert.Throws<UndefinedLimitException>(() => Network.Parse("Dense >> Relu >> Relu").ToLatex(input));
        Assert.Throws<UndefinedLimitException>(() => Network.Parse("Dense >> Relu >> Relu").Explain(input));
    }

    [Fact]
    public void The_serializer_writes_and_reads_networks_inside_other_objects()
    {
        var settings = new Settings("a", Net, null, [Net, Network.Parse("Dense >> Relu >> Dense")]);
        string json = JsonSerializer.Serialize(settings);
        Settings back = JsonSerializer.Deserialize<Settings>(json)!;
        Assert.Equal((settings.Name, settings.Net, settings.Other), (back.Name, back.Net, back.Other));
        Assert.Equal(settings.All, back.All);
        Assert.Equal(Net, Network.FromJson(JsonSerializer.Serialize(Net)));
        Assert.Equal(Net, JsonSerializer.Deserialize<Network>(Net.ToJson()));
        Assert.Equal(Net, Network.FromJson(JsonSerializer.Serialize((object)Net)));
        Assert.Equal(Net, JsonSerializer.Deserialize<Serial>(Net.ToJson()));
    }

    [Fact]
    public void What_is_no_network_is_an_error_of_the_serializer()
    {
        var error = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Network>("""{"layer": "dence"}"""));
        Assert.IsType<ParseException>(error.InnerException);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Dense>("""{"layer": "flatten"}"""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Network>("[1"));
    }

    [Fact]
    public void Every_kind_of_network_is_written_by_its_converter_whatever_type_it_is_declared_as()
    {
        Type[] kinds = [.. typeof(Network).Assembly.GetTypes().Where(typeof(Network).IsAssignableFrom)];
        Assert.True(kinds.Length > 20);
        Assert.All(kinds, kind => Assert.Equal(
            typeof(NetworkJsonConverter), kind.GetCustomAttribute<JsonConverterAttribute>(inherit: false)?.ConverterType));
    }

    private sealed record Settings(string Name, Network Net, Network? Other, Network[] All);
}
