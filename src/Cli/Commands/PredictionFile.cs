using System.Globalization;
using System.Text;
using InfiniteNtk.Kernels.Storage;

namespace InfiniteNtk.Cli.Commands;

/// <summary>Writes predictions: arrays for NumPy, or a table with a line for each point.</summary>
internal static class PredictionFile
{
    /// <summary>In the form that the file's ending says.</summary>
    public static void Write(OutputFile file, Prediction prediction)
    {
        if (file.Path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) file.Write(Table(prediction));
        else NpzFile.Write(file, Arrays(prediction));
    }

    private static List<(string, NpyContent)> Arrays(Prediction prediction)
    {
        List<(string, NpyContent)> arrays =
        [
            ("mean", NpyContent.From(prediction.Mean)), ("row", NpyContent.From((ReadOnlyMemory<int>)prediction.Rows)),
            ("offset", NpyContent.From((ReadOnlyMemory<double>)prediction.Units.Offsets.ToArray())), // In mean already.
        ];
        if (prediction.Variance is { } variance) arrays.Add(("variance", NpyContent.From((ReadOnlyMemory<double>)variance)));
        if (prediction.Classes.Length > 0) arrays.Add(("class", NpyContent.From((ReadOnlyMemory<int>)prediction.Classes)));
        return arrays;
    }

    private static string Table(Prediction prediction)
    {
        int outputs = (int)prediction.Mean.Columns;
        var table = new StringBuilder("row");
        if (prediction.Classes.Length > 0) table.Append(",class");
        for (int o = 0; o < outputs; o++) table.Append(CultureInfo.InvariantCulture, $",{(outputs == 1 ? "mean" : $"mean{o}")}");
        if (prediction.Variance is not null) table.Append(",std");
        table.Append('\n');
        for (int i = 0; i < prediction.Rows.Length; i++)
        {
            table.Append(prediction.Rows[i]);
            if (prediction.Classes.Length > 0) table.Append(',').Append(Quote(prediction.ClassNames[prediction.Classes[i]]));
            for (int o = 0; o < outputs; o++) table.Append(CultureInfo.InvariantCulture, $",{prediction.Mean[i, o]:R}");
            if (prediction.Variance is { } variance) table.Append(CultureInfo.InvariantCulture, $",{Math.Sqrt(variance[i]):R}");
            table.Append('\n');
        }

        return table.ToString();
    }

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
