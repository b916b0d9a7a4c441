using System.Text.Json;

namespace InfiniteNtk.Tests.Support;

/// <summary>One reference case. Fields are addressed by their path, for example <c>Matrix("cross", "nngp")</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">The file that holds it.</param>
/// <param name="Root">All of it.</param>
public sealed record GoldenCase(string Name, string Path, JsonElement Root)
{
    /// <summary>Whether the field is there and not null.</summary>
    public bool Has(params ReadOnlySpan<string> path) => Find(path) is { ValueKind: not JsonValueKind.Null };

    /// <summary>The field itself.</summary>
    public JsonElement Field(params ReadOnlySpan<string> path) =>
        Find(path) ?? throw new KeyNotFoundException($"Golden case '{Name}' has no field '{string.Join('.', path.ToArray())}'.");

    /// <summary>A text.</summary>
    public string Text(params ReadOnlySpan<string> path) => Field(path).GetString()!;

    /// <summary>A number.</summary>
    public double Number(params ReadOnlySpan<string> path) => ToNumber(Field(path));

    /// <summary>A list of numbers; null entries become NaN.</summary>
    public double[] Vector(params ReadOnlySpan<string> path) => ToVector(Field(path));

    /// <summary>A list of rows; null entries become NaN. An empty list is a 0 × 0 matrix.</summary>
    public double[,] Matrix(params ReadOnlySpan<string> path) => ToMatrix(Field(path));

    /// <summary>A list of matrices, one per time for example.</summary>
    public double[][,] Matrices(params ReadOnlySpan<string> path) => [.. Field(path).EnumerateArray().Select(ToMatrix)];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static double ToNumber(JsonElement element) => element.ValueKind == JsonValueKind.Null ? double.NaN : element.GetDouble();

    private static double[] ToVector(JsonElement element) => [.. element.EnumerateArray().Select(ToNumber)];

    private static double[,] ToMatrix(JsonElement element)
    {
        double[][] rows = [.. element.EnumerateArray().Select(ToVector)];
        var matrix = new double[rows.Length, rows.Length == 0 ? 0 : rows[0].Length];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < rows[i].Length; j++) matrix[i, j] = rows[i][j];
        }

        return matrix;
    }

    private JsonElement? Find(ReadOnlySpan<string> path)
    {
        JsonElement element = Root;
        foreach (string name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        }

        return element;
    }
}
