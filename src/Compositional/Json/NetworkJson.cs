using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InfiniteNtk.Compositional.Json;

/// <summary>
/// The interchange format of networks, <c>{"format": 1, "network": {…}}</c>: one object per layer, told apart by its field
/// <c>layer</c>, optional fields omitted where they have their defaults. <c>Read(Write(n)) == n</c>.
/// </summary>
internal static class NetworkJson
{
    /// <summary>The version of the format that this library writes and reads.</summary>
    public const int Format = 1;

    /// <summary>Writes a network as a document of the format.</summary>
    /// <exception cref="InvalidArgumentException">It holds an activation that is code (a delegate) and cannot be written.</exception>
    public static string Write(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", MaxDepth = JsonReader.DeepestDocument, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(stream, options))
        {
            WriteTo(network, json);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes the document where a writer stands.</summary>
    internal static void WriteTo(Network network, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("format", Format);
        json.WritePropertyName("network");
        JsonWriter.Write(network, json);
        json.WriteEndObject();
    }

    /// <summary>Reads a document of the format, a bare network object, or any object with a field <c>network</c>.</summary>
    /// <exception cref="ParseException">
    /// It is not JSON, names an unknown layer or field, or a value is wrong; the message gives the path of the place.
    /// </exception>
    public static Network Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonReader.Read(json);
    }
}
