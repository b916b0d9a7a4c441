using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InfiniteNtk.Cli.Presentation;

/// <summary>A verification for programs; numbers that do not exist are null.</summary>
internal static class VerificationJson
{
    private static readonly JsonWriterOptions _options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The whole document.</summary>
    public static string Write(VerificationContext context)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, _options))
        {
            json.WriteStartObject();
            json.WriteString("network", context.Network);
            json.WriteString("points", context.Points);
            if (context.Against is { } file) json.WriteString("against", file);
            json.WriteString("weights", context.Weights);
            json.WriteString("dtype", context.Numbers);
            json.WriteNumber("seed", context.Seed);
            json.WriteString("verdict", VerifiedQuantity.Word(context.Verdict));
            foreach (VerifiedQuantity quantity in context.Quantities) Quantity(json, quantity);
            json.WriteNumber("networksDrawn", context.Drawn);
            Number(json, "seconds", context.Elapsed.TotalSeconds);
            Number(json, "processorSeconds", context.Processor.TotalSeconds);
            json.WriteString("command", context.Command);
            json.WriteString("version", context.Version);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Quantity(Utf8JsonWriter json, VerifiedQuantity quantity)
    {
        LimitVerdict verdict = quantity.Verdict;
        json.WriteStartObject(quantity.Key);
        json.WriteString("verdict", VerifiedQuantity.Word(verdict.Verdict));
        Number(json, "bound", verdict.Bound);
        Number(json, "tolerance", verdict.Rule.Tolerance);
        Number(json, "a", verdict.Intercept);
        Number(json, "standardError", verdict.StandardError);
        Numbers(json, "b", verdict.Slopes);
        Numbers(json, "powers", verdict.Powers);
        if (verdict.Worst.Step is { } step) json.WriteNumber("step", step);
        Numbers(json, "entry", [verdict.Worst.Row, verdict.Worst.Column]);
        json.WriteNumber("entries", verdict.Entries);
        if (verdict.Relative is { } relative) Relative(json, relative);
        Number(json, "largestStandardError", verdict.LargestStandardError);
        Numbers(json, "widths", verdict.Widths.Select(width => (double)width));
        json.WriteNumber("samples", verdict.Samples[0]);
        json.WriteNumber("samplesNeeded", verdict.SamplesNeeded);
        Numbers(json, "errors", verdict.Worst.Points.Select(point => point.Error));
        Numbers(json, "errorStandardErrors", verdict.Worst.Points.Select(point => point.StandardError));
        Numbers(json, "singleDrawErrors", verdict.SingleDrawErrors);
        Number(json, "singleDrawSlope", verdict.SingleDrawSlope);
        json.WriteEndObject();
    }

    /// <summary>The entry of which least is known relative to itself.</summary>
    private static void Relative(Utf8JsonWriter json, RelativeLimit relative)
    {
        json.WriteStartObject("relative");
        Numbers(json, "entry", [relative.Row, relative.Column]);
        Number(json, "size", relative.Size);
        Number(json, "a", relative.Intercept);
        Number(json, "standardError", relative.StandardError);
        Number(json, "bound", relative.Bound);
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            if (double.IsFinite(value)) json.WriteNumberValue(value);
            else json.WriteNullValue();
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
