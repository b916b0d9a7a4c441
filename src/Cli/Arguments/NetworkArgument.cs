using InfiniteNtk.Compositional.Json;
using InfiniteNtk.Compositional.Text;

namespace InfiniteNtk.Cli.Arguments;

/// <summary>A network on the command line: its text, or @ and the name of a JSON file.</summary>
internal static class NetworkArgument
{
    /// <summary>More than any network takes by a wide margin: the format repeats nothing that Repeat says.</summary>
    private const int LongestJson = 1 << 24;

    /// <summary>Reads it.</summary>
    /// <exception cref="ParseException">The text or the file is not a network.</exception>
    /// <exception cref="InvalidFileException">The file cannot be read.</exception>
    public static Network Read(string argument)
    {
        if (!argument.StartsWith('@')) return NetworkText.Parse(argument);
        string file = argument[1..];
        string json;
        try
        {
            json = ReadText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidFileException(
                "Cannot read the network", $"{argument}: {failure.Message}", "@ must be followed by the name of a readable JSON file",
                "Check the name, or write the network as text: --net \"Dense >> Relu >> Dense\"", failure);
        }

        return NetworkJson.Read(json);
    }

    private static string ReadText(string file)
    {
        using var reader = new StreamReader(file);
        char[] text = new char[1 << 16];
        int length = 0;
        for (int got = reader.Read(text); got > 0; got = reader.Read(text, length, text.Length - length))
        {
            length += got;
            if (length == text.Length && length >= LongestJson) throw new IOException($"it is longer than {LongestJson} characters");
            if (length == text.Length) Array.Resize(ref text, 2 * length);
        }

        return new string(text, 0, length);
    }
}
