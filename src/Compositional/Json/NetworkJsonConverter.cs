using System.Text.Json;
using System.Text.Json.Serialization;

namespace InfiniteNtk.Compositional.Json;

/// <summary>
/// Networks in <see cref="JsonSerializer"/>: the document of <see cref="NetworkJson"/>, both ways, whatever kind of network the declared
/// type is. Branches nested deeper than some 30 levels need a larger <see cref="JsonSerializerOptions.MaxDepth"/>.
/// </summary>
internal sealed class NetworkJsonConverter : JsonConverter<Network>
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeof(Network).IsAssignableFrom(typeToConvert);

    /// <inheritdoc/>
    /// <exception cref="JsonException">It is not a network; the cause is the <see cref="ParseException"/>.</exception>
    public override Network Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        try
        {
            Network network = JsonReader.Read(document.RootElement);
            if (typeToConvert.IsInstanceOfType(network)) return network;
            throw new JsonException($"Cannot read a {typeToConvert.Name}: the network is a {network.GetType().Name}");
        }
        catch (ParseException cause)
        {
            throw new JsonException(cause.Message, cause);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Network value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        NetworkJson.WriteTo(value, writer);
    }
}
