using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InfiniteNtk.Cli.Presentation;

/// <summary>A comparison for programs; numbers that do not exist are null.</summary>
internal static class ComparisonJson
{
    private static readonly JsonWriterOptions _options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The whole document.</summary>
    public static string Write(ComparisonResult result, ComparisonContext context)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, _options))
        {
            json.WriteStartObject();
            json.WriteString("data", context.Data);
            if (context.Test is { } test) json.WriteString("test", test);
            json.WriteNumber("population", result.Population);
            if (context.Part is { } part) json.WriteString("part", part);
            json.WriteString("task", result.Task == TaskKind.Classification ? "classify" : "regress");
            json.WriteNumber("outputs", result.Outputs);
            Number(json, "targetPower", result.TargetPower);
            json.WriteString("zeroPredictor", result.ZeroPredictor);
            Number(json, "intrinsicDimension", result.IntrinsicDimension);
            json.WriteString("preprocessing", context.Preprocessing);
            json.WriteString("ridge", result.Ridge);
            json.WriteNumber("subsets", result.Subsets);
            json.WriteNumber("seed", result.Seed);
            Number(json, "rankCorrelation", result.RankCorrelation);
            json.WriteStartArray("rows");
            foreach (ComparisonRow row in result.Rows) Row(json, row);
            json.WriteEndArray();
            json.WriteStartArray("leftOut");
            foreach (LeftOutKernel kernel in result.LeftOut) LeftOut(json, kernel);
            json.WriteEndArray();
            json.WriteString("command", context.Command);
            json.WriteString("version", context.Version);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void LeftOut(Utf8JsonWriter json, LeftOutKernel kernel)
    {
        json.WriteStartObject();
        json.WriteString("name", kernel.Name);
        json.WriteString("kernel", kernel.Kernel);
        json.WriteString("reason", kernel.Reason);
        json.WriteEndObject();
    }

    private static void Row(Utf8JsonWriter json, ComparisonRow row)
    {
        json.WriteStartObject();
        json.WriteString("name", row.Name);
        json.WriteString("kernel", row.Kernel);
        Number(json, "ridge", row.Ridge);
        json.WriteStartArray("points");
        foreach (CurvePoint point in row.Points) Point(json, point);
        json.WriteEndArray();
        Number(json, "logEvidencePerPoint", row.LogEvidencePerPoint);
        Number(json, "alignment", row.Alignment);
        Number(json, "effectiveDimension", row.EffectiveDimension);
        Number(json, "conditionNumber", row.ConditionNumber);
        json.WriteNumber("copied", row.Copied);
        Number(json, "millisecondsPerEntry", row.MillisecondsPerEntry);
        json.WriteStartArray("notes");
        foreach (string note in row.Notes) json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Point(Utf8JsonWriter json, CurvePoint point)
    {
        json.WriteStartObject();
        json.WriteNumber("n", point.N);
        Number(json, "predicted", point.Predicted);
        Number(json, "spectral", point.Spectral);
        Number(json, "measured", point.Measured);
        Number(json, "standardError", point.StandardError);
        Number(json, "median", point.Median);
        Number(json, "typicalError", point.TypicalError);
        Number(json, "leaveOneOut", point.LeaveOneOut);
        Number(json, "predictedAccuracy", point.PredictedAccuracy);
        Number(json, "accuracy", point.Accuracy);
        Number(json, "accuracyStandardError", point.AccuracyStandardError);
        json.WriteBoolean("tiedWithBest", point.TiedWithBest);
        if (point.Test is { } test)
        {
            json.WriteStartObject("test");
            Number(json, "predicted", test.Predicted);
            Number(json, "measured", test.Measured);
            Number(json, "standardError", test.StandardError);
            Number(json, "predictedAccuracy", test.PredictedAccuracy);
            Number(json, "accuracy", test.Accuracy);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
