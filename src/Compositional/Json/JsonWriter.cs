using System.Text.Json;
using InfiniteNtk.Compositional.Catalog;
using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Compositional.Json;

/// <summary>Writes each layer as its signature says.</summary>
internal static class JsonWriter
{
    public static void Write(Network network, Utf8JsonWriter json)
    {
        Signature<Network> signature = LayerCatalog.Of(network) ?? throw new InvalidArgumentException(
            "Cannot write this network as JSON", $"{network} is an activation given as code", "JSON holds descriptions only",
            "Write the activation as Elementwise(\"expression in x\")");
        json.WriteStartObject();
        json.WriteString("layer", JsonNames.Of(signature));
        foreach ((Parameter parameter, object? value) in signature.Parameters.Zip(signature.ValuesOf(network)))
        {
            if (!parameter.Required && ParameterValue.AreEqual(value, parameter.Default)) continue;
            json.WritePropertyName(parameter.Name);
            WriteValue(value, json);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(object? value, Utf8JsonWriter json)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case Network part:
                Write(part, json);
                break;
            case Array list:
                json.WriteStartArray();
                foreach (object? item in list) WriteValue(item, json);
                json.WriteEndArray();
                break;
            default:
                throw new InvalidOperationException($"No JSON form for {value.GetType()}.");
        }
    }
}
