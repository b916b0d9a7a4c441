using System.Text.Json;
using InfiniteNtk.Compositional.Catalog;
using InfiniteNtk.Compositional.Text;
using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Compositional.Json;

/// <summary>Reads the format; every error names the path of its place, such as <c>$.network.layers[2].weightStd</c>.</summary>
internal static class JsonReader
{
    /// <summary>Brackets may lie this deep: two for each level of networks and some more.</summary>
    public const int DeepestDocument = 4 * Network.DeepestNesting;

    public static Network Read(string json)
    {
        JsonDocument document;
        if (Surrogates.FirstLone(json) is >= 0 and int lone) throw HalfCharacter(lone);
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DeepestDocument });
        }
        catch (JsonException cause)
        {
            throw new ParseException(
                "Cannot read this network", $"it is not JSON (line {cause.LineNumber + 1}, byte {cause.BytePositionInLine + 1})",
                $"a JSON object with a field \"network\" or \"layer\", nested at most {DeepestDocument} deep, is expected", cause.Message, cause);
        }

        using (document) return Read(document.RootElement);
    }

    /// <summary>Reads a document that is parsed already.</summary>
    public static Network Read(JsonElement root)
    {
        if (Surrogates.FirstLoneEscape(root.GetRawText()) is >= 0 and int escape) throw HalfCharacter(escape);
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("network", out JsonElement network)) return ReadNetwork(root, "$");
        if (root.TryGetProperty("format", out JsonElement format) && !(format.ValueKind == JsonValueKind.Number && format.TryGetInt32(out int version) && version == NetworkJson.Format))
        {
            throw Fail("$.format", $"the format is {Shown(format)}", $"this version reads format {NetworkJson.Format}", "Use a newer version of the library");
        }

        return ReadNetwork(network, "$.network");
    }

    private static ParseException HalfCharacter(int at) => new(
        "Cannot read this network", $"it holds half a surrogate pair (character {at + 1} of the document)", "a text holds whole characters only",
        "Remove the half, or write both, as in \\uD83D\\uDE00");

    private static Network ReadNetwork(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("layer", out JsonElement layer) || layer.ValueKind != JsonValueKind.String)
        {
            throw Fail(path, $"{Shown(element)} stands for a network", "a network is an object with a field \"layer\"", "Write {\"layer\": …}");
        }

        string name = layer.GetString()!;
        Signature<Network> signature = JsonNames.Find(name) ?? throw UnknownLayer(name, path);
        object?[] values = ReadFields(element, signature, name, path);
        try
        {
            return signature.Create(values);
        }
        catch (InfiniteNtkException cause)
        {
            throw Fail(path, cause.Received, cause.Required, cause.Remedy, cause);
        }
    }

    private static object?[] ReadFields(JsonElement element, Signature<Network> signature, string name, string path)
    {
        IReadOnlyList<Parameter> parameters = signature.Parameters;
        var values = new object?[parameters.Count];
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty field in element.EnumerateObject())
        {
            string place = $"{path}.{field.Name}";
            if (!given.Add(field.Name)) throw Fail(place, $"{field.Name} is given twice", "each field is given once", "Remove one");
            if (field.NameEquals("layer")) continue;
            int index = parameters.TakeWhile(parameter => !field.NameEquals(parameter.Name)).Count();
            if (index == parameters.Count)
            {
                string[] known = [.. parameters.Select(parameter => parameter.Name)];
                throw Fail(
                    place, $"{name} has no field '{field.Name}'", known.Length == 0 ? $"{name} has no fields" : $"its fields are {string.Join(", ", known)}",
                    OtherNames.Of(field.Name, known) is { } meant ? $"Did you mean {meant}? Write \"{meant}\": {Shown(field.Value)}" : "Remove it");
            }

            values[index] = ReadValue(field.Value, parameters[index], place);
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (given.Contains(parameters[i].Name)) continue;
            if (parameters[i].Required) throw Fail(path, $"{name} is written without {parameters[i].Name}", $"{name} requires it", $"Add \"{parameters[i].Name}\"");
            values[i] = parameters[i].Default;
        }

        return values;
    }

    private static object? ReadValue(JsonElement element, Parameter parameter, string path) => parameter.Kind switch
    {
        ParameterKind.Integer or ParameterKind.Integers
            when element.ValueKind == JsonValueKind.Null && !parameter.Required && parameter.Default is null => null,
        ParameterKind.Number => ReadNumber(element, path),
        ParameterKind.Integer => ReadInteger(element, path),
        ParameterKind.Flag => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : throw Wrong(element, path, "true or false"),
        ParameterKind.Text => ReadText(element, path),
        ParameterKind.Choice => ReadChoice(element, parameter.Choices!, path),
        ParameterKind.Numbers => ReadList(element, path, ReadNumber),
        ParameterKind.Integers => ReadList(element, path, ReadInteger),
        ParameterKind.OptionalIntegers => ReadList(element, path, (item, place) => item.ValueKind == JsonValueKind.Null ? (int?)null : ReadInteger(item, place)),
        ParameterKind.Texts => ReadList(
            element, path, (item, place) => item.ValueKind == JsonValueKind.Number ? $"{ReadInteger(item, place)}" : ReadText(item, place)),
        ParameterKind.Part => ReadNetwork(element, path),
        ParameterKind.Parts => ReadList(element, path, ReadNetwork),
        _ => throw new InvalidOperationException($"No JSON form for {parameter.Kind}."),
    };

    private static double ReadNumber(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw Wrong(element, path, "a finite number");

    private static int ReadInteger(JsonElement element, string path) => ReadNumber(element, path) is var value && value == Math.Truncate(value) && Math.Abs(value) <= int.MaxValue
        ? (int)value
        : throw Wrong(element, path, "a whole number");

    private static string ReadText(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Wrong(element, path, "a text");

    private static string ReadChoice(JsonElement element, IReadOnlyList<string> choices, string path)
    {
        string word = ReadText(element, path);
        return choices.Contains(word, StringComparer.Ordinal)
            ? word
            : throw Fail(path, $"'{word}' is given", $"it is one of {string.Join(", ", choices)}", NearestName.Remedy(word, choices, "Write one of these words"));
    }

    private static T[] ReadList<T>(JsonElement element, string path, Func<JsonElement, string, T> read) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().Select((item, index) => read(item, $"{path}[{index}]"))]
        : throw Wrong(element, path, "a list");

    private static ParseException UnknownLayer(string name, string path)
    {
        string required = $"layers are {string.Join(", ", JsonNames.All)}";
        return LaterLayers.Contains(name)
            ? Fail(path, $"the layer {name} is not available in this version", required, "Use one of these")
            : NearestName.Of(name, JsonNames.All) is { } near
                ? Fail(path, $"unknown layer '{name}'", $"it is none of the {JsonNames.All.Count()} layers", $"Did you mean {near}?")
                : Fail(path, $"unknown layer '{name}'", required, "Use one of these");
    }

    private static ParseException Wrong(JsonElement element, string path, string expected) =>
        Fail(path, $"{Shown(element)} is given", $"{expected} is expected here", "Mend this value");

    private static ParseException Fail(string path, string received, string required, string remedy, Exception? cause = null) =>
        new("Cannot read this network", $"{received} (at {path})", required, remedy, cause);

    private static string Shown(JsonElement element)
    {
        string text = element.ValueKind is JsonValueKind.Object ? "an object" : element.ValueKind is JsonValueKind.Array ? "a list" : element.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}
