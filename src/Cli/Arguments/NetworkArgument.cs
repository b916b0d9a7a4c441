using InfiniteNtk.Compositional;
using InfiniteNtk.Compositional.Json;
using InfiniteNtk.Compositional.Text;
using InfiniteNtk.Kernels.Errors;

namespace InfiniteNtk.Cli.Arguments;

/// <summary>A network on the command line: its text, or @ and the name of a JSON file.</summary>
internal static class NetworkArgument
{
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
            json = File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidFileException(
                "Cannot read the network", $"{argument}: {failure.Message}", "@ must be followed by the name of a readable JSON file",
                "Check the name, or write the network as text: --net \"Dense >> Relu >> Dense\"", failure);
        }

        return NetworkJson.Read(json);
    }
}
