using InfiniteNtk.Compositional.Json;
using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.Compositional.Tests.Json;

public sealed class NetworkJsonTests
{
    [Fact]
    public void Defaults_are_omitted_and_layers_told_apart_by_name()
    {
        Network network = Flatten >> Concat(Dense(1.5, width: 3), Identity >> Dense(parameterization: Standard, width: 4)) >> LayerNorm(0, -1) >> Repeat(2, Dropout(0.5));
        Assert.Equal(
            """
            {
              "format": 1,
              "network": {
                "layer": "serial",
                "layers": [
                  {
                    "layer": "flatten"
                  },
                  {
                    "layer": "concat",
                    "branches": [
                      {
                        "layer": "dense",
                        "weightStd": 1.5,
                        "width": 3
                      },
                      {
                        "layer": "dense",
                        "parameterization": "standard",
                        "width": 4
                      }
                    ]
                  },
                  {
                    "layer": "layerNorm",
                    "axes": [
                      0,
                      -1
                    ]
                  },
                  {
                    "layer": "repeat",
                    "count": 2,
                    "body": {
                      "layer": "dropout",
                      "keepProbability": 0.5
                    }
                  }
                ]
              }
            }
            """.ReplaceLineEndings("\n"),
            NetworkJson.Write(network));
        Assert.Equal(network, NetworkJson.Read(NetworkJson.Write(network)));
    }

    [Theory]
    [InlineData("""{"layer":"dense"}""")]
    [InlineData("""{"network":{"layer":"dense"}}""")]
    [InlineData("""{"name":"a case","x1":[[1]],"network":{"layer":"serial","layers":[{"layer":"identity"},{"layer":"dense","width":null}]}}""")]
    [InlineData("""{"format":1.0,"network":{"layer":"sum","branches":[{"layer":"dense","weightStd":1e0,"axis":0}]}}""", false)]
    [InlineData("""{"format":1,"network":{"layer":"sum","branches":[{"layer":"dense","weightStd":1e0}]}}""")]
    public void A_document_a_bare_network_and_any_object_with_a_network_are_read(string json, bool legal = true)
    {
        if (legal) Assert.Equal(Dense(), NetworkJson.Read(json));
        else Assert.Throws<ParseException>(() => NetworkJson.Read(json));
    }

    [Theory]
    [InlineData("""{"network":{"layer":"serial","layers":[{"layer":"dense"},{"layer":"rellu"}]}}""", "unknown layer 'rellu' (at $.network.layers[1])", "Did you mean relu?")]
    [InlineData("""{"layer":"serial","layers":[{"layer":"selfAttention"}]}""", "the layer selfAttention is not available in this version (at $.layers[0])", "layers are serial, sum")]
    [InlineData("""{"layer":"dense","weightstd":1}""", "dense has no field 'weightstd' (at $.weightstd)", "Did you mean weightStd?")]
    [InlineData("""{"layer":"dense","weight_std":1.4}""", "dense has no field 'weight_std'", "Write \"weightStd\": 1.4")]
    [InlineData("""{"layer":"dense","W_std":1.4}""", "dense has no field 'W_std'", "Write \"weightStd\": 1.4")]
    [InlineData("""{"layer":"dense","b_std":0.1}""", "dense has no field 'b_std'", "Write \"biasStd\": 0.1")]
    [InlineData("""{"layer":"elementwise","expression":"\ud800"}""", "half a surrogate pair (character 38 of", "whole characters")]
    [InlineData("""{"layer":"dense","\udc00":1}""", "half a surrogate pair", "whole characters")]
    [InlineData("""{"layer":"\ud83d\ude00"}""", "unknown layer", "")]
    [InlineData("""{"layer":"\\ud800"}""", "unknown layer", "")]
    [InlineData("""{"layer":"relu","x":1}""", "relu has no field 'x'", "relu has no fields")]
    [InlineData("""{"layer":"dense","weightStd":1,"weightStd":1}""", "weightStd is given twice", "")]
    [InlineData("""{"layer":"dense","weightStd":"1"}""", "\"1\" is given (at $.weightStd)", "a finite number")]
    [InlineData("""{"layer":"dense","weightStd":1e999}""", "1e999 is given", "a finite number")]
    [InlineData("""{"layer":"dense","weightStd":-1}""", "weightStd is -1 (at $)", "")]
    [InlineData("""{"layer":"dense","width":2.5}""", "2.5 is given", "a whole number")]
    [InlineData("""{"layer":"dense","parameterization":"NTK"}""", "'NTK' is given", "Did you mean ntk?")]
    [InlineData("""{"layer":"dropout"}""", "dropout is written without keepProbability", "")]
    [InlineData("""{"layer":"dropout","keepProbability":null}""", "null is given", "a finite number")]
    [InlineData("""{"layer":"sum","branches":[]}""", "no branch is given (at $)", "")]
    [InlineData("""{"layer":"sum","branches":{}}""", "an object is given", "a list")]
    [InlineData("""{"layer":"repeat","count":1,"body":[]}""", "a list stands for a network (at $.body)", "")]
    [InlineData("""{"format":2,"network":{"layer":"dense"}}""", "the format is 2 (at $.format)", "")]
    [InlineData("""{"layers":[]}""", "an object stands for a network (at $)", "")]
    [InlineData("[]", "a list stands for a network", "")]
    [InlineData("null", "null stands for a network", "")]
    [InlineData("""{"layer":"dense",}""", "it is not JSON (line 1, byte 18)", "")]
    [InlineData("", "it is not JSON", "")]
    public void Mistakes_are_named_with_their_path(string json, string received, string rest)
    {
        ParseException error = Assert.Throws<ParseException>(() => NetworkJson.Read(json));
        Assert.Contains(received, error.Message, StringComparison.Ordinal);
        Assert.Contains(rest, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_refused_before_it_is_read()
    {
        string message = Assert.Throws<ParseException>(() => NetworkJson.Read("{\"layer\":\"\uD800\"}")).Message;
        Assert.Contains("half a surrogate pair (character 11 of", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("""{"layer":"repeat","count":1,"body":""")]
    [InlineData("""{"layer":"serial","layers":[""")]
    public void Hostile_nesting_is_refused_and_overflows_nothing(string opening) => Assert.Throws<ParseException>(() =>
        NetworkJson.Read(string.Concat(Enumerable.Repeat(opening, 100_000))));

    [Fact]
    public void The_deepest_network_survives_both_round_trips()
    {
        Network network = Dense();
        for (int i = 0; i < 120; i++) network = Identity + (network >> Dense());
        Assert.Equal(network, NetworkJson.Read(NetworkJson.Write(network)));
        Assert.Equal(network, Compositional.Text.NetworkText.Parse(network.ToString()));
    }
}
