using System.Diagnostics;
using System.Text.Json;

namespace InfiniteNtk.Benchmarks;

/// <summary>What the reference library took, as its script prints it: one JSON object a line.</summary>
internal sealed record ReferenceTime(string Task, string Implementation, double Seconds)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    /// <summary>Runs a command line of blank-separated words; nothing without one.</summary>
    public static List<ReferenceTime> Measure(string? command)
    {
        if (command is null) return [];
        string[] words = command.Split(' ');
        using Process process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true })!;
        var times = new List<ReferenceTime>();
        while (process.StandardOutput.ReadLine() is { } line) times.Add(JsonSerializer.Deserialize<ReferenceTime>(line, _json)!);
        process.WaitForExit();
        return times;
    }
}
