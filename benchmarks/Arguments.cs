using System.Globalization;

namespace InfiniteNtk.Benchmarks;

/// <summary>Options as "--name value".</summary>
internal sealed class Arguments(string[] words)
{
    public string? Text(string name)
    {
        int at = Array.IndexOf(words, "--" + name);
        return at >= 0 && at + 1 < words.Length ? words[at + 1] : null;
    }

    public int Number(string name, int otherwise) =>
        Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
