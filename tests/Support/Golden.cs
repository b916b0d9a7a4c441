using System.Text.Json;

namespace InfiniteNtk.Tests.Support;

/// <summary>The reference values under <c>tests/Golden</c> (described in its README), copied beside every test assembly.</summary>
public static class Golden
{
    /// <summary>The folder that holds them.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Golden");

    /// <summary>Kernels of whole networks.</summary>
    public static IReadOnlyList<GoldenCase> Kernels => Files("kernels");

    /// <summary>Predictors from given kernels.</summary>
    public static IReadOnlyList<GoldenCase> Predict => Files("predict");

    /// <summary>Point-resolved learning curves of real kernel matrices.</summary>
    public static IReadOnlyList<GoldenCase> Resampling => Files("resampling");

    /// <summary>Learning curves from a spectrum.</summary>
    public static IReadOnlyList<GoldenCase> Spectral
    {
        get
        {
            string path = Path.Combine(Folder, "spectral", "examples.json");
            return [.. Parse(path).EnumerateArray().Select(item => new GoldenCase(item.GetProperty("name").GetString()!, path, item))];
        }
    }

    private static GoldenCase[] Files(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Folder, folder), "*.json").Order(StringComparer.Ordinal)
            .Select(path => new GoldenCase(Path.GetFileNameWithoutExtension(path), path, Parse(path)))];

    private static JsonElement Parse(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }
}
